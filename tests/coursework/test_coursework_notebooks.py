"""The notebooks of the assignments: what each has, and that it runs in a student's folder.

Each is run twice beside its module: a blank one, as `coursework start` writes it, and the library.
"""

import asyncio
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from test_notebooks import cells, code_of, links, prose_of, without_code

from minirelprune.coursework.assignments import ASSIGNMENTS
from minirelprune.coursework.skeleton import module_text

ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks" / "coursework").glob("*.ipynb"))
EACH = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
LONGEST = 17  # lines of a code cell, as in the numbered notebooks
SECTIONS = ("Background", "Task 1:", "A plot to make", "Questions to think about", "How it is")
IMPORTS = {"import minirelprune as mr", "from minirelprune import lab"}
REFERENCE = """\
from minirelprune.coursework.pieces import reference

globals().update({{name: reference(name) for name in {names}}})
"""


def text_of(path: Path) -> str:
    return "\n\n".join(prose_of(path))


def sections(path: Path, start: str) -> list[str]:
    """The prose of the sections whose heading begins so, each up to the next heading."""
    parts = re.split(r"^## ", text_of(path), flags=re.MULTILINE)[1:]
    return [part for part in parts if part.startswith(start)]


def test_every_assignment_has_a_notebook() -> None:
    assert [path.stem for path in NOTEBOOKS] == [*ASSIGNMENTS]


@EACH
def test_it_is_handed_out_without_outputs(path: Path) -> None:
    code = cells(path, "code")
    assert [cell["outputs"] for cell in code] == [[]] * len(code)
    assert {cell["execution_count"] for cell in code} == {None}


@EACH
def test_it_begins_with_its_title_the_hours_and_what_one_learns(path: Path) -> None:
    first = prose_of(path)[0]
    assert first.startswith(f"# Homework {path.stem[2:]}: ")
    for promise in ("**Time:**", "**You will learn**", "**You should know**", "**To hand in:**"):
        assert promise in first
    assignment = ASSIGNMENTS[path.stem]
    assert first.splitlines()[0].endswith(f": {assignment.title}")
    assert f"**Time:** {assignment.hours} hours" in first


@EACH
def test_its_sections_stand_in_their_order(path: Path) -> None:
    text = text_of(path)
    places = [text.find(f"\n## {start}") for start in SECTIONS if sections(path, start)]
    assert places == sorted(places)
    assert all(sections(path, start) for start in SECTIONS if start != "A plot to make")
    assert "minirelprune coursework check ." in sections(path, "How it is")[0]


@EACH
def test_each_task_has_an_equation_an_example_a_hint_and_a_check(path: Path) -> None:
    tasks = ASSIGNMENTS[path.stem].tasks
    found = sections(path, "Task ")
    assert [one.splitlines()[0] for one in found] == [
        f"Task {k}: {task.title}" for k, task in enumerate(tasks, start=1)
    ]
    for section in found:
        if "nothing new to write" not in section:
            assert "$$" in section, section
            assert "**By hand.**" in section, section
            assert "<details><summary>Hint" in section, section
    assert text_of(path).count("<details>") == text_of(path).count("</details>")


@EACH
def test_each_name_to_write_is_called_and_checked(path: Path) -> None:
    told = re.findall(r"`(\w+)", text_of(path))
    code = "\n".join(code_of(path))
    assert f'lab.check("{path.stem}", ' in code
    assert {*ASSIGNMENTS[path.stem].writes} - {*told} == set()
    assert "NotImplementedError" not in code


@EACH
def test_there_is_no_solution_in_it(path: Path) -> None:
    code = "\n".join(code_of(path)) + text_of(path)
    names = ASSIGNMENTS[path.stem].writes
    assert [name for name in names if re.search(rf"(def|class) {name}\b", code)] == []


@EACH
def test_cells_are_short_and_import_the_package_and_the_lab_alone(path: Path) -> None:
    assert max(len(cell.splitlines()) for cell in code_of(path)) <= LONGEST
    lines = re.findall(r"^.*import.*minirelprune.*|^from minirelprune.*$", "\n".join(code_of(path)))
    assert {line.strip() for line in lines} <= IMPORTS


@EACH
def test_every_plot_has_a_title_and_labelled_axes(path: Path) -> None:
    drawing = [cell for cell in code_of(path) if "plt.subplots" in cell]
    assert drawing
    for cell in drawing:
        assert all(word in cell for word in ("xlabel=", "ylabel=", "set_title("))


@EACH
def test_links_lead_out_of_the_folder_by_address_only(path: Path) -> None:
    """The notebook is copied into a folder of its own, where nothing stands beside it."""
    found = [link for prose in prose_of(path) for link in links(prose)]
    assert all(link.startswith("https://") for link in found)
    assert not re.search(r"colab", path.read_text("utf-8"), re.IGNORECASE)


@EACH
def test_its_notation_is_that_of_the_numbered_notebooks(path: Path) -> None:
    for source in prose_of(path):
        prose = without_code(source)
        assert prose.count("$$") % 2 == 0, prose
        assert prose.replace("$$", "").replace(r"\$", "").count("$") % 2 == 0, prose
    assert not re.search(r"\\varepsilon|\\mathbb\{[EI]\}|\bours\b", text_of(path))


def run(path: Path, folder: Path, module: str) -> list[dict[str, Any]]:
    """The outputs of the notebook, run beside a module of this text."""
    nbformat = pytest.importorskip("nbformat", reason="not installed")
    nbclient = pytest.importorskip("nbclient", reason="not installed")
    pytest.importorskip("ipykernel", reason="not installed")
    (folder / f"{path.stem}.py").write_text(module, encoding="utf-8")
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(folder)}}
    )
    inline = {"MPLBACKEND": "module://matplotlib_inline.backend_inline", "OMP_NUM_THREADS": "1"}
    asyncio.run(client.async_execute(env={**os.environ, **inline}))
    return [one for cell in notebook.cells if cell.cell_type == "code" for one in cell.outputs]


def printed(outputs: list[dict[str, Any]]) -> str:
    assert not [one for one in outputs if one.get("name") == "stderr"]
    return "".join(one["text"] for one in outputs if one["output_type"] == "stream")


@EACH
def test_it_runs_beside_a_blank_module_and_says_what_is_not_started(
    path: Path, tmp_path: Path
) -> None:
    text = printed(run(path, tmp_path, module_text(ASSIGNMENTS[path.stem])))
    assert f"in {path.stem}.py." in text
    assert text.count("Not started yet: ") >= len(ASSIGNMENTS[path.stem].tasks)


@pytest.mark.slow
@EACH
def test_it_runs_beside_the_library_and_draws_its_picture(path: Path, tmp_path: Path) -> None:
    names = ASSIGNMENTS[path.stem].writes
    outputs = run(path, tmp_path, REFERENCE.format(names=names))
    assert "not started" not in printed(outputs).lower()
    assert "image/png" in json.dumps(outputs)
