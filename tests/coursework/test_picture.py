"""The picture for the lecturer: which laws a class breaks most."""

from pathlib import Path

import pytest
from coursework.handed_over import WRONG, folder

from minirelprune.coursework.batch import COLUMNS, csv_of, grade_all
from minirelprune.coursework.picture import draw, shares, text_of
from minirelprune.coursework.variant import Variant

LAW = "importance_is_eq_2"
STATEMENT = "I = s [alpha E + beta / (epsilon + sigma)], entry by entry."


def grades(path: Path, **states: str) -> Path:
    """A file of grades: the state of a law of each submission, or "problem"."""
    lines = [",".join(COLUMNS)]
    for name, state in states.items():
        problem = "SyntaxError" if state == "problem" else ""
        status = "failed" if problem else state
        lines.append(f"{name},hw3,importance,{LAW},{status},0,10,")
        lines.append(f"{name},hw3,all,,{status},0,100,{problem}")
    path.write_text("\n".join(lines) + "\n")
    return path


def test_the_shares_are_those_of_the_submissions(tmp_path: Path) -> None:
    path = grades(tmp_path / "g.csv", ann="failed", bob="passed", cem="failed", dan="not started")
    [one] = shares(path)
    assert (one.law, one.broken, one.not_started) == (LAW, 0.5, 0.25)
    assert STATEMENT in text_of([one])
    assert "50%" in text_of([one])


def test_a_submission_that_could_not_be_graded_breaks_no_law(tmp_path: Path) -> None:
    [one] = shares(grades(tmp_path / "g.csv", ann="failed", bob="problem", cem="passed"))
    assert one.broken == 0.5


def test_what_is_broken_most_comes_first(tmp_path: Path) -> None:
    text = grades(tmp_path / "g.csv", ann="passed").read_text()
    more = "".join(f"{name},hw3,tails,other,failed,0,5,\n" for name in ("ann", "bob"))
    (tmp_path / "g.csv").write_text(text + more)
    assert [one.law for one in shares(tmp_path / "g.csv")] == ["other", LAW]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", ",".join(COLUMNS) + "\n"])
def test_a_file_that_grade_did_not_write_is_refused_by_name(text: str, tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text(text)
    with pytest.raises(ValueError, match=r"g\.csv must be a file that `coursework grade --csv`"):
        shares(tmp_path / "g.csv")


def test_a_class_that_could_not_be_graded_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="must hold a submission that could be graded"):
        shares(grades(tmp_path / "g.csv", ann="problem"))


def test_a_picture_is_written_whole(tmp_path: Path) -> None:
    draw(shares(grades(tmp_path / "g.csv", ann="failed")), tmp_path / "g.png")
    assert (tmp_path / "g.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
def test_what_grade_writes_is_what_report_reads(tmp_path: Path) -> None:
    names = [folder(tmp_path / "ann", "hw3", WRONG), folder(tmp_path / "bob", "hw3", "def f(:")]
    found = list(grade_all(names, Variant(), workers=2))
    assert [one.folder.name for one in found] == ["ann", "bob"]
    (tmp_path / "g.csv").write_text(csv_of(found))
    broken = {one.law: one.broken for one in shares(tmp_path / "g.csv")}
    assert broken[LAW] == 1
