"""Whole groups of weights: which go, how many, and what a run makes of them."""

import contextlib
import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minirelprune import MLP, Magnitude, prune, prune_masks
from minirelprune.laws.inputs import scored_masks
from minirelprune.laws.masks import some_of
from minirelprune.pruning.groups import GROUPS
from minirelprune.pruning.notices import EmptiedWarning
from minirelprune.pruning.rounds import zeros
from minirelprune.pruning.scoring import next_masks

groups = pytest.mark.parametrize("granularity", GROUPS)


def of_groups(array: np.ndarray, granularity: str) -> np.ndarray:
    """The groups as rows: W[i] leaves input i, and W[:, j] enters unit j."""
    return array if granularity == "column" else array.T


def lowest(means: list[Fraction], sizes: list[int], count: Fraction) -> set[int]:
    """By the definition: in the order of (mean, position), the number that comes nearest."""
    order = sorted((k for k in range(len(means)) if sizes[k]), key=lambda k: (means[k], k))
    taken = [sum(sizes[k] for k in order[:n]) for n in range(len(order) + 1)]
    n = min(range(len(taken)), key=lambda n: (abs(taken[n] - count), n))
    return set(order[:n])


def means_and_sizes(
    scores: np.ndarray, mask: np.ndarray, granularity: str
) -> tuple[list[Fraction], list[int]]:
    parts = list(zip(of_groups(scores, granularity), of_groups(mask, granularity), strict=True))
    sizes = [int(alive.sum()) for _, alive in parts]
    means = [
        sum(map(Fraction, s[alive].tolist()), Fraction(0)) / max(1, n)
        for (s, alive), n in zip(parts, sizes, strict=True)
    ]
    return means, sizes


def whole_scores(drawn: tuple[list, list]) -> tuple[list, list]:
    """Means of whole numbers times a number that all sizes divide are exact."""
    scores, masks = drawn
    return [np.round(np.nan_to_num(s, posinf=9, neginf=-9)) % 97 * 27720 for s in scores], masks


@groups
@given(drawn=scored_masks().map(whole_scores), quarter=st.integers(0, 4))
def test_the_groups_of_lowest_mean_in_the_network_go(
    granularity: str, drawn: tuple[list, list], quarter: int
) -> None:
    scores, masks = drawn
    count = some_of(masks, quarter)
    after = prune_masks(scores, masks, count=count, granularity=granularity)
    each = [means_and_sizes(*layer, granularity) for layer in zip(scores, masks, strict=True)]
    gone = lowest([m for means, _ in each for m in means], [s for _, ss in each for s in ss], count)
    k = 0
    for old, new in zip(masks, after, strict=True):
        pairs = zip(of_groups(old, granularity), of_groups(new, granularity), strict=True)
        for before, now in pairs:
            assert (now == (before & (k not in gone))).all()
            k += 1


@groups
@given(drawn=scored_masks().map(whole_scores), quarter=st.integers(0, 4))
def test_by_layer_each_layer_comes_nearest_to_its_share_of_all_weights(
    granularity: str, drawn: tuple[list, list], quarter: int
) -> None:
    scores, masks = drawn
    count = some_of(masks, quarter)
    after = prune_masks(scores, masks, count=count, scope="layer", granularity=granularity)
    total = sum(mask.size for mask in masks)
    share = Fraction(count + zeros(masks), total)
    for s, old, new in zip(scores, masks, after, strict=True):
        means, sizes = means_and_sizes(s, old, granularity)
        wanted = share * old.size - int((~old).sum())
        pairs = zip(of_groups(old, granularity), of_groups(new, granularity), strict=True)
        kept = [bool((before == now).all()) for before, now in pairs]
        lost = sum(n for n, same in zip(sizes, kept, strict=True) if not same)
        best = sum(sizes[k] for k in lowest(means, sizes, wanted))
        assert abs(lost - wanted) <= abs(best - wanted) + 1e-6


@groups
def test_a_group_goes_as_a_whole_and_the_mean_decides(granularity: str) -> None:
    # The means of the rows are 4.5 and 2.5, those of the columns of the array 5.5 and 1.5.
    scores = np.array([[9.0, 0.0], [2.0, 3.0]])
    [mask] = prune_masks([scores], [np.ones((2, 2), bool)], count=2, granularity=granularity)
    assert (
        mask.tolist()
        == {
            "column": [[True, True], [False, False]],
            "unit": [[True, False], [True, False]],
        }[granularity]
    )


def test_of_two_numbers_equally_near_the_smaller_is_taken_and_made_up_for_later() -> None:
    scores, masks = [np.arange(8.0).reshape(4, 2)], [np.ones((4, 2), bool)]
    settings = {"scope": "layer", "granularity": "column"}
    [after] = prune_masks(scores, masks, count=1, **settings)
    assert after.all()
    [after] = prune_masks(scores, [after], count=2, **settings)
    assert np.flatnonzero(~after.any(axis=1)).tolist() == [0]


def test_large_scores_have_a_mean_and_opposite_infinities_have_none() -> None:
    scores, masks = [np.array([[1e308, 1e308], [1.2e308, 1e308]])], [np.ones((2, 2), bool)]
    [mask] = prune_masks(scores, masks, count=2, granularity="column")
    assert mask.tolist() == [[False, False], [True, True]]
    with pytest.raises(ValueError, match="scores must have means, got infinity and -infinity"):
        prune_masks([np.array([[np.inf, -np.inf]])], [masks[0][:1]], count=1, granularity="column")


@groups
def test_a_run_comes_near_its_schedule_and_goes_on_where_it_stopped(granularity: str) -> None:
    rng = np.random.default_rng(0)
    net, x, y = MLP((12, 9, 6), rng=rng), rng.random((40, 12)), rng.integers(0, 6, 40)
    settings = {"criterion": Magnitude(), "target": 0.5, "per_round": 0.1}
    settings |= {"scope": "layer", "granularity": granularity}

    def stop_after_2(so_far: object) -> None:
        if len(so_far.rounds) == 3:
            raise KeyboardInterrupt

    outputs = pytest.warns(EmptiedWarning, match="units of layer 1")
    with outputs if granularity == "unit" else contextlib.nullcontext():
        whole = prune(net, x, y, **settings, rng=np.random.default_rng(1))
    for one, planned in zip(whole.rounds, range(0, 90, 16), strict=True):
        assert abs(one.pruned - planned) <= 12  # half a group of each layer
    generator = np.random.default_rng(1)
    with warnings.catch_warnings(action="ignore"):
        stopped = prune(net, x, y, **settings, rng=generator, on_round=stop_after_2)
        resumed = prune(stopped, x, y, **settings, rng=None)
    assert [one.pruned for one in resumed.rounds] == [one.pruned for one in whole.rounds]
    for W, same in zip(resumed.net.weights, whole.net.weights, strict=True):
        assert (same == W).all()
    for mask in whole.masks:
        rows = of_groups(mask, granularity)
        assert (rows.all(axis=1) | ~rows.any(axis=1)).all()
    with pytest.raises(ValueError, match="criterion, target and per_round must be those"):
        prune(stopped, x, y, **{**settings, "per_round": 0.3}, rng=None)


def test_a_group_of_one_survivor_scores_what_that_one_does() -> None:
    """Columns of means 2 and 1.5: the second goes, though the first has one survivor."""
    scores = [np.array([[2.0, 9.0], [1.5, 1.5]])]
    masks = [np.array([[True, False], [True, True]])]
    [left] = prune_masks(scores, masks, count=2, granularity="column")
    assert left.tolist() == [[True, False], [False, False]]


def test_where_groups_took_out_too_many_the_next_round_takes_out_none() -> None:
    net, x, y = MLP((3, 4, 2), rng=np.random.default_rng(0)), np.ones((2, 3)), np.zeros(2, int)
    masks = [np.ones(W.shape, bool) for W in net.weights]
    masks[0][0] = False  # 4 are gone
    rng = np.random.default_rng(0)
    for count in (3, 4):
        left = next_masks(Magnitude(), net, x, y, masks, count, "global", "weight", rng)
        assert [mask.sum() for mask in left] == [8, 8]
