"""What `prune` warns of, and where."""

import linecache
import warnings

import numpy as np
import pytest

from minirelprune import MLP, EmptiedWarning, Magnitude, NoMasksWarning, Training, prune
from minirelprune.pruning.notices import warn_if_emptied, warn_if_pruned_before


@pytest.mark.parametrize("kind", [EmptiedWarning, NoMasksWarning])
def test_a_warning_points_at_the_call_of_prune(kind: type[Warning]) -> None:
    net = MLP((8, 10, 3), rng=np.random.default_rng(0))
    net.weights[0][:, 0] = 1e-9 if kind is EmptiedWarning else 0
    x, y = np.ones((4, 8)), np.zeros(4, int)
    settings = {"target": 8 / net.n_weights, "per_round": 0.5, "tuning": Training(0, 1e-4)}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        prune(net, x, y, criterion=Magnitude(), rng=np.random.default_rng(0), **settings)
    [warned] = [one for one in caught if one.category is kind]
    assert linecache.getline(warned.filename, warned.lineno).strip().startswith("prune(net")


def warned_of(zeros: int) -> list[str]:
    """What is said of 1,000 weights in two layers, of which so many are 0."""
    weights = [np.ones((10, 60)), np.ones((40, 10))]
    weights[0].flat[: zeros // 2] = 0
    weights[1].flat[: zeros - zeros // 2] = 0
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warn_if_pruned_before(weights)
    return [f"{one.category.__name__}: {one.message}" for one in caught]


def test_more_than_1_percent_of_zeros_and_no_masks_earn_a_warning() -> None:
    assert warned_of(0) == warned_of(10) == []
    assert warned_of(11) == [
        "NoMasksWarning: 11 of the weights (1.1%) are exactly 0, but without masks they count as "
        "not pruned, and fine-tuning changes them. If the network is pruned already, hand its "
        "masks in: prune(..., masks=Pruned.load(path).masks), or "
        "masks=[W != 0 for W in net.weights]"
    ]


def test_only_units_that_lost_their_last_weight_in_this_round_are_named() -> None:
    before = [np.ones((2, 8), bool), np.ones((8, 3), bool), np.ones((3, 2), bool)]
    before[0][:, 7] = False  # lost earlier
    after = [mask.copy() for mask in before]
    after[0][:, 1:7] = False
    after[0][0, 0] = False
    after[1][:, 2] = False
    after[2][:] = False
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warn_if_emptied(before, after, 4)
    assert [(one.category, str(one.message)) for one in caught] == [
        (
            EmptiedWarning,
            "round 4: 6 of 8 units of layer 0 lost their last weight: 1, 2, 3, 4, 5, ...",
        ),
        (EmptiedWarning, "round 4: 1 of 3 units of layer 1 lost their last weight: 2"),
        (EmptiedWarning, "round 4: layer 2 has no weights left"),
    ]


def test_a_layer_that_loses_nothing_hides_no_later_one() -> None:
    before = [np.ones((2, 3), bool), np.ones((3, 2), bool)]
    after = [before[0], np.zeros((3, 2), bool)]
    with pytest.warns(EmptiedWarning, match="^round 1: layer 1 has no weights left$"):
        warn_if_emptied(before, after, 1)
