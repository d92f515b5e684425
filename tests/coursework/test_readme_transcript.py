"""The README shows a check of a wrong solution: it is what `check` prints today."""

import re
from pathlib import Path

import pytest

from minirelprune.cli import main

README = Path(__file__).parent.parent.parent / "README.md"
TIME = re.compile(r" \(\d+ s\)$", re.MULTILINE)


def test_the_readme_shows_what_check_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    section = README.read_text("utf-8").split("## For lecturers")[1].split("\n## ")[0]
    _, body, transcript = re.findall(r"```(?:python)?\n(.+?)```", section, re.DOTALL)
    main(["coursework", "start", "hw2", str(tmp_path)])
    module = tmp_path / "hw2.py"
    text = module.read_text("utf-8").replace(
        "import Activation\n", "import ACTIVATIONS, Activation\n"
    )
    module.write_text(text.replace("    raise NotImplementedError\n", body, 1), "utf-8")
    capsys.readouterr()
    assert main(["coursework", "check", str(tmp_path)]) == 1
    assert TIME.sub("", capsys.readouterr().out) == TIME.sub("", transcript)
