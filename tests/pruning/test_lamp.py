"""LAMP's normalisation is its published formula, of whatever scores it is given."""

import numpy as np
import pytest
from scored import made, networks, scale_changes_nothing, scores_of

from minirelprune import Criterion, Lamp, Magnitude, OutputChange, Ria, Wanda
from minirelprune.pruning.lamp import lamp_scores

OF = [
    ("magnitude", Magnitude()),
    ("wanda", Wanda()),
    ("ria", Ria()),
    ("change", OutputChange("rms_change")),
]


def lamp(scores: np.ndarray) -> np.ndarray:
    """w_u^2 over the sum of w_v^2 of all v that come at or after u in rising order."""
    flat = scores.ravel()
    order = sorted(range(len(flat)), key=lambda u: (flat[u], u))
    shares = np.zeros(len(flat))
    for k, u in enumerate(order):
        total = sum(flat[v] ** 2 for v in order[k:])
        shares[u] = flat[u] ** 2 / total if total else 0
    return shares.reshape(scores.shape)


@pytest.mark.parametrize("of", OF)
@networks
def test_lamp_is_a_share_of_what_is_at_least_as_large(
    of: tuple[str, Criterion], sizes: list[int], pruned: float, seed: int
) -> None:
    net, x = made(sizes, pruned, seed)
    got, plain = scores_of(Lamp(of[0]), net, x), scores_of(of[1], net, x)
    for one, other in zip(got, plain, strict=True):
        np.testing.assert_allclose(one, lamp(other), rtol=1e-12)


def test_scores_of_large_and_of_small_weights_are_finite_and_the_same() -> None:
    scale_changes_nothing(Lamp())


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(
        ValueError, match="of must be one of 'magnitude', 'wanda', 'ria', 'change', got 'x'"
    ):
        Lamp("x")


def test_of_many_equal_scores_the_later_one_counts_as_larger() -> None:
    shares = lamp_scores(np.ones((10, 10)))
    np.testing.assert_allclose(shares.ravel(), 1 / np.arange(100, 0, -1))
