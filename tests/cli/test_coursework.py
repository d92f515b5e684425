"""`minirelprune coursework`, as a student and a lecturer type it."""

import csv
import json
import re
from pathlib import Path

import pytest
from coursework.handed_over import RIGHT, WRONG, folder

from minirelprune.cli import coursework, main
from minirelprune.coursework.assignments import ASSIGNMENTS


def run(*words: object) -> int:
    return main(["coursework", *map(str, words)])


def test_the_names_of_the_command_line_are_those_of_the_assignments() -> None:
    assert list(coursework.NAMES) == list(ASSIGNMENTS)


def test_list_has_a_line_for_each_with_columns_that_do_not_touch(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + len(ASSIGNMENTS)
    for line, one in zip(lines[1:], ASSIGNMENTS.values(), strict=True):
        columns = re.split(r"  +", line)
        assert columns == [one.name, one.hours, str(len(one.tasks)), one.title]


def test_start_says_what_to_do_next_and_refuses_to_overwrite(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("start", "hw2", tmp_path / "hw2") == 0
    assert f"minirelprune coursework check {tmp_path / 'hw2'}" in capsys.readouterr().out
    assert run("start", "hw2", tmp_path / "hw2") == 1
    assert "your work is not overwritten" in capsys.readouterr().err
    assert run("start", "hw2", tmp_path / "hw2", "--force") == 0
    assert "kept " in capsys.readouterr().out


def test_check_of_a_new_folder_says_not_started_and_exits_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("start", "hw3", tmp_path / "hw3")
    capsys.readouterr()
    assert run("check", tmp_path / "hw3") == 1
    out = capsys.readouterr().out
    assert out.count("not started") == len(ASSIGNMENTS["hw3"].tasks)
    assert "0 of 100 points; 0 of 5 tasks passed" in out


def test_check_of_a_wrong_function_shows_law_call_expected_and_got(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where, out = folder(tmp_path / "a", "hw3", WRONG), tmp_path / "grade.json"
    assert run("check", where, "--task", "importance", "--json", out) == 1
    said = capsys.readouterr().out
    for part in ("broken (10 points): I = s [alpha E", "call ", "expected ", "got "):
        assert part in said
    assert json.loads(out.read_text("utf-8"))["points"] == 5


def test_check_of_a_right_task_exits_with_0(tmp_path: Path) -> None:
    assert run("check", folder(tmp_path / "a", "hw3", RIGHT), "--task", "importance") == 0


def test_hidden_laws_are_not_in_a_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = folder(tmp_path / "a", "hw3", RIGHT)
    (where / "coursework.json").write_text('{"assignment": "hw3", "seed": 0, "hidden": 0.5}')
    assert run("check", where, "--task", "importance") == 0
    assert "more laws are graded that are not shown here" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["check", "nowhere"], "DIR must be a folder, got nowhere"),
        (["report", "nowhere.csv"], "nowhere.csv"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert message in line


def test_an_unknown_task_names_the_tasks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", folder(tmp_path / "a", "hw3", RIGHT), "--task", "nothing") == 1
    assert "task must be one of importance, batches" in capsys.readouterr().err


def test_bundle_writes_the_zip_and_the_workflow_that_uses_it(tmp_path: Path) -> None:
    assert run("bundle", "hw5", "--out", tmp_path / "five.zip", "--github") == 0
    assert "five.zip" in (tmp_path / "hw5.yml").read_text("utf-8")


@pytest.mark.slow
def test_grade_of_a_class_with_bad_submissions_grades_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = (Path(__file__).parent.parent / "coursework/right/loops_hw3.py").read_text("utf-8")
    texts = {
        "ann": right,
        "bob": WRONG,
        "eve": f"{right}\nimport os\nos._exit(0)\n",
        "syn": "def f(:",
    }
    folders = [folder(tmp_path / name, "hw3", text) for name, text in texts.items()]
    (tmp_path / "void").mkdir()
    files = ["--csv", tmp_path / "grades.csv", "--gradescope", tmp_path / "results.json"]
    assert run("grade", *folders, tmp_path / "void", *files, "--workers", 2) == 0
    with (tmp_path / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["submission"]: row for row in csv.DictReader(file) if row["task"] == "all"}
    assert {name: int(row["points"]) for name, row in rows.items()} == {
        "ann": 100,
        "bob": 5,
        "eve": 0,
        "syn": 0,
        "void": 0,
    }
    assert rows["syn"]["problem"].startswith("SyntaxError")
    assert "ended itself" in rows["eve"]["problem"]
    assert json.loads((tmp_path / "results.ann.json").read_text("utf-8"))["score"] == 100
    capsys.readouterr()
    assert run("report", tmp_path / "grades.csv") == 0
    assert f"drawn in {tmp_path / 'grades.png'}" in capsys.readouterr().out
