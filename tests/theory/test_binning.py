import numpy as np
import pytest

from minirelprune.theory.binning import (
    equal_mass_edges,
    heights,
    layer_edges,
    placed,
    ranks,
    tally,
)


def test_equal_mass_bins_hold_equally_many_and_an_atom_is_apart() -> None:
    rng = np.random.default_rng(0)
    z = rng.normal(size=1_000)
    relu = np.maximum(z, 0)
    edges = equal_mass_edges(relu, 11)
    counts = np.bincount(np.searchsorted(edges, relu, side="right"))
    assert counts[1] == (z <= 0).sum()  # counts[0] is below all values
    assert counts[2:].max() - counts[2:].min() <= 1
    assert len(counts) == 12


def test_an_atom_in_the_middle_cuts_a_bin_in_two() -> None:
    values = np.repeat([-2.0, -1.0, 0.0, 1.0, 2.0], [1, 1, 6, 1, 1])
    edges = equal_mass_edges(values, 2)
    assert (np.searchsorted(edges, [-2, -1, 0, 1, 2], side="right") == [1, 1, 2, 3, 3]).all()


@pytest.mark.parametrize("values", [[0.0, 5e-324, 1e-323, 1.5e-323], [1.0, np.nextafter(1, 2), 2]])
def test_neighbours_among_floats_are_told_apart(values: list[float]) -> None:
    x = np.array(values)
    edges = equal_mass_edges(np.tile(x, 3), len(x))
    assert len(set(np.searchsorted(edges, x, side="right"))) == len(x)


def test_there_are_never_more_bins_than_values() -> None:
    edges = equal_mass_edges(np.array([3.0, 1.0, 3.0, 2.0]), 50)
    place = np.searchsorted(edges, [1.0, 2.0, 3.0], side="right")
    assert len(set(place)) == 3


def test_more_bins_than_values_cost_nothing() -> None:
    values = np.array([3.0, 1.0, 3.0, 2.0])
    assert (equal_mass_edges(values, 10**30) == equal_mass_edges(values, 4)).all()
    assert (equal_mass_edges(values, np.uint8(3)) == equal_mass_edges(values, 3)).all()


def test_whole_numbers_and_half_precision_have_edges_of_floats() -> None:
    expected = equal_mass_edges(np.arange(10.0), 5)
    assert (equal_mass_edges(list(range(10)), 5) == expected).all()
    assert (equal_mass_edges(np.arange(10, dtype=np.uint8), 5) == expected).all()
    half = equal_mass_edges(np.arange(10, dtype=np.float16), 5)
    assert half.dtype == np.float32
    assert (half == expected).all()


def test_the_largest_floats_are_below_the_last_edge() -> None:
    values = np.linspace(-1, 1, 9) * np.finfo(float).max
    edges = equal_mass_edges(values, 3)
    assert edges[0] == -np.inf
    assert edges[-1] == np.inf


def test_neighbours_are_below_the_last_edge() -> None:
    values = 1 + np.arange(5) * 2.0**-52  # next to an even last place sums round down
    assert equal_mass_edges(values, 2)[-1] > values[-1]


@pytest.mark.parametrize(
    ("values", "bins", "message"),
    [
        ([1.0, np.inf], 2, r"values must be finite, got inf at \(1,\)"),
        ([[1.0]], 2, r"values must have shape \(N\), got \(1, 1\)"),
        ([], 2, "values must hold at least one example, got 0"),
        ([1.0], 0, "bins must be a whole number >= 1, got 0"),
        (["a"], 2, "values must be real numbers, got a list of dtype <U1"),
    ],
)
def test_bad_input_is_named(values: object, bins: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        equal_mass_edges(values, bins)


def test_the_outer_edges_leave_room_on_either_side() -> None:
    values = np.arange(10.0)
    edges = equal_mass_edges(values, 5)
    assert edges[0] < 0
    assert edges[-1] > 9
    assert edges.dtype == np.float64
    assert equal_mass_edges(values.astype(np.float32), 5).dtype == np.float32


def test_each_unit_has_bins_of_its_own() -> None:
    rng = np.random.default_rng(0)
    a = np.stack([rng.normal(size=90), np.zeros(90), rng.integers(0, 3, 90)], axis=1)
    edges = layer_edges(a, 6)
    counts = tally(placed(a, edges), len(edges) + 1)  # (units, bins), also those out of range
    assert (counts.sum(axis=1) == 90).all()
    assert sorted(counts[0][counts[0] > 0]) == [15] * 6
    assert (np.count_nonzero(counts[1:], axis=1) == [1, 3]).all()
    for j in range(3):
        expected = np.searchsorted(edges[:, j], a[:, j], side="right")
        assert (placed(a, edges)[:, j] == expected).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_edges_lie_half_way_and_half_a_step_beyond_the_ends(dtype: type) -> None:
    edges = equal_mass_edges(np.arange(1, 11, dtype=dtype), 5)
    assert edges.tolist() == [0.5, 2.5, 4.5, 6.5, 8.5, 10.5]
    assert edges.dtype == dtype


@pytest.mark.parametrize("bins", [2, 3])
def test_of_no_more_different_values_than_bins_each_is_an_atom(bins: int) -> None:
    for dtype in (np.float32, np.float64):
        one, two = dtype(1), dtype(2)
        edges = equal_mass_edges(np.array([1, 1, 1, 2], dtype), bins)
        assert edges.tolist() == [1, np.nextafter(one, two), 2, np.nextafter(two, dtype(3))]
        assert edges.dtype == dtype


def test_the_others_share_the_other_bins_equally_whatever_the_atoms_hold() -> None:
    values = np.array([-1.0] * 6 + [0.0] * 6 + [1, 2, 3, 4, 5, 6])
    place = np.searchsorted(equal_mass_edges(values, 5), values, side="right")
    assert np.unique(place, return_counts=True)[1].tolist() == [6, 6, 2, 2, 2]


def test_floats_stay_what_they_are_and_heights_are_float64() -> None:
    values = np.array([0.5, 7.0, -2.0])
    assert ranks(values) is values
    assert ranks(values.astype(np.longdouble)).tolist() == [1, 2, 0]
    single = heights(np.float32([-1, 2.0**-30]))
    assert single.dtype == np.float64
    assert single[1] == pytest.approx((1 + 2.0**-30) / 2, rel=1e-15)
    whole = np.iinfo(np.int64)
    assert heights(np.array([whole.min, whole.max])).tolist() == [0, 2.0**64]


def test_the_edges_of_a_layer_have_the_dtype_of_its_outputs() -> None:
    a = np.array([[0.0, 1.0], [1.0, 1.0], [2.0, 1.0]])
    for dtype in (np.float32, np.float64):
        edges = layer_edges(a.astype(dtype), 3)
        assert edges.dtype == dtype
        assert np.isposinf(edges[2:, 1]).all()
