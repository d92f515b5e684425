"""What is handed in, as arrays to compute with: converted once, where it comes in, and checked.

Lists, array-likes such as a pandas Series or a torch tensor on the CPU, and arrays of whole numbers
become NumPy arrays. What would lose its meaning on the way is refused: complex numbers, dates,
strings, objects, masked arrays and matrices.

>>> numbers("x", [[1, 2]], ("N", 2))
array([[1., 2.]])
>>> numbers("x", [[1.0, float("nan")]])
Traceback (most recent call last):
    ...
ValueError: x must be finite, got nan at (0, 1)
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from minirelprune.support import checks
from minirelprune.support.arrays import Array, Labels, Mask

Shape = tuple[int | str, ...]  # a letter stands for any length


def numbers(
    name: str, value: object, shape: Shape | None = None, *, dtype: DTypeLike | None = None
) -> Array:
    """Finite numbers along at least one axis, in float32 or float64.

    `dtype` is what they become; by default float32 and float64 stay what they are, float16 becomes
    float32 and everything else float64. Nothing is copied that fits already.
    """
    array = _array(name, value, "biuf", "real numbers")
    if shape is not None:
        checks.shape(name, array.shape, shape)
    checks.finite(name, array)
    with np.errstate(all="ignore"):
        converted = array.astype(_default(array) if dtype is None else dtype, copy=False)
    if converted.dtype.itemsize < array.dtype.itemsize:
        checks.finite(f"{name} in {converted.dtype}", converted)
    return converted


def elements(name: str, value: object, dtype: DTypeLike | None = None) -> Array:
    """Real numbers in any shape, each computed with on its own: infinity and NaN are allowed.

    `dtype` is what they become, as in `numbers`.
    """
    array = _array(name, value, "biuf", "real numbers")
    with np.errstate(all="ignore"):
        return array.astype(_default(array) if dtype is None else dtype, copy=False)


def reals(name: str, value: object, shape: Shape | None = None) -> Array:
    """Real numbers in the dtype they have, NaN and infinity among them: for whom ranks suffice."""
    array = _array(name, value, "biuf", "real numbers")
    if shape is not None:
        checks.shape(name, array.shape, shape)
    return array


def labels(name: str, value: object, n: int, n_classes: int) -> Labels:
    """One class number in [0, n_classes) for each of n >= 1 examples."""
    array = _array(name, value, "biuf", "class numbers")
    checks.labels(name, array, n, n_classes)
    return array.astype(np.intp, copy=False)


def booleans(name: str, value: object, shape: Shape) -> Mask:
    """True and False, and no other numbers: 0 and 1 may as well be weights."""
    array = _array(name, value, "b", "boolean")
    checks.shape(name, array.shape, shape)
    return array


def masks(name: str, value: object, weights: Sequence[Array]) -> list[Mask]:
    """One boolean array for each weight matrix, of its shape."""
    given = checks.sequence(name, value, len(weights))
    return [
        booleans(f"{name}[{l}]", mask, W.shape)
        for l, (mask, W) in enumerate(zip(given, weights, strict=True))
    ]


def _array(name: str, value: object, kinds: str, wanted: str) -> NDArray[Any]:
    """A plain array, in the byte order of this machine, of one of these kinds of dtype."""
    if isinstance(value, np.ma.MaskedArray | np.matrix):
        raise ValueError(
            f"{name} must be a plain array, got a {type(value).__name__}: np.asarray(...) of it "
            "says what you mean"
        )
    try:
        array = np.asarray(value)
    except Exception as error:  # each library has its own way to say no
        raise ValueError(f"{name} must be an array of {wanted}, got {_kind(value)}: {error}") from (
            error
        )
    if array.dtype.kind not in kinds:
        raise ValueError(f"{name} must be {wanted}, got {_kind(value)} of dtype {array.dtype}")
    return array.astype(array.dtype.newbyteorder("="), copy=False)


def _default(array: NDArray[Any]) -> DTypeLike:
    """The dtype that its numbers become."""
    return np.float32 if array.dtype.kind == "f" and array.dtype.itemsize <= 4 else np.float64


def _kind(value: object) -> str:
    return f"a {type(value).__name__}"
