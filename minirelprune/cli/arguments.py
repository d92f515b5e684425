"""Command-line arguments that are checked as they are read: the types given to argparse."""

from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from minirelprune.support import checks

T = TypeVar("T")


def fraction(text: str) -> float:
    """A share in (0, 1)."""
    return _checked(text, float, lambda value: checks.fraction("the value", value))


def fraction_or_one(text: str) -> float:
    """A share in (0, 1]."""
    return _checked(
        text, float, lambda value: checks.fraction("the value", value, one_allowed=True)
    )


def whole(minimum: int) -> Callable[[str], int]:
    """A whole number that is no smaller than `minimum`."""
    return lambda text: _checked(
        text, int, lambda value: checks.whole("the value", value, minimum=minimum)
    )


def npz(text: str) -> Path:
    """A file that ends in .npz."""
    return _checked(text, Path, lambda path: checks.one_of("the ending", path.suffix, (".npz",)))


def _checked(text: str, kind: Callable[[str], T], check: Callable[[T], None]) -> T:
    try:
        value = kind(text)
        check(value)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error
    return value
