"""Submissions as the tests write them: a module of a student, in a folder or in memory."""

from pathlib import Path
from textwrap import dedent

from minirelprune.coursework.assignments import assignment
from minirelprune.coursework.grading import Grade, grade
from minirelprune.coursework.pieces import channel_sources, given_sources
from minirelprune.coursework.process import Setup
from minirelprune.coursework.student import Submitted


def setup(name: str, text: str) -> Setup:
    """What a child is started with, for a module with this text."""
    sources = channel_sources() | given_sources(assignment(name))
    return Setup(name, {f"{name}.py": dedent(text)}, sources)


def graded(name: str, text: str, *tasks: str) -> Grade:
    """The grade of a module with this text, in a child process."""
    return grade(assignment(name), Submitted(setup(name, text)), tasks=tasks)


def folder(path: Path, name: str, text: str) -> Path:
    """A folder with this module."""
    path.mkdir(parents=True)
    (path / f"{name}.py").write_text(dedent(text), "utf-8")
    return path


RIGHT = """
    import numpy as np

    def importance(mean, std, *, alpha=1.0, beta=1e-7, epsilon=1e-5, layer_factor=1.0):
        return layer_factor * (alpha * mean + beta / (epsilon + std))
"""
WRONG = RIGHT.replace(
    "(alpha * mean + beta / (epsilon + std))", "alpha * mean + beta / (epsilon + std)"
)
