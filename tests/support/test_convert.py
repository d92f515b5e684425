"""What is handed in becomes a plain finite array, or is refused by name."""

from typing import Any

import numpy as np
import pytest

from minirelprune.support import convert

NAN, INF = float("nan"), float("inf")


class Frame:
    """As a Series or a tensor: NumPy can read it, and it is indexed in its own way."""

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        return np.array([1.0, 2.0])


class Unwilling:
    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        raise RuntimeError("call detach() first")


@pytest.mark.parametrize(
    ("value", "dtype"),
    [
        ([1, 2], "float64"),
        (Frame(), "float64"),
        (np.array([1, 2], np.uint8), "float64"),
        (np.array([1, 2], ">f4"), "float32"),
        (np.array([1, 2], np.float16), "float32"),
        (np.array([1.0, 0.0, 2.0])[::2], "float64"),
        (np.array([1, 2], np.longdouble), "float64"),
    ],
    ids=str,
)
def test_array_likes_become_numbers_of_this_machine(value: object, dtype: str) -> None:
    array = convert.numbers("x", value, ("N",))
    assert type(array) is np.ndarray
    assert array.dtype.name == dtype
    assert array.dtype.isnative
    assert array.tolist() == [1, 2]


def test_what_fits_already_is_not_copied() -> None:
    x = np.ones(3, np.float32)
    assert convert.numbers("x", x) is x


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (np.array([1j]), "x must be real numbers, got a ndarray of dtype complex128"),
        (np.array(["2020-01-01"], "M8[D]"), "x must be real numbers, got a ndarray of dtype date"),
        (np.array([1], "m8[s]"), "x must be real numbers, got a ndarray of dtype timedelta"),
        (["a"], "x must be real numbers, got a list of dtype <U1"),
        ([None], "x must be real numbers, got a list of dtype object"),
        (np.zeros(1, [("a", "f4")]), "x must be real numbers, got a ndarray of dtype"),
        ([[1], [1, 2]], "x must be an array of real numbers, got a list: "),
        (Unwilling(), r"x must be an array of real numbers, got a Unwilling: call detach\(\)"),
        (np.ma.masked_equal([1, 2], 2), "x must be a plain array, got a MaskedArray"),
        (np.matrix([[1]]), "x must be a plain array, got a matrix"),
        (1.0, "x must have at least one axis, got the number 1.0"),
        ([1.0, NAN], r"x must be finite, got nan at \(1,\)"),
        ([[1.0, -INF]], r"x must be finite, got -inf at \(0, 1\)"),
    ],
    ids=str,
)
def test_what_would_lose_its_meaning_is_refused(value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        convert.numbers("x", value)


def test_a_number_beyond_the_dtype_is_refused() -> None:
    with pytest.raises(ValueError, match=r"x in float32 must be finite, got inf at \(0,\)"):
        convert.numbers("x", [1e300], dtype=np.float32)


def test_labels_are_whole_numbers_of_a_class() -> None:
    assert convert.labels("y", np.array([2, 0], np.uint8), 2, 3).dtype == np.intp
    with pytest.raises(ValueError, match=r"y must be in \[0, 3\), got values from 0 to 3"):
        convert.labels("y", [0, 3], 2, 3)
    with pytest.raises(ValueError, match="y must be class numbers, got a list of dtype <U1"):
        convert.labels("y", ["1", "2"], 2, 3)


@pytest.mark.parametrize("value", [[1, 0], [0.5, 1], [0, 255], [2, -1]])
def test_a_mask_of_numbers_is_refused(value: list[float]) -> None:
    with pytest.raises(ValueError, match=r"masks\[0\] must be boolean, got a list of dtype"):
        convert.masks("masks", [value], [np.ones(2)])


def test_a_mask_for_each_weight_matrix() -> None:
    with pytest.raises(ValueError, match="masks must be 2 arrays, got a list of 1"):
        convert.masks("masks", [[True]], [np.ones(1), np.ones(1)])
    with pytest.raises(ValueError, match=r"masks\[0\] must have shape \(2\), got \(1,\)"):
        convert.masks("masks", [[True]], [np.ones(2)])


def test_ranks_may_be_infinite_and_keep_their_dtype() -> None:
    ranks = np.array([[np.inf, np.nan, 1]], ">f4")
    assert convert.reals("scores", ranks, ("N", 3)).tobytes() == ranks.astype("f4").tobytes()
    assert convert.reals("scores", [[1, 2]], ("N", 2)).dtype == np.int64
    with pytest.raises(ValueError, match=r"scores must have shape \(N, 2\), got \(1, 3\)"):
        convert.reals("scores", ranks, ("N", 2))
    with pytest.raises(ValueError, match="scores must be real numbers, got a list of dtype <U1"):
        convert.reals("scores", [["a"]], ("N", 1))


def test_elements_may_be_infinite_and_of_no_axis() -> None:
    z = np.array([INF, NAN, 1.0], np.float32)
    assert convert.elements("z", z) is z
    assert convert.elements("z", np.uint8(3)).tolist() == 3.0
    assert convert.elements("z", [1, 2]).dtype == np.float64
    assert convert.elements("z", [1e300], np.float32).tolist() == [INF]
    with pytest.raises(ValueError, match="z must be real numbers, got a list of dtype <U1"):
        convert.elements("z", ["a"])


def test_what_underflows_becomes_0_whatever_numpy_does_about_it() -> None:
    with np.errstate(all="raise"):
        assert convert.numbers("x", [1e-300], dtype=np.float32).tolist() == [0.0]
        assert convert.elements("x", [1e-300], np.float32).tolist() == [0.0]
