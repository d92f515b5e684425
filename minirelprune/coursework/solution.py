"""The solution of every assignment: the library itself."""

from minirelprune.coursework import pieces
from minirelprune.coursework.assignment import Assignment
from minirelprune.coursework.process import Setup
from minirelprune.coursework.student import Own, Submitted

NAMES = '''"""The solution of {name}: the library."""

from minirelprune.coursework.pieces import reference

globals().update({{name: reference(name) for name in {writes}}})
'''


def solution(assignment: Assignment) -> Own:
    """The library's functions, in this process."""
    return Own({name: pieces.reference(name) for name in assignment.writes})


def submitted_solution(assignment: Assignment) -> Submitted:
    """The library's functions, in a child process, which for once has the library."""
    text = NAMES.format(name=assignment.name, writes=assignment.writes)
    return Submitted(Setup(assignment.name, {f"{assignment.name}.py": text}, {}, fenced=False))
