"""`results.json` is what Gradescope documents, for every kind of grade.

The schema is written from https://gradescope-autograders.readthedocs.io/en/latest/specs/.
"""

from typing import Any

import pytest
from coursework.handed_over import WRONG, graded
from jsonschema import ValidationError, validate

from minirelprune.coursework.gradescope import results
from minirelprune.coursework.grading import Grade, LawGrade, TaskGrade
from minirelprune.coursework.trying import Outcome

VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
TEST = {
    "type": "object",
    "required": ["name", "score", "max_score", "output", "visibility"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string"},
        "number": {"type": "string"},
        "score": {"type": "number", "minimum": 0},
        "max_score": {"type": "number", "minimum": 0},
        "status": {"enum": ["passed", "failed"]},
        "output": {"type": "string"},
        "output_format": {"enum": ["text", "html", "simple_format", "md", "ansi"]},
        "visibility": VISIBILITY,
    },
}
PLACE = {
    "type": "object",
    "required": ["name", "value"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string"},
        "value": {"type": ["number", "string"]},
        "order": {"enum": ["asc", "desc"]},
    },
}
SCHEMA = {
    "type": "object",
    "required": ["score", "tests", "execution_time", "output"],
    "additionalProperties": False,
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number", "minimum": 0},
        "output": {"type": "string"},
        "visibility": VISIBILITY,
        "stdout_visibility": VISIBILITY,
        "tests": {"type": "array", "items": TEST},
        "leaderboard": {"type": "array", "items": PLACE},
    },
}


def made_up(*outcomes: str, hidden: bool = False, **rest: Any) -> Grade:
    laws = tuple(
        LawGrade(f"law_{k}", f"Law {k}.", 10, Outcome(one), hidden)
        for k, one in enumerate(outcomes)
    )
    return Grade("hw6", (TaskGrade("task", "A task", laws),), **rest)


@pytest.mark.parametrize(
    "grade",
    [
        made_up("passed", "failed", "not started"),
        made_up("passed", hidden=True),
        made_up("failed", problem="SyntaxError: invalid syntax"),
        made_up("passed", scores={"area": 87.654321, "magnitude": 85.0}),
        Grade("unknown", (), "DIR must hold one of hw1.py, got none"),
    ],
)
def test_it_keeps_the_schema(grade: Grade) -> None:
    validate(results(grade), SCHEMA)


def test_the_schema_refuses_what_gradescope_would() -> None:
    wrong = results(made_up("passed"))
    wrong["tests"][0]["visibility"] = "secret"
    with pytest.raises(ValidationError):
        validate(wrong, SCHEMA)


def test_the_score_is_the_sum_of_its_tests() -> None:
    found = results(made_up("passed", "failed", "passed"))
    assert found["score"] == sum(one["score"] for one in found["tests"]) == 20


def test_a_hidden_law_is_hidden_and_the_others_are_not() -> None:
    assert [one["visibility"] for one in results(made_up("passed", hidden=True))["tests"]] == [
        "hidden"
    ]
    assert [one["visibility"] for one in results(made_up("passed"))["tests"]] == ["visible"]


def test_the_leaderboard_has_the_students_score_alone() -> None:
    found = results(made_up("passed", scores={"area": 87.654321, "magnitude": 85.0}))
    assert found["leaderboard"] == [{"name": "area", "value": 87.654, "order": "desc"}]


def test_a_real_grade_says_the_call_and_both_values() -> None:
    found = results(graded("hw3", WRONG, "importance"))
    validate(found, SCHEMA)
    for part in ("call: importance(mean=", "expected: ", "got: "):
        assert part in found["tests"][0]["output"]
