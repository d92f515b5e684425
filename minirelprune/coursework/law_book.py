"""Where a law is found by its name: among those of the formulas, or those of assignments alone."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from minirelprune.laws import LAWS
from minirelprune.laws.law import Law

EXTRA: dict[str, Law] = {}
FILES = ("extra_laws", "contest")  # importing one registers its laws


def find_law(name: str) -> Law:
    """A law by its name; KeyError if there is none."""
    for file in FILES:
        import_module(f"minirelprune.coursework.{file}")
    return LAWS.get(name) or EXTRA[name]


def extra(*needs: str, examples: int, **strategies: Any) -> Callable[[Any], Any]:
    """Register a law of assignments; see `minirelprune.laws.law`."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        statement = (function.__doc__ or "").strip().splitlines()[0]
        name = function.__name__
        EXTRA[name] = Law(name, statement, needs, examples, function, strategies)
        return function

    return register
