"""What an argument may be. Each check names the argument, the value received and what is allowed.

>>> fraction("target", 1.5)
Traceback (most recent call last):
    ...
ValueError: target must be in (0, 1), got 1.5
"""

import math
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


def one_of(name: str, value: object, allowed: Collection[object]) -> None:
    """One of a few named choices."""
    if isinstance(value, np.ndarray) or not _hashable(value) or value not in allowed:
        choices = ", ".join(repr(choice) for choice in allowed)
        raise ValueError(f"{name} must be one of {choices}, got {value!r}")


def sequence(name: str, value: object, length: int) -> Sequence[Any]:
    """A list or tuple of so many things; an array's first axis counts as well."""
    if not isinstance(value, list | tuple | np.ndarray) or len(value) != length:
        size = f" of {len(value)}" if isinstance(value, list | tuple | np.ndarray) else ""
        raise ValueError(f"{name} must be {length} arrays, got a {type(value).__name__}{size}")
    return value  # type: ignore[return-value]


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
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
