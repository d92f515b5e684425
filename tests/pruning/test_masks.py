import numpy as np
import pytest

from minirelprune import prune_masks, schedule


@pytest.mark.parametrize(
    ("per_round", "whole", "floats"), [(0.05, 10, 11), (0.10, 5, 6), (0.15, 4, 4), (0.25, 2, 2)]
)
def test_the_float_trap_of_algorithm_1(per_round: float, whole: int, floats: int) -> None:
    counts = schedule(1000, target=0.5, per_round=per_round)
    trapped = schedule(1000, target=0.5, per_round=per_round, arithmetic="float")
    assert (len(counts), len(trapped)) == (whole, floats)
    assert trapped == counts + [500] * (floats - whole)


def test_a_target_below_one_round_is_one_round() -> None:
    assert schedule(1000, target=0.1, per_round=0.25) == [100]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"target": 1.5}, r"target must be in \(0, 1\), got 1.5"),
        ({"target": 0.0}, r"target must be in \(0, 1\), got 0.0"),
        ({"per_round": float("nan")}, r"per_round must be in \(0, 1\), got nan"),
        ({"arithmetic": "exact"}, "arithmetic must be one of 'whole', 'float', got 'exact'"),
        ({"n_weights": 0}, "n_weights must be a whole number >= 1, got 0"),
    ],
)
def test_a_bad_schedule_is_named(settings: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        schedule(**{"n_weights": 10, "target": 0.5, "per_round": 0.1, **settings})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"count": 4}, "count must be at most the 3 surviving weights, got 4"),
        ({"count": -1}, "count must be a whole number >= 0, got -1"),
        ({"count": 1.0}, "count must be a whole number >= 0, got 1.0"),
        ({"scope": "row"}, "scope must be one of 'global', 'layer', 'unit', got 'row'"),
        ({"scores": [np.full((2, 2), np.nan)]}, "scores must not be NaN, got 3 NaN"),
        ({"scores": []}, "scores must have one array per mask, got 0 for 1"),
        ({"scores": [np.zeros((2, 3))]}, r"scores\[0\] must have shape \(2, 2\)"),
        ({"masks": [np.ones((2, 2))]}, r"masks\[0\] must be boolean, got float64"),
    ],
)
def test_bad_input_is_named(changes: dict, message: str) -> None:
    mask = np.array([[True, False], [True, True]])
    settings = {"scores": [np.zeros((2, 2))], "masks": [mask], "count": 1, **changes}
    with pytest.raises(ValueError, match=message):
        prune_masks(**settings)


def test_what_a_pruned_weight_scores_is_not_read() -> None:
    mask = np.array([[True, False]])
    [after] = prune_masks([np.array([[1.0, np.nan]])], [mask], count=1)
    assert not after.any()
