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
        ({"scope": np.array(["unit"])}, "scope must be one of"),
        (
            {"granularity": "row"},
            "granularity must be one of 'weight', 'column', 'unit', got 'row'",
        ),
        ({"scope": "unit", "granularity": "column"}, "scope must be 'global' or 'layer' with gran"),
        ({"count": 4, "granularity": "unit"}, "count must be at most the 3 surviving weights"),
        ({"scores": [np.array([[0, 1], [np.nan, 1]])]}, r"scores\[0\] must .* NaN at \(1, 0\)"),
        ({"scores": []}, "scores must be 1 arrays, got a list of 0"),
        ({"scores": None}, "scores must be 1 arrays, got a NoneType"),
        ({"scores": [np.zeros((2, 3))]}, r"scores\[0\] must have shape \(2, 2\), got \(2, 3\)"),
        ({"scores": [np.full((2, 2), "a")]}, r"scores\[0\] must be real numbers, got .*<U1"),
        ({"scores": [np.ones((2, 2), object)]}, r"scores\[0\] must be real numbers, .*object"),
        ({"masks": [np.ones((2, 2))]}, r"masks\[0\] must be boolean, got .*float64"),
        ({"masks": [np.ones(4, bool)]}, r"masks\[0\] must have shape \(n_in, n_out\)"),
        ({"masks": []}, "masks must be at least one array, got a list of 0"),
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


def test_an_infinite_score_is_the_last_or_the_first_to_go() -> None:
    scores = [np.array([[np.inf, 1.0], [2.0, -np.inf]])]
    [after] = prune_masks(scores, [np.ones((2, 2), bool)], count=3)
    assert after.tolist() == [[True, False], [False, False]]
    [after] = prune_masks(scores, [np.ones((2, 2), bool)], count=1)
    assert after.tolist() == [[True, True], [True, False]]


def test_a_share_that_cannot_be_split_goes_to_the_first_of_equal_remainders() -> None:
    masks = [np.ones((3, 40), bool)]  # 40 units of 3 weights, of which 20 lose one
    scores = [np.tile([[2.0], [0.0], [1.0]], 40)]
    [after] = prune_masks(scores, masks, count=20, scope="unit")
    assert after.all(axis=0).tolist() == [False] * 20 + [True] * 20
    assert after[[0, 2]].all()
    mask = np.ones((2, 24), bool)  # units of 1 and 2 weights in turn; 3 of the latter lose one
    mask[0, ::2] = False
    [after] = prune_masks([np.zeros((2, 24))], [mask], count=3, scope="unit")
    assert np.flatnonzero((mask & ~after).any(axis=0)).tolist() == [1, 3, 5]


def test_the_largest_remainder_rounds_up() -> None:
    masks = [np.ones((1, 2), bool), np.ones((2, 2), bool), np.ones((2, 3), bool)]
    # 5 of 12: shares of 10/12, 20/12 and 30/12, that is 0, 1 and 2, and one more for each of two.
    scores = [np.zeros(mask.shape) for mask in masks]
    after = prune_masks(scores, masks, count=5, scope="layer")
    assert [int((~mask).sum()) for mask in after] == [1, 2, 2]


@pytest.mark.parametrize("dtype", ["list", ">f8", "f2", "u1"])
def test_scores_of_any_real_dtype_rank_the_same(dtype: str) -> None:
    rng = np.random.default_rng(0)
    masks = [rng.random((20, 12)) < 0.8, rng.random((12, 3)) < 0.8]
    ranks = [rng.integers(0, 256, mask.shape) for mask in masks]
    scores = [rank.tolist() if dtype == "list" else rank.astype(dtype) for rank in ranks]
    after = prune_masks(scores, [np.asfortranarray(m) for m in masks], count=np.uint8(200))
    expected = prune_masks([rank.astype(float) for rank in ranks], masks, count=200)
    assert all((a == b).all() for a, b in zip(after, expected, strict=True))
