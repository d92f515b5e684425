import numpy as np
import pytest

from minirelprune import prune_masks


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
