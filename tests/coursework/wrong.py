"""Wrong solutions, each with the law that must catch it: those of the laws' tests, and more."""

from collections.abc import Callable
from typing import Any, NamedTuple

from laws.mutants import MUTANTS

from minirelprune.coursework.assignment import Assignment, Task
from minirelprune.coursework.assignments import ASSIGNMENTS


class Wrong(NamedTuple):
    """A law, the name that is replaced, and what is put in its place."""

    law: str
    replaces: str
    function: Any


WRONG: dict[str, Wrong] = {}


def breaks(law: str, replaces: str) -> Callable[[Any], Any]:
    """The decorated function, handed in as `replaces`, must break `law`."""

    def register(function: Any) -> Any:
        name = f"{replaces} {function.__name__}"
        assert name not in WRONG, name
        WRONG[name] = Wrong(law, replaces, function)
        return function

    return register


def task_of(law: str) -> tuple[Assignment, Task]:
    """The task that a law grades."""
    [found] = [(a, task) for a in ASSIGNMENTS.values() for task in a.tasks if law in task.points]
    return found


GRADING = {law: task for one in ASSIGNMENTS.values() for task in one.tasks for law in task.points}
for _name, (_law, _replaces, _function) in MUTANTS.items():
    if _law in GRADING and _replaces in GRADING[_law].writes:
        WRONG[f"{_replaces} {_name}"] = Wrong(_law, _replaces, _function)
