"""A submission: a folder with the module of one assignment. It is read here, and never imported."""

import json
import stat
from pathlib import Path

from minirelprune.coursework import pieces
from minirelprune.coursework.assignment import Assignment
from minirelprune.coursework.assignments import ASSIGNMENTS
from minirelprune.coursework.process import Setup
from minirelprune.coursework.student import Submitted
from minirelprune.coursework.variant import Variant

LARGEST = 1 << 20  # bytes of a file
MOST = 50  # files
SETTINGS = "coursework.json"


def assignment_in(folder: Path) -> Assignment:
    """The assignment whose module is in a folder; ValueError if there is none, or more than one."""
    if not folder.is_dir():
        raise ValueError(f"DIR must be a folder, got {folder}")
    found = [one for one in ASSIGNMENTS.values() if _is_file(folder / f"{one.name}.py")]
    if len(found) != 1:
        names = ", ".join(f"{name}.py" for name in ASSIGNMENTS)
        there = ", ".join(f"{one.name}.py" for one in found) or "none"
        raise ValueError(f"DIR must hold one of {names}, got {there} in {folder}")
    return found[0]


def submitted(folder: Path, assignment: Assignment) -> Submitted:
    """The functions of a submission, to be run in a child process.

    Raises
    ------
    ValueError : the module is too large, or no text in UTF-8.
    """
    sources = pieces.channel_sources() | pieces.given_sources(assignment)
    return Submitted(Setup(assignment.name, _texts(folder, assignment), sources))


def variant_of(folder: Path) -> Variant:
    """The variant that `start` made: the plain one where nothing is said, or cannot be read."""
    try:
        said = json.loads((folder / SETTINGS).read_text("utf-8"))
        return Variant(int(said["seed"]), float(said["hidden"]))
    except (OSError, ValueError, TypeError, KeyError):
        return Variant()


def _texts(folder: Path, assignment: Assignment) -> dict[str, str]:
    """The module, and other modules of the student beside it."""
    texts = {}
    own = folder / f"{assignment.name}.py"
    for path in [own, *sorted(path for path in folder.glob("*.py") if path != own)][:MOST]:
        if not _is_file(path):
            continue
        try:
            if path.stat().st_size > LARGEST:
                raise ValueError(f"it must have at most {LARGEST:,} bytes")
            texts[path.name] = path.read_text("utf-8")
        except (OSError, ValueError) as error:
            if path == own:
                raise ValueError(f"{path} cannot be read: {error}") from error
    return texts


def _is_file(path: Path) -> bool:
    """Whether there is a file: no link to one elsewhere, and no pipe, which would be waited for."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
