"""A skeleton is the library's own signatures and docstrings, and nothing of what they do."""

import ast
import importlib.util
import inspect
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from minirelprune.coursework import pieces
from minirelprune.coursework.assignments import ASSIGNMENTS
from minirelprune.coursework.cut import without
from minirelprune.coursework.skeleton import module_text

EVERY = pytest.mark.parametrize("name", ASSIGNMENTS)


def loaded(name: str, folder: Path) -> ModuleType:
    path = folder / f"{name}.py"
    path.write_text(module_text(ASSIGNMENTS[name]), "utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # which dataclasses look into
    spec.loader.exec_module(module)
    return module


@EVERY
def test_it_has_every_name_to_write_with_the_librarys_signature(name: str, tmp_path: Path) -> None:
    module = loaded(name, tmp_path)
    for one in ASSIGNMENTS[name].writes:
        solution, stub = pieces.reference(one), getattr(module, one)
        if inspect.isfunction(solution):
            assert stub.__doc__ == solution.__doc__
            assert list(inspect.signature(stub).parameters) == list(
                inspect.signature(solution).parameters
            )


def bodies(text: str, names: list[str]) -> list[ast.stmt]:
    """The last statements of the functions and methods that are to be written."""
    last = []
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in names:
            made = [node] if isinstance(node, ast.FunctionDef) else node.body
            functions = [one for one in made if isinstance(one, ast.FunctionDef)]
            assert all(len(one.body) <= 2 for one in functions)
            last += [one.body[-1] for one in functions]
    return last


@EVERY
def test_no_body_of_what_is_to_be_written_is_in_it(name: str) -> None:
    found = bodies(module_text(ASSIGNMENTS[name]), ASSIGNMENTS[name].writes)
    assert len(found) >= len(ASSIGNMENTS[name].writes)
    assert all(isinstance(one, ast.Raise) for one in found)


@EVERY
def test_no_given_module_has_a_body_of_a_name_to_write(name: str) -> None:
    for text in pieces.given_sources(ASSIGNMENTS[name]).values():
        found = bodies(text, ASSIGNMENTS[name].writes)
        assert all(isinstance(one, ast.Raise) for one in found)


def test_a_given_module_that_makes_a_name_to_write_is_cut() -> None:
    text = without(["wanted"], 'def wanted(x):\n    """Words."""\n    return 1\n\n\nkept = 2\n')
    assert text == (
        'def wanted(x):\n    """Words."""\n    raise NotImplementedError\n\n\nkept = 2\n'
    )


@EVERY
def test_it_is_formatted_and_has_no_name_that_is_not_there(name: str, tmp_path: Path) -> None:
    pytest.importorskip("ruff", reason="not installed")
    path = tmp_path / f"{name}.py"
    path.write_text(module_text(ASSIGNMENTS[name]), "utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    rules = ["--select", "E,F,I", "--ignore", "F401"]  # NumPy is for the student
    for command in (["check", "--isolated", *rules], ["format", "--isolated", "--check"]):
        done = subprocess.run(
            [*ruff, *command, "--line-length", "100", str(path)], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout


@EVERY
def test_every_law_it_names_exists_and_the_points_are_100(name: str) -> None:
    from minirelprune.coursework.law_book import find_law

    assert ASSIGNMENTS[name].worth == 100
    for task in ASSIGNMENTS[name].tasks:
        for law in task.points:
            assert find_law(law).name == law


def test_each_law_grades_one_task_of_all_assignments() -> None:
    laws = [law for one in ASSIGNMENTS.values() for task in one.tasks for law in task.points]
    assert len(laws) == len(set(laws))
