import numpy as np
import pytest

from minirelprune import MLP, Magnitude, Pruned, Random, Training, prune
from minirelprune.experiments.trials.at_once import prune_at_once
from minirelprune.pruning.scoring import Criterion

pytestmark = pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")
Problem = tuple[MLP, np.ndarray, np.ndarray]
TUNING = Training(epochs=1, learning_rate=1e-2, batch_size=8)


def settings(problem: Problem, **changes: object) -> dict:
    _, x, y = problem
    return {
        "criterion": Magnitude(),
        "target": 0.4,
        "per_round": 0.1,
        "scoring_fraction": 1.0,
        "scope": "global",
        "granularity": "weight",
        "arithmetic": "whole",
        "tuning": TUNING,
        "rng": np.random.default_rng(3),
        "evaluation": (x, y),
        "progress": False,
        **changes,
    }


def at_once(problem: Problem, **changes: object) -> Pruned:
    return prune_at_once(*problem, **settings(problem, **changes))


@pytest.fixture
def problem() -> Problem:
    """The last 12 of 20 inputs are always 0, and their 96 of 160 + 80 weights the smallest."""
    rng = np.random.default_rng(0)
    net, x = MLP((20, 8, 10), rng=rng), rng.random((100, 20))
    x[:, 8:] = 0
    net.weights[0][8:] *= 1e-6
    return net, x, rng.integers(0, 10, 100)


def test_it_has_the_rounds_of_alg_1_and_prunes_in_the_first_of_them(problem: Problem) -> None:
    result = at_once(problem, per_round=0.15)
    assert [one.pruned for one in result.rounds] == [0, 96, 96, 96]
    assert sum(int((~mask).sum()) for mask in result.masks) == 96
    for W, mask in zip(result.net.weights, result.masks, strict=True):
        assert not W[~mask].any()


@pytest.mark.parametrize("criterion", [Magnitude(), Random()])
def test_its_first_round_is_alg_1_with_a_single_round(
    problem: Problem, criterion: Criterion
) -> None:
    changes = {"criterion": criterion, "scoring_fraction": 0.5}
    first = at_once(problem, **changes).rounds[1]
    [_, single] = prune(*problem, **settings(problem, **changes, per_round=0.4)).rounds
    assert first.layer_sparsity == single.layer_sparsity
    assert (first.accuracy_pruned, first.accuracy_tuned) == (
        single.accuracy_pruned,
        single.accuracy_tuned,
    )


def test_weights_that_do_nothing_may_go_at_once_or_in_steps(problem: Problem) -> None:
    """Nothing else differs, then, if the minibatches of all rounds are those of Alg. 1."""
    steps = prune(*problem, **settings(problem))
    whole = at_once(problem)
    assert [one.accuracy_tuned for one in whole.rounds] == [
        one.accuracy_tuned for one in steps.rounds
    ]
    assert len({one.accuracy_tuned for one in whole.rounds}) > 2  # it does train
    for one, other in zip(whole.net.parameters, steps.net.parameters, strict=True):
        assert one.tobytes() == other.tobytes()


def test_other_minibatches_would_be_seen(problem: Problem) -> None:
    one, other = (at_once(problem, rng=np.random.default_rng(seed)) for seed in (3, 4))
    assert one.net.weights[0].tobytes() != other.net.weights[0].tobytes()


def test_the_network_handed_in_is_not_changed(problem: Problem) -> None:
    before = problem[0].copy()
    at_once(problem)
    for kept, old in zip(problem[0].parameters, before.parameters, strict=True):
        assert kept.tobytes() == old.tobytes()
