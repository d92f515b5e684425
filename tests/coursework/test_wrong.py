"""Every wrong solution is caught by the law that speaks of it, and every law catches one."""

import coursework.wrong_hw1
import coursework.wrong_hw2
import coursework.wrong_hw3
import coursework.wrong_hw4
import coursework.wrong_hw5
import coursework.wrong_hw6  # noqa: F401  (importing a file registers its solutions)
import pytest
from coursework.wrong import GRADING, WRONG, task_of

from minirelprune.coursework.grading import grade
from minirelprune.coursework.solution import solution
from minirelprune.coursework.student import Own

FEW = sorted(WRONG)[::12]


def caught(name: str) -> None:
    law, replaces, function = WRONG[name]
    assignment, task = task_of(law)
    student = Own({**solution(assignment).functions, replaces: function})
    hidden = set(task.points) - {law}  # so that no other law is tried
    [found] = grade(assignment, student, tasks=[task.name], hidden=hidden, with_hidden=False).tasks
    [one] = found.laws
    assert one.outcome.status == "failed", f"{name} keeps {law}"
    assert one.outcome.line or one.outcome.reason
    assert one.outcome.got or one.outcome.reason or one.outcome.line
    assert one.points == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(WRONG) - set(FEW)))
def test_the_law_that_speaks_of_it_catches_it(name: str) -> None:
    caught(name)


@pytest.mark.parametrize("name", FEW)
def test_the_law_that_speaks_of_it_catches_some(name: str) -> None:
    caught(name)


def test_there_are_at_least_120_and_every_law_catches_one() -> None:
    assert len(WRONG) >= 120
    assert {one.law for one in WRONG.values()} == set(GRADING)
