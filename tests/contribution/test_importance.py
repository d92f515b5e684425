"""Eq. (2): its published settings, and the numbers that it takes."""

from fractions import Fraction

import numpy as np
import pytest
from handed_in import STATES, bits

from minirelprune import importance

MEAN, STD = np.array([[0.5, 0.0]]), np.array([[0.25, 0.0]])


def test_the_defaults_are_the_published_best_and_r4() -> None:
    """Table 1: alpha = 1, beta = 1e-7; R4: epsilon = 1e-5; and s = 1."""
    assert importance(0.0, 0.0) == pytest.approx(1e-7 / 1e-5, rel=1e-15, abs=0)
    assert importance(0.5, 0.25) == pytest.approx(0.5 + 1e-7 / (1e-5 + 0.25), rel=1e-15, abs=0)


def test_every_number_has_its_place_in_eq_2() -> None:
    settings = {"alpha": 3.0, "beta": 0.5, "epsilon": 0.25, "layer_factor": 4.0}
    assert importance(0.5, 0.75, **settings) == 4 * (3 * 0.5 + 0.5 / (0.25 + 0.75))
    assert (importance(MEAN, STD, **settings) == [[4 * (1.5 + 1), 8]]).all()


@pytest.mark.parametrize("one", [1, np.uint8(1), np.float32(1), np.float16(1), Fraction(1)])
def test_any_real_number_is_a_number(one: object) -> None:
    expected = importance(1.0, 1.0, alpha=1.0, beta=1.0, epsilon=1.0, layer_factor=1.0)
    settings = {"alpha": one, "beta": one, "epsilon": one, "layer_factor": one}
    assert importance(one, one, **settings) == expected == 1.5
    whole = importance(np.ones(2, np.float32), np.ones(2, np.float32), **settings)
    assert whole.dtype == np.float32
    assert whole.tolist() == [1.5, 1.5]


def test_half_precision_loses_no_digits() -> None:
    half = np.float16(0.1)
    for mean in (half, np.array([half])):
        score = np.float64(importance(mean, mean))  # approx computes in the dtype it is given
        assert score == pytest.approx(importance(float(half), float(half)), rel=1e-6, abs=0)


@pytest.mark.parametrize(
    ("mean", "std", "settings", "message"),
    [
        (0.0, -1e-5, {}, "std must be a finite number >= 0, got -1e-05"),  # 1 / 0, once
        (-1.0, 0.0, {}, "mean must be a finite number >= 0, got -1.0"),
        (np.nan, 0.0, {}, "mean must be a finite number >= 0, got nan"),
        (0.0, np.inf, {}, "std must be a finite number >= 0, got inf"),
        (1j, 0.0, {}, "mean must be real numbers, got a complex of dtype complex128"),
        (True, 0.0, {}, "mean must be a finite number >= 0, got True"),
        (10**400, 0.0, {}, "mean must be a finite number >= 0, got 1000"),
        (MEAN, -STD, {}, "std must be >= 0, got -0.25"),
        (-MEAN, STD, {}, "mean must be >= 0, got -0.5"),
        (MEAN, [np.nan, 0.0], {}, r"std must be finite, got nan at \(0,\)"),
        (MEAN, STD[0], {}, r"std must have shape \(1, 2\), got \(2,\)"),
        (MEAN, 0.5, {}, r"std must have shape \(1, 2\), got \(\)"),
        (MEAN, STD, {"alpha": -1.0}, "alpha must be a finite number >= 0, got -1.0"),
        (MEAN, STD, {"beta": np.inf}, "beta must be a finite number >= 0, got inf"),
        (MEAN, STD, {"epsilon": 0.0}, "epsilon must be a finite number > 0, got 0.0"),
        (MEAN, STD, {"layer_factor": 0}, "layer_factor must be a finite number > 0, got 0"),
        (MEAN, STD, {"alpha": "1"}, "alpha must be a finite number >= 0, got '1'"),
        (MEAN, STD, {"epsilon": 5e-324}, "must keep Eq. .2. within the range of numbers, got 1.0"),
        (0.0, 0.0, {"epsilon": 5e-324}, "must keep Eq. .2. within the range of numbers, got 1.0"),
        (
            np.float32([1]),
            np.float32([0]),
            {"epsilon": 1e-50},  # 0 in float32
            "must keep Eq. .2. within the range of numbers, got 1.0, 1e-07, 1e-50 and 1.0",
        ),
    ],
)
def test_bad_input_is_named(mean: object, std: object, settings: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        importance(mean, std, **settings)


def test_the_bits_do_not_depend_on_errstate() -> None:
    tiny = np.array([1e-310, 1e-200, 5e-324, 0.0])

    def compute() -> list[object]:
        return [importance(tiny, tiny, alpha=1e-100, beta=1e-300), importance(1e-310, 5e-324)]

    for state in STATES:
        assert bits(compute, state) == bits(compute, "ignore")
