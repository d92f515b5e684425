"""A grade in the format of Gradescope's autograders: `results.json`.

Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/, "Output format".
"""

from typing import Any

from minirelprune.coursework.grading import PASSED, Grade, LawGrade, TaskGrade
from minirelprune.coursework.words import of_law, summary


def results(grade: Grade) -> dict[str, Any]:
    """What `results.json` holds.

    A test is a law. Hidden laws have the visibility "hidden": the lecturer sees them, the student
    does not, and neither does the sum at the top give their words away.
    """
    tests = [
        _test(f"{number}.{k}", task, law)
        for number, task in enumerate(grade.tasks, start=1)
        for k, law in enumerate(task.laws, start=1)
    ]
    found: dict[str, Any] = {
        "score": float(grade.points),
        "execution_time": round(grade.seconds, 1),
        "output": f"Nothing can be graded: {grade.problem}" if grade.problem else summary(grade),
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
    }
    if grade.scores:
        found["leaderboard"] = [
            {"name": name, "value": round(value, 3), "order": "desc"}
            for name, value in list(grade.scores.items())[:1]  # the rest is for comparison
        ]
    return found


def _test(number: str, task: TaskGrade, law: LawGrade) -> dict[str, Any]:
    return {
        "name": f"{task.name}: {law.statement}",
        "number": number,
        "score": float(law.points),
        "max_score": float(law.worth),
        "status": "passed" if law.outcome.status == PASSED else "failed",
        "output": of_law(law),
        "output_format": "text",
        "visibility": "hidden" if law.hidden else "visible",
    }
