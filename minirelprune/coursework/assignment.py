"""What an assignment is: tasks, each with the names to write and the points of the laws on them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Functions = Mapping[str, Any]
Arguments = tuple[tuple[Any, ...], dict[str, Any]]  # positional ones, and those by name


def by_name(functions: Functions) -> Functions:
    """The functions under the names that the laws know them by: their own."""
    return functions


@dataclass(frozen=True)
class Task:
    """One step of an assignment.

    Parameters
    ----------
    name : what `--task` calls it.
    title : in a few words.
    writes : the names to write, which the task is graded on.
    points : what each law is worth; the laws are named, and grade in this order.
    hint : one thought that helps.
    example : rng -> the arguments of a call of the first name, which the README works out.
    helpers : names beside the first one in the library that are given with their code.
    omits : methods that the library has for reasons of its own, and a student need not write.
    adapt : the functions as the laws ask for them.
    """

    name: str
    title: str
    writes: tuple[str, ...]
    points: Mapping[str, int]
    hint: str
    example: Callable[[np.random.Generator], Arguments] | None = None
    helpers: tuple[str, ...] = ()
    omits: tuple[str, ...] = ()
    adapt: Callable[[Functions], Functions] = by_name

    @property
    def worth(self) -> int:
        """The points of all its laws."""
        return sum(self.points.values())


@dataclass(frozen=True)
class Assignment:
    """A few tasks in rising difficulty.

    Parameters
    ----------
    name : such as "hw2", also of the module to fill in and of the notebook.
    title : in a few words.
    hours : how long it should take.
    about : a sentence on what is built.
    tasks : in the order in which they are to be done.
    given : modules of the library, without its name, that may be imported; those that they import
        may be imported too.
    """

    name: str
    title: str
    hours: str
    about: str
    tasks: tuple[Task, ...]
    given: tuple[str, ...] = field(default=())

    @property
    def worth(self) -> int:
        """The points of all its tasks."""
        return sum(task.worth for task in self.tasks)

    @property
    def writes(self) -> list[str]:
        """The names to write, each once."""
        return list(dict.fromkeys(name for task in self.tasks for name in task.writes))

    def task(self, name: str) -> Task:
        """The task of this name; ValueError if there is none."""
        names = [task.name for task in self.tasks]
        if name not in names:
            raise ValueError(f"task must be one of {', '.join(names)}, got {name!r}")
        return self.tasks[names.index(name)]
