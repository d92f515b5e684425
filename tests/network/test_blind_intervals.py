"""The makers of blind ranges, on slopes that can be inverted by hand."""

import numpy as np
import pytest

from minirelprune.network.blind_intervals import (
    contain,
    everywhere_or_nowhere,
    left_of_zero,
    sigmoid_edge,
    tanh_edge,
    tolerance_of,
    two_tails,
)

INF = np.inf
ALL = [(-INF, INF)]


@pytest.mark.parametrize(("tolerance", "expected"), [(1.9, []), (2.0, ALL), (2.1, ALL)])
def test_a_linear_f_is_blind_everywhere_from_its_slope_on(tolerance: float, expected: list) -> None:
    assert everywhere_or_nowhere(2.0)(tolerance) == expected


@pytest.mark.parametrize(
    ("tolerance", "expected"),
    [(0.2, []), (0.25, [(-INF, 0.0)]), (0.99, [(-INF, 0.0)]), (1.0, ALL), (1.5, ALL), (3.0, ALL)],
)
def test_a_kinked_f_is_blind_on_the_left_and_from_a_slope_of_1_on_everywhere(
    tolerance: float, expected: list
) -> None:
    assert left_of_zero(0.25)(tolerance) == expected


@pytest.mark.parametrize(
    ("tolerance", "expected"),
    [
        (0.0, []),  # no z is far enough
        (0.5, [(-INF, -3.0), (3.0, INF)]),
        (1.0, [(-INF, -2.0), (2.0, INF)]),
        (1.9, [(-INF, -1.1), (1.1, INF)]),
        (2.0, ALL),
        (5.0, ALL),
    ],
)
def test_two_tails_begin_at_the_edge(tolerance: float, expected: list) -> None:
    def edge(tolerance: float) -> float:
        assert 0 < tolerance < 2
        return {0.5: 3.0, 1.0: 2.0, 1.9: 1.1}[tolerance]

    assert two_tails(edge, 2.0)(tolerance) == expected


def test_an_edge_that_is_not_finite_leaves_no_tail() -> None:
    assert two_tails(lambda tolerance: INF, 2.0)(1.0) == []


@pytest.mark.parametrize("z", [1e-3, 0.5, 2.0, 30.0])
def test_the_slope_at_the_edge_is_the_tolerance(z: float) -> None:
    sigmoid = np.exp(-z) / (1 + np.exp(-z)) ** 2
    assert sigmoid_edge(sigmoid) == pytest.approx(z, rel=1e-9)
    assert tanh_edge(4 * np.exp(-2 * z) / (1 + np.exp(-2 * z)) ** 2) == pytest.approx(z, rel=1e-9)


def test_intervals_are_closed_and_nan_lies_in_none() -> None:
    z = np.array([[-3.0, -2.0, -1.0, -0.5], [0.0, 1.0, 2.0, np.nan]])
    inside = contain([(-2.0, -1.0), (0.0, 1.0)], z)
    assert inside.dtype == np.bool_
    assert inside.tolist() == [[False, True, True, False], [True, True, False, False]]


def test_a_tolerance_is_a_number_from_0_and_becomes_pythons() -> None:
    for tolerance in (0, np.float32(0.5), np.int8(1), INF):
        assert tolerance_of(tolerance) == tolerance
        assert type(tolerance_of(tolerance)) is float
    for wrong in (-1e-300, False, "1", np.nan, 1j):
        with pytest.raises(ValueError, match=rf"^tolerance must be >= 0, got {wrong!r}$"):
            tolerance_of(wrong)
