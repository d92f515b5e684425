"""A right solution that is written in another way has all points: two ways for each task."""

from pathlib import Path

import pytest
from coursework.handed_over import graded

from minirelprune.coursework.assignments import ASSIGNMENTS

RIGHT = Path(__file__).parent / "right"


@pytest.mark.slow
@pytest.mark.parametrize("way", ["loops", "arrays"])
@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_it_has_all_points(name: str, way: str) -> None:
    found = graded(name, (RIGHT / f"{way}_{name}.py").read_text("utf-8"))
    wrong = [law for task in found.tasks for law in task.laws if law.outcome.status != "passed"]
    assert not wrong, found.problem
    assert found.points == 100
    assert found.seconds < 60


def test_a_task_of_each_way_has_all_points() -> None:
    for way in ("loops", "arrays"):
        text = (RIGHT / f"{way}_hw3.py").read_text("utf-8")
        assert graded("hw3", text, "importance", "tails").points == 40
