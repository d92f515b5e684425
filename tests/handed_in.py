"""What users hand in: array-likes that are as good as an array, and what is refused by name."""

import tempfile
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest


class Labelled:
    """As a pandas Series or DataFrame: NumPy can read it, but indices are labels, here strings."""

    def __init__(self, values: np.ndarray) -> None:
        self.values = values

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        return self.values

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, label: object) -> object:
        raise KeyError(label)


def tensor(values: np.ndarray) -> object:
    return pytest.importorskip("torch").tensor(values)


def read_only(values: np.ndarray) -> np.ndarray:
    values = values.copy()
    values.flags.writeable = False
    return values


def memory_mapped(values: np.ndarray) -> np.ndarray:
    """As np.load(..., mmap_mode="r+") gives it: what is written to it goes to the file."""
    with tempfile.TemporaryFile() as file:
        file.write(values.tobytes())
        return np.memmap(file, values.dtype, "r+", shape=values.shape)


# Each keeps the numbers as they are; the last three are for whole numbers up to 100.
KINDS: dict[str, Callable[[np.ndarray], object]] = {
    "labelled": Labelled,
    "list": np.ndarray.tolist,
    "tensor": tensor,
    "read-only": read_only,
    "fortran": np.asfortranarray,
    "strided": lambda values: np.repeat(values, 2, axis=0)[::2],
    "big-endian": lambda values: values.astype(values.dtype.newbyteorder(">")),
    "memory-mapped": memory_mapped,
    "float16": lambda values: values.astype(np.float16),
    "int8": lambda values: values.astype(np.int8),
    "int64": lambda values: values.astype(np.int64),
}

# Each makes, of an array, what has another meaning or none; and what the message says of it.
REFUSED: dict[str, tuple[Callable[[np.ndarray], object], str]] = {
    "complex": (lambda v: v + 0j, "must be real numbers, got a ndarray of dtype complex128"),
    "dates": (lambda v: v.astype("M8[s]"), "must be real numbers, got a ndarray of dtype datetime"),
    "durations": (lambda v: v.astype("m8[s]"), "must be real numbers, got a ndarray of dtype time"),
    "strings": (lambda v: v.astype(str), "must be real numbers, got a ndarray of dtype <U"),
    "objects": (lambda v: v.astype(object), "must be real numbers, got a ndarray of dtype object"),
    "masked": (np.ma.masked_array, "must be a plain array, got a MaskedArray"),
    "none": (lambda v: None, "must be real numbers, got a NoneType of dtype object"),
    "nan": (lambda v: _spoilt(v, np.nan), r"must be finite, got nan at \(0"),
    "infinity": (lambda v: _spoilt(v, -np.inf), r"must be finite, got -inf at \(0"),
}


def _spoilt(values: np.ndarray, by: float) -> np.ndarray:
    spoilt = np.array(values, np.float64)
    spoilt.flat[0] = by
    return spoilt


STATES = ("raise", "warn", "ignore", "call")


def bits(compute: Callable[[], object], state: str) -> list[bytes]:
    """The bytes of the arrays that a function gives, under this state of floating-point errors.

    Raises AssertionError if NumPy tells the caller of one, or if the state is not put back.
    """

    def complain(kind: str, flag: int) -> None:
        raise AssertionError(f"the caller heard of {kind}")

    with np.errstate(all=state, call=complain):
        arrays = compute()
        assert np.geterr() == dict.fromkeys(("divide", "over", "under", "invalid"), state)
    return [np.asarray(array).tobytes() for array in arrays]
