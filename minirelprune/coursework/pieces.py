"""Where the names to write stand in the library: the solution, and the source it is cut from."""

import ast
import inspect
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import minirelprune
from minirelprune.coursework.assignment import Assignment
from minirelprune.coursework.cut import without
from minirelprune.coursework.hw1 import ACTIVATION_NAMES
from minirelprune.network.activations import ACTIVATIONS

ROOT = Path(minirelprune.__file__).parent
ALWAYS = ("support.arrays", "support.checks", "support.convert")
CHANNEL = tuple(f"coursework.channel.{one}" for one in ("wire", "data", "things", "calls", "child"))
OWN_CRITERION = "MyCriterion"  # of hw6, which has no solution but one that is no worse than others


@dataclass(frozen=True)
class Source:
    """A module of the library: its name, its text and its statements."""

    name: str
    text: str
    body: list[ast.stmt]


@cache
def source(module: str) -> Source:
    """The source of a module, named without the library's own name."""
    text = path_of(module).read_text("utf-8")
    return Source(module, text, ast.parse(text).body)


def path_of(module: str) -> Path:
    """The file of a module."""
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def is_slope_or_activation(name: str) -> bool:
    """Whether a name is f or f' of an activation, which the library keeps in a table."""
    return name.removesuffix("_slope") in ACTIVATION_NAMES


def reference(name: str) -> Any:
    """The library's own function or class of this name: the solution."""
    if is_slope_or_activation(name):
        f = ACTIVATIONS[name.removesuffix("_slope")]
        return f.derivative if name.endswith("_slope") else f
    if name == OWN_CRITERION:
        return minirelprune.RelativeContribution
    return getattr(minirelprune, name)


def home(name: str) -> str:
    """The module in which a public function or class of the library stands."""
    return str(inspect.unwrap(reference(name)).__module__).removeprefix("minirelprune.")


def given_sources(assignment: Assignment) -> dict[str, str]:
    """The texts of all modules that a submission may import, by their full names.

    Should one of them hold a name that is to be written, its body is cut out.
    """
    wanted, found = [*ALWAYS, *assignment.given], dict[str, str]()
    while wanted:
        module = wanted.pop()
        if f"minirelprune.{module}" not in found:
            found[f"minirelprune.{module}"] = without(assignment.writes, source(module).text)
            wanted += sorted(imported_modules(source(module).body))
    return found


def channel_sources() -> dict[str, str]:
    """The texts of the modules that the child process needs to answer at all."""
    return {f"minirelprune.{one}": source(one).text for one in CHANNEL}


def imported_modules(body: Iterable[ast.stmt]) -> set[str]:
    """The modules of the library that statements import."""
    found = set()
    for node in body:
        for one in ast.walk(node):
            if isinstance(one, ast.ImportFrom) and (one.module or "").startswith("minirelprune."):
                module = str(one.module).removeprefix("minirelprune.")
                if (ROOT / Path(*module.split("."))).with_suffix(".py").exists():
                    found.add(module)
                else:
                    found |= {f"{module}.{alias.name}" for alias in one.names}
    return found


def imported_from(name: str, body: Iterable[ast.stmt]) -> str | None:
    """The module that statements import a name from; None if they do not."""
    for node in body:
        if isinstance(node, ast.ImportFrom) and name in {alias.name for alias in node.names}:
            return node.module
    return None
