"""Many submissions at once, each in a process of its own: a bad one never stops the rest."""

import csv
import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minirelprune.coursework.assignments import ASSIGNMENTS
from minirelprune.coursework.grading import Grade, LawGrade, TaskGrade
from minirelprune.coursework.trying import Outcome
from minirelprune.coursework.variant import Variant

PATIENCE = 600  # seconds for one submission, after which it is given up
COLUMNS = ("submission", "assignment", "task", "law", "status", "points", "worth", "problem")


@dataclass(frozen=True)
class Graded:
    """A submission and its grade."""

    folder: Path
    grade: Grade


def grade_all(folders: Sequence[Path], variant: Variant, *, workers: int) -> Iterator[Graded]:
    """Grade submissions in parallel, and give each in the order of the folders.

    Parameters
    ----------
    folders : one for each submission.
    variant : which laws are hidden.
    workers : how many at a time.
    """
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(lambda folder: Graded(folder, _grade(folder, variant)), folders)


def _grade(folder: Path, variant: Variant) -> Grade:
    with tempfile.TemporaryDirectory(prefix="coursework-grade-") as temporary:
        out = Path(temporary, "grade.json")
        command = [sys.executable, "-m", "minirelprune.coursework.alone", str(folder), str(out),
                   str(variant.seed), str(variant.hidden)]  # fmt: skip
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=PATIENCE, check=False, text=True
            )
            return grade_from(json.loads(out.read_text("utf-8")))
        except subprocess.TimeoutExpired:
            problem = f"grading took more than {PATIENCE} s"
        except (OSError, ValueError):
            problem = (done.stderr.strip().splitlines() or ["grading ended early"])[-1]
        return Grade(_name(folder), (), problem)


def _name(folder: Path) -> str:
    """The name of the assignment, as far as it can be told."""
    return next((name for name in ASSIGNMENTS if (folder / f"{name}.py").exists()), "unknown")


def grade_from(said: dict[str, Any]) -> Grade:
    """The grade that `Grade.as_dict` described."""
    tasks = []
    for task in said["tasks"]:
        laws = tuple(
            LawGrade(one["name"], one["statement"], one["worth"], Outcome(**one["outcome"]),
                     one["hidden"])
            for one in task["laws"]
        )  # fmt: skip
        tasks.append(TaskGrade(task["name"], task["title"], laws))
    rest = (said[key] for key in ("problem", "printed", "seconds", "scores"))
    return Grade(said["assignment"], tuple(tasks), *rest)


def csv_of(found: Sequence[Graded]) -> str:
    """A line for each law of each submission, and one for its sum, whose task is "all"."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found:
        name, grade = one.folder.name, one.grade
        for task in grade.tasks:
            for law in task.laws:
                row = (task.name, law.name, law.outcome.status, law.points, law.worth, "")
                writer.writerow((name, grade.assignment, *row))
        worth = ASSIGNMENTS[grade.assignment].worth if grade.assignment in ASSIGNMENTS else 0
        status = "passed" if grade.passed else "failed"
        row = ("all", "", status, grade.points, worth, grade.problem)
        writer.writerow((name, grade.assignment, *row))
    return text.getvalue()
