"""The assignments, in the order of a course. A new one is a file beside this and a line here."""

from minirelprune.coursework.assignment import Assignment
from minirelprune.coursework.hw1 import HW1
from minirelprune.coursework.hw2 import HW2
from minirelprune.coursework.hw3 import HW3
from minirelprune.coursework.hw4 import HW4
from minirelprune.coursework.hw5 import HW5
from minirelprune.coursework.hw6 import HW6

ASSIGNMENTS: dict[str, Assignment] = {one.name: one for one in (HW1, HW2, HW3, HW4, HW5, HW6)}


def assignment(name: str) -> Assignment:
    """The assignment of this name; ValueError if there is none."""
    if name not in ASSIGNMENTS:
        raise ValueError(f"assignment must be one of {', '.join(ASSIGNMENTS)}, got {name!r}")
    return ASSIGNMENTS[name]
