"""Homework in a notebook: functions are graded as `minirelprune coursework check` does it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from minirelprune.coursework.grading import Grade


def check(name: str, **functions: Callable[..., Any]) -> None:
    """Grade functions, and show the laws that they keep and break as a table.

    The functions run here, in the notebook. The tasks whose names are all given are graded.

    Parameters
    ----------
    name : of the assignment, "hw1" to "hw6".
    functions : by the names that the assignment asks for.

    Raises
    ------
    ValueError : an unknown assignment or name, or names that do not make up a task.
    """
    from IPython.display import display

    from minirelprune.coursework import words

    grade = grade_of(name, **functions)
    formats = {"text/html": words.html_of_grade(grade), "text/plain": words.text_of_grade(grade)}
    display(formats, raw=True)


def grade_of(name: str, **functions: Callable[..., Any]) -> "Grade":
    """The grade that `check` shows; arguments and errors are the same."""
    from minirelprune.coursework import assignments, grading, student  # need Hypothesis

    one = assignments.assignment(name)
    unknown = sorted(set(functions) - set(one.writes))
    if unknown:
        raise ValueError(f"functions must be among {', '.join(one.writes)}, got {unknown}")
    tasks = [task.name for task in one.tasks if set(task.writes) <= set(functions)]
    if not tasks:
        wanted = "; ".join(", ".join(task.writes) for task in one.tasks)
        raise ValueError(f"functions must be those of a task, {wanted}, got {sorted(functions)}")
    return grading.grade(one, student.Own(functions), tasks=tasks)
