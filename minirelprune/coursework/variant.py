"""Variants of an assignment: other numbers in the examples, and other laws that are shown."""

from dataclasses import dataclass

import numpy as np

from minirelprune.coursework.assignment import Assignment, Task
from minirelprune.coursework.pieces import reference
from minirelprune.coursework.values import copied, text_of, text_of_call


@dataclass(frozen=True)
class Variant:
    """Which variant it is.

    Parameters
    ----------
    seed : draws the numbers of the examples and the laws that are hidden.
    hidden : the share of laws, in [0, 1), that are graded and not shown beforehand. Each task shows
        at least one.
    """

    seed: int = 0
    hidden: float = 0.0

    def hidden_laws(self, assignment: Assignment) -> set[str]:
        """The names of the laws that are not shown."""
        found = set[str]()
        for number, task in enumerate(assignment.tasks):
            laws = list(task.points)
            count = min(len(laws) - 1, round(self.hidden * len(laws)))
            rng = np.random.default_rng([self.seed, number])
            found |= {laws[k] for k in rng.permutation(len(laws))[:count]}
        return found

    def example(self, task: Task) -> str:
        """A call of the first name of a task, and the library's value; "" if it has no example."""
        if task.example is None:
            return ""
        args, kwargs = task.example(np.random.default_rng(self.seed))
        name, function = task.writes[0], reference(task.writes[0])
        call = text_of_call(name, getattr(function, "f", function), args, kwargs)
        return f"{call}\n= {text_of(function(*copied(args), **copied(kwargs)))}"
