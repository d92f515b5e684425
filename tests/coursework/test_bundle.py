"""The zip for Gradescope and the workflow for GitHub: both grade in a clean environment."""

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from minirelprune.coursework.assignments import assignment
from minirelprune.coursework.bundle import NEEDS, bundle, workflow
from minirelprune.coursework.variant import Variant

ROOT = Path(__file__).parent.parent.parent
RIGHT = Path(__file__).parent / "right" / "arrays_hw3.py"


def bundled(folder: Path, name: str = "hw3") -> Path:
    bundle(assignment(name), folder / f"{name}.zip", Variant(7, 0.25))
    return folder / f"{name}.zip"


def test_the_zip_holds_two_scripts_that_may_be_run_and_the_library(tmp_path: Path) -> None:
    with zipfile.ZipFile(bundled(tmp_path)) as zipped:
        modes = {one.filename: one.external_attr >> 16 for one in zipped.infolist()}
        run = zipped.read("run_autograder").decode()
    assert {modes["setup.sh"], modes["run_autograder"]} == {0o755}
    assert "minirelprune/coursework/grading.py" in modes
    assert "minirelprune/experiments/paper/published.csv" in modes
    assert "--seed 7 --hidden 0.25" in run
    assert not [name for name in modes if "tests/" in name or name.endswith(".pyc")]


def test_the_same_library_makes_the_same_zip_bit_for_bit(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert bundled(tmp_path / "a").read_bytes() == bundled(tmp_path / "b").read_bytes()


def test_it_needs_what_the_library_and_the_laws_need_except_matplotlib() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for_laws = [
        one
        for one in project["optional-dependencies"]["test"]
        if one.startswith(("hypothesis", "mpmath"))
    ]
    library = [one for one in project["dependencies"] if not one.startswith("matplotlib")]
    assert list(NEEDS) == library + for_laws


def clean(path: Path, **more: str) -> dict[str, str]:
    """The environment of a new machine: nothing of this Python's packages."""
    return {"PATH": f"{path}:{os.environ['PATH']}", "HOME": str(path), **more}


def script(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.mark.slow
def test_gradescopes_two_scripts_grade_in_a_clean_environment(tmp_path: Path) -> None:
    home, tools = tmp_path / "autograder", tmp_path / "tools"
    (home / "submission").mkdir(parents=True)
    tools.mkdir()
    script(tools / "apt-get", "exit 0")
    script(tools / "python3.11", f'exec {sys.executable} "$@"')
    (home / "submission" / "hw3.py").write_text(RIGHT.read_text("utf-8"))
    with zipfile.ZipFile(bundled(tmp_path)) as zipped:
        zipped.extractall(home / "source")
    environment = clean(tools, AUTOGRADER=str(home))
    for name in ("setup.sh", "run_autograder"):
        subprocess.run(["bash", home / "source" / name], env=environment, check=True, cwd=tmp_path)
    found = json.loads((home / "results" / "results.json").read_text("utf-8"))
    assert found["score"] == 100
    assert "hidden" in {one["visibility"] for one in found["tests"]}


@pytest.mark.slow
def test_the_steps_of_the_workflow_check_in_a_clean_environment(tmp_path: Path) -> None:
    (tmp_path / ".github").mkdir()
    zipped = bundled(tmp_path / ".github")
    workflow(assignment("hw3"), tmp_path / "hw3.yml", zipped)
    (tmp_path / "hw3.py").write_text(RIGHT.read_text("utf-8"))
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    environment = clean(tmp_path / "venv" / "bin", RUNNER_TEMP=str(tmp_path / "temp"))
    steps = re.findall(r"^ +run: (.+)$", (tmp_path / "hw3.yml").read_text("utf-8"), re.MULTILINE)
    assert len(steps) == 3
    for step in steps:
        done = subprocess.run(
            ["bash", "-euc", step], env=environment, cwd=tmp_path, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    assert "100 of 100 points; 5 of 5 tasks passed" in done.stdout
