"""The notebooks as a reader gets them: what each has, and where its links lead.

That they run, and that what they show is right, is checked by test_notebooks_run.py.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EACH = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
SETUP, LONGEST, ASSERTS = 12, 17, 3  # lines of the first cell, lines of any other; in a notebook
PAPER = "https://arxiv.org/abs/2410.16151"
CONTENTS, READINGS = "../README.md#notebooks", "../README.md#readings"
LAST = ["## In short", "## Exercise", "## Questions", "## Further reading"]
FIRST_CELL = """\
try:
    from minirelprune import lab
except ImportError:  # install the package from the folder that this notebook is in
    %pip install -q .. hypothesis
    from minirelprune import lab
"""


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    found = json.loads(path.read_text("utf-8"))["cells"]
    return [
        {**cell, "source": "".join(cell["source"])} for cell in found if cell["cell_type"] == kind
    ]


def code_of(path: Path) -> list[str]:
    return [cell["source"] for cell in cells(path, "code")]


def prose_of(path: Path) -> list[str]:
    return [cell["source"] for cell in cells(path, "markdown")]


def without_code(prose: str) -> str:
    return re.sub(r"```.*?```|`[^`]*`", "", prose, flags=re.DOTALL)


def links(prose: str) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", without_code(prose))


def neighbours(path: Path) -> list[str]:
    """The names of the notebook before and the one after, where there is one."""
    k = NOTEBOOKS.index(path)
    return [one.name for one in (*NOTEBOOKS[max(k - 1, 0) : k], *NOTEBOOKS[k + 1 : k + 2])]


def line_of_links(prose: str) -> list[str]:
    """The links of the line that leads to the previous and the next notebook and the contents."""
    (line,) = (line for line in prose.splitlines() if CONTENTS in links(line))
    return links(line)


@EACH
def test_the_stored_run_is_whole_and_in_order(path: Path) -> None:
    code = cells(path, "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell["outputs"]]
    assert not [one for one in outputs if one["output_type"] == "error"]
    assert not [one for one in outputs if one.get("name") == "stderr"]
    assert any("image/png" in one.get("data", {}) for one in outputs)
    assert "mnist: 60,000 training" in json.dumps(outputs)


@EACH
def test_a_notebook_is_small_and_knows_no_place_of_its_maker(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text) < 1_000_000
    assert not re.search(r"/(home|root|work|tmp|Users)/|site-packages", text)


@EACH
def test_the_first_cell_installs_from_its_own_folder_and_starts(path: Path) -> None:
    first = code_of(path)[0]
    assert first.startswith(FIRST_CELL)
    assert first.splitlines()[-1].startswith("data, fast = lab.start(")
    assert len(first.splitlines()) <= SETUP


@EACH
def test_cells_are_short(path: Path) -> None:
    code = code_of(path)
    assert max(len(cell.splitlines()) for cell in code[1:]) <= LONGEST
    assert "fmt: skip" not in "\n".join(code)


@EACH
def test_claims_are_checked_by_a_file_beside_this_one(path: Path) -> None:
    """A notebook keeps only the few assertions that a reader should believe."""
    assert len(re.findall(r"^\s*assert\b", "\n".join(code_of(path)), re.MULTILINE)) <= ASSERTS
    beside = ROOT / "tests" / "notebooks" / f"{path.stem}.py"
    assert re.search(r"^\s*assert\b", beside.read_text("utf-8"), re.MULTILINE)


def test_no_file_checks_a_notebook_that_is_not_there() -> None:
    beside = {one.stem for one in (ROOT / "tests" / "notebooks").glob("*.py")}
    assert beside == {path.stem for path in NOTEBOOKS}


@EACH
def test_it_begins_with_what_to_expect(path: Path) -> None:
    first = prose_of(path)[0]
    assert first.startswith("# ")
    assert PAPER in links(first)
    for promise in ("You will see", "You should know", "It takes", "MINIRELPRUNE_FAST=1"):
        assert promise in first
    assert re.search(r"(minute|second)s?\b", first)


@EACH
def test_it_ends_with_a_summary_an_exercise_questions_and_reading(path: Path) -> None:
    text = "\n\n".join(prose_of(path))
    headings = re.findall(r"^## .*", text, re.MULTILINE)[-4:]
    assert [one[: len(start)] for one, start in zip(headings, LAST, strict=True)] == LAST
    ends = [text.index(heading) for heading in headings]
    summary, _, questions, reading = (
        text[a:b] for a, b in zip(ends, [*ends[1:], None], strict=True)
    )
    assert 3 <= len(re.findall(r"^[-*] ", summary, re.MULTILINE)) <= 5
    assert 2 <= questions.count("<details>") == questions.count("</details>") <= 4
    assert 2 <= len(re.findall(r"^[-*] ", reading, re.MULTILINE)) <= 4


@EACH
def test_previous_next_and_contents_are_linked_at_both_ends(path: Path) -> None:
    prose = prose_of(path)
    for end in (prose[0], prose[-1]):
        assert line_of_links(end) == [*neighbours(path), CONTENTS]


@EACH
def test_links_to_files_lead_somewhere(path: Path) -> None:
    found = [link for prose in prose_of(path) for link in links(prose)]
    files = [link.partition("#")[0] for link in found if not link.startswith(("http", "#"))]
    assert [file for file in files if not (path.parent / file).exists()] == []


def test_the_readme_has_the_sections_that_the_notebooks_link_to() -> None:
    headings = re.findall(r"^#+ (.+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}
    found = {link for path in NOTEBOOKS for prose in prose_of(path) for link in links(prose)}
    asked = {link.partition("#")[2] for link in found if link.startswith("../README.md#")}
    assert asked
    assert asked <= anchors


@EACH
def test_a_reading_is_linked_where_it_is_first_mentioned(path: Path) -> None:
    text = without_code("\n\n".join(prose_of(path)))
    for code in set(re.findall(r"\bR(?:1[0-5]|[1-9])\b", text)):
        first = re.search(rf"\b{code}\b", text)
        assert first
        linked = re.compile(rf"\[[^][]*\b{code}\b[^][]*\]\({re.escape(READINGS)}\)")
        assert any(one.start() < first.start() < one.end() for one in linked.finditer(text)), code


@EACH
def test_formulas_are_closed(path: Path) -> None:
    """GitHub and JupyterLab show a formula as it is typed where its dollar signs do not pair."""
    for source in prose_of(path):
        prose = without_code(source)
        assert prose.count("$$") % 2 == 0, prose
        assert prose.replace("$$", "").replace(r"\$", "").count("$") % 2 == 0, prose


@EACH
def test_its_notation_is_the_one_of_all(path: Path) -> None:
    text = "\n".join(prose_of(path))
    assert not re.search(r"\\varepsilon|\\mathbb\{[EI]\}|\bours\b", text)


def test_the_readme_lists_every_notebook_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert set(re.findall(r"notebooks/\w+\.ipynb", readme)) == {
        f"notebooks/{path.name}" for path in NOTEBOOKS
    }
