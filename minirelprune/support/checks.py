"""What an argument may be. Each check names the argument, the value received and what is allowed.

>>> fraction("target", 1.5)
Traceback (most recent call last):
    ...
ValueError: target must be in (0, 1), got 1.5
"""

import math
import reprlib
from collections.abc import Collection, Sequence
from numbers import Integral, Real
from typing import Any

import numpy as np
from numpy.typing import NDArray


def fraction(name: str, value: float, *, one_allowed: bool = False) -> None:
    """A share of a whole: in (0, 1), or in (0, 1] where the whole itself makes sense."""
    if not _is_real(value) or not (0 < value < 1 or (one_allowed and value == 1)):
        raise ValueError(f"{name} must be in (0, 1{']' if one_allowed else ')'}, got {value!r}")


def at_least(name: str, value: float, minimum: float) -> None:
    """A finite real number that is no smaller than `minimum`."""
    if not _is_real(value) or value < minimum:
        raise ValueError(f"{name} must be a finite number >= {minimum}, got {value!r}")


def positive(name: str, value: float) -> None:
    """A finite real number above 0."""
    if not _is_real(value) or value <= 0:
        raise ValueError(f"{name} must be a finite number > 0, got {value!r}")


def whole(name: str, value: int, *, minimum: int = 0) -> None:
    """A whole number that is no smaller than `minimum`."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < minimum:
        raise ValueError(f"{name} must be a whole number >= {minimum}, got {value!r}")


def index(name: str, value: int, length: int) -> None:
    """A position along an axis, counted from 0; no slice, and none counted from the end."""
    if isinstance(value, bool) or not isinstance(value, Integral) or not 0 <= value < length:
        raise ValueError(f"{name} must be a whole number in [0, {length}), got {value!r}")


def one_of(name: str, value: object, allowed: Collection[object]) -> None:
    """One of a few named choices."""
    if isinstance(value, np.ndarray) or not _hashable(value) or value not in allowed:
        choices = ", ".join(repr(choice) for choice in allowed)
        raise ValueError(f"{name} must be one of {choices}, got {value!r}")


def within(name: str, value: float, low: float, high: float) -> None:
    """A real number from `low` to `high`, both allowed."""
    if not _is_real(value) or not low <= value <= high:
        raise ValueError(f"{name} must be in [{low}, {high}], got {value!r}")


def sequence(name: str, value: object, length: int | None = None) -> Sequence[Any]:
    """A list or tuple of so many things, or at least one; an array's first axis counts as well."""
    listed = isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim > 0)
    size = len(value) if listed else 0  # type: ignore[arg-type]
    if not size or size != (length or size):
        wanted = "at least one array" if length is None else f"{length} arrays"
        got = f"a {type(value).__name__}" + (f" of {size}" if listed else "")
        raise ValueError(f"{name} must be {wanted}, got {got}")
    return value  # type: ignore[return-value]


def instance(name: str, value: object, kind: type, example: str) -> None:
    """An instance of a class, and not the class itself or its name."""
    if not isinstance(value, kind):
        got = reprlib.repr(value)
        raise ValueError(f"{name} must be a {kind.__name__}, such as {example}, got {got}")


def function(name: str, value: object, *, none_allowed: bool = True) -> None:
    """Something to call, or None where it may be left out."""
    if not callable(value) and not (none_allowed and value is None):
        wanted = "a function or None" if none_allowed else "a function"
        raise ValueError(f"{name} must be {wanted}, got {reprlib.repr(value)}")


def generator(name: str, value: object) -> None:
    """A NumPy random generator."""
    if not isinstance(value, np.random.Generator):
        raise ValueError(
            f"{name} must be a numpy.random.Generator, such as np.random.default_rng(0), "
            f"got {value!r}"
        )


def shape(name: str, actual: tuple[int, ...], expected: tuple[int | str, ...]) -> None:
    """An array's shape; a letter in `expected` stands for any length, such as ("N", 784)."""
    fits = len(actual) == len(expected) and all(
        isinstance(want, str) or have == want for have, want in zip(actual, expected, strict=True)
    )
    if not fits:
        wanted = ", ".join(str(want) for want in expected)
        raise ValueError(f"{name} must have shape ({wanted}), got {actual}")


def examples(name: str, actual: NDArray[Any]) -> None:
    """An array with examples along its first axis, and at least one of them."""
    if len(actual) == 0:
        raise ValueError(f"{name} must hold at least one example, got 0")


def finite(name: str, actual: NDArray[Any]) -> None:
    """Numbers along at least one axis, none of them NaN or infinite."""
    if actual.ndim == 0:
        raise ValueError(f"{name} must have at least one axis, got the number {actual}")
    with np.errstate(all="ignore"):
        if np.isfinite(actual.sum()):  # one fast pass, as NaN and infinity do not leave a sum
            return
    wrong = np.argwhere(~np.isfinite(actual))  # of none, where finite numbers sum to infinity
    if len(wrong):
        where = tuple(wrong[0].tolist())
        raise ValueError(f"{name} must be finite, got {actual[where]} at {where}")


def layer(x: NDArray[Any], W: NDArray[Any], b: NDArray[Any]) -> None:
    """The input (N, n_in) of a layer, its weights (n_in, n_out) and its bias (n_out,)."""
    shape("W", W.shape, ("n_in", "n_out"))
    shape("x", x.shape, ("N", W.shape[0]))
    shape("b", b.shape, (W.shape[1],))


def labels(name: str, actual: NDArray[Any], n: int, n_classes: int) -> None:
    """One class number in [0, n_classes) for each of n >= 1 examples."""
    shape(name, actual.shape, (n,))
    examples(name, actual)
    if not np.issubdtype(actual.dtype, np.integer):
        raise ValueError(f"{name} must be whole numbers, got dtype {actual.dtype}")
    low, high = actual.min(), actual.max()
    if low < 0 or high >= n_classes:
        raise ValueError(f"{name} must be in [0, {n_classes}), got values from {low} to {high}")


def _hashable(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _is_real(value: object) -> bool:
    if not isinstance(value, Real) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number of more than 308 digits
        return False
