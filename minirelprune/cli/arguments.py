"""Command-line arguments that are checked as they are read: the types given to argparse."""

from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from minirelprune.data import NAMES
from minirelprune.data.own import ENDINGS
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


def at_least(minimum: float) -> Callable[[str], float]:
    """A number that is no smaller than `minimum`."""
    return lambda text: _checked(
        text, float, lambda value: checks.at_least("the value", value, minimum)
    )


def positive(text: str) -> float:
    """A number above 0."""
    return _checked(text, float, lambda value: checks.positive("the value", value))


def sizes(text: str) -> list[int]:
    """Whole numbers >= 1 with commas between them."""
    return [whole(1)(part) for part in text.split(",")]


def npz(text: str) -> Path:
    """A file that ends in .npz."""
    return _checked(text, Path, lambda path: checks.one_of("the ending", path.suffix, (".npz",)))


def png(text: str) -> Path:
    """A file that ends in .png."""
    return _checked(text, Path, lambda path: checks.one_of("the ending", path.suffix, (".png",)))


def data(text: str) -> str:
    """The name of a data set, or a file of one's own."""
    if text not in NAMES and Path(text).suffix not in ENDINGS:
        raise ArgumentTypeError(
            f"the value must be one of {', '.join(NAMES)}, or a file that ends in "
            f"{' or '.join(ENDINGS)}, got {text!r}"
        )
    return text


def _checked(text: str, kind: Callable[[str], T], check: Callable[[T], None]) -> T:
    try:
        value = kind(text)
        check(value)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error
    return value
