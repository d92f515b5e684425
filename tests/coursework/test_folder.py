"""The folder that a student starts from: what it holds, and that no work is lost."""

import json
from pathlib import Path

import pytest

from minirelprune.coursework import folder
from minirelprune.coursework.assignments import ASSIGNMENTS, assignment
from minirelprune.coursework.law_book import find_law
from minirelprune.coursework.submission import variant_of
from minirelprune.coursework.variant import Variant


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_it_holds_the_module_the_notebook_and_the_readme(name: str, tmp_path: Path) -> None:
    assert folder.start(assignment(name), tmp_path / "new", Variant()) == []
    there = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert there == ["README.md", "coursework.json", f"{name}.ipynb", f"{name}.py"]


@pytest.mark.parametrize("name", ["coursework.json", "README.md", "hw2.py", "hw2.ipynb"])
def test_nothing_is_written_where_one_file_is_there_already(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(FileExistsError, match=f"holds {name} already"):
        folder.start(assignment("hw2"), tmp_path, Variant())
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_force_keeps_every_earlier_file_under_a_name_of_its_own(tmp_path: Path) -> None:
    for text in ("first", "second"):
        (tmp_path / "hw2.py").write_text(text)
        folder.start(assignment("hw2"), tmp_path, Variant(), force=True)
    assert (tmp_path / "hw2.py.1.bak").read_text() == "first"
    assert (tmp_path / "hw2.py.2.bak").read_text() == "second"


def test_the_variant_is_remembered(tmp_path: Path) -> None:
    folder.start(assignment("hw2"), tmp_path, Variant(5, 0.25))
    assert variant_of(tmp_path) == Variant(5, 0.25)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"seed": "x", "hidden": 0}', '{"seed": 1}'])
def test_settings_that_cannot_be_read_are_the_plain_variant(text: str, tmp_path: Path) -> None:
    (tmp_path / "coursework.json").write_text(text)
    assert variant_of(tmp_path) == Variant()


def test_the_readme_says_every_law_that_is_shown_and_none_that_is_hidden() -> None:
    one, variant = assignment("hw4"), Variant(1, 0.4)
    hidden = variant.hidden_laws(one)
    text = folder.readme(one, variant)
    laws = {law for task in one.tasks for law in task.points}
    assert hidden
    assert {law for law in laws if find_law(law).statement not in text} == hidden
    assert "which are not shown" in text


def test_each_task_shows_a_law_whatever_share_is_hidden() -> None:
    for one in ASSIGNMENTS.values():
        hidden = Variant(3, 0.99).hidden_laws(one)
        assert all(set(task.points) - hidden for task in one.tasks)


def test_another_seed_has_other_numbers_and_the_same_seed_the_same() -> None:
    one = assignment("hw2")
    assert folder.readme(one, Variant(1)) == folder.readme(one, Variant(1))
    assert folder.readme(one, Variant(1)) != folder.readme(one, Variant(2))


def test_a_missing_notebook_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "PLACES", (tmp_path / "nowhere",))
    with pytest.raises(FileNotFoundError, match=r"hw2\.ipynb is missing"):
        folder.start(assignment("hw2"), tmp_path / "new", Variant())
    assert not (tmp_path / "new").exists()


def test_the_settings_name_the_assignment(tmp_path: Path) -> None:
    folder.start(assignment("hw3"), tmp_path, Variant())
    said = json.loads((tmp_path / "coursework.json").read_text("utf-8"))
    assert said == {"assignment": "hw3", "seed": 0, "hidden": 0.0}
