import numpy as np
import pytest

from minirelprune import MLP, Random, Training, prune
from minirelprune.experiments.trials.redraw import prune_redrawn

pytestmark = pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")


def redrawn(net: MLP, x: np.ndarray, y: np.ndarray, **changes: object) -> list:
    settings = {"target": 0.5, "per_round": 0.05, "arithmetic": "whole"}
    settings |= {"scope": "global", "granularity": "weight", **changes}
    return prune_redrawn(
        net,
        x,
        y,
        tuning=Training(epochs=0, learning_rate=1e-4),
        rng=np.random.default_rng(3),
        evaluation=(x, y),
        progress=False,
        **settings,
    )


@pytest.fixture
def problem() -> tuple[MLP, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    return MLP((20, 300, 10), rng=rng), rng.random((5, 20)), rng.integers(0, 10, 5)


@pytest.mark.parametrize(("arithmetic", "rounds"), [("whole", 10), ("float", 11)])
def test_redrawing_over_all_weights_overshoots_as_r11_says(
    arithmetic: str, rounds: int, problem: tuple
) -> None:
    """Each round keeps a weight with its own chance, so the chances to survive multiply."""
    result = redrawn(*problem, arithmetic=arithmetic)
    shares = [min(0.05 * k, 0.5) for k in range(1, rounds + 1)]
    n = problem[0].n_weights
    kept = float(np.prod([1 - share for share in shares]))
    assert len(result) == rounds + 1
    assert result[-1].sparsity == pytest.approx(1 - kept, abs=4 * (kept * (1 - kept) / n) ** 0.5)
    sparsity = [one.sparsity for one in result]
    assert sparsity == sorted(sparsity)


def test_the_first_round_is_that_of_random_pruning(problem: tuple) -> None:
    """Nothing is pruned yet: all weights are survivors, and both draw the same ones."""
    net, x, y = problem
    first = redrawn(net, x, y, target=0.25, per_round=0.25)[1]
    usual = prune(
        net,
        x,
        y,
        criterion=Random(),
        target=0.25,
        per_round=0.25,
        tuning=Training(epochs=0, learning_rate=1e-4),
        rng=np.random.default_rng(3),
        progress=False,
    ).rounds[1]
    assert (first.pruned, first.layer_sparsity) == (usual.pruned, usual.layer_sparsity)
    assert first.accuracy_tuned == usual.accuracy_tuned


def test_the_network_handed_in_is_not_changed(problem: tuple) -> None:
    net = problem[0]
    before = net.copy()
    redrawn(*problem)
    for kept, old in zip(net.parameters, before.parameters, strict=True):
        assert kept.tobytes() == old.tobytes()


@pytest.mark.parametrize("granularity", ["column", "unit"])
def test_whole_groups_are_redrawn_in_each_layer(granularity: str, problem: tuple) -> None:
    """A layer keeps .95 * .90 * ... * .50 of its groups, as nearly as whole ones allow."""
    result = redrawn(*problem, scope="layer", granularity=granularity)
    kept = float(np.prod([1 - 0.05 * k for k in range(1, 11)]))
    for n_groups, share in zip(
        (20, 300) if granularity == "column" else (300, 10), result[-1].layer_sparsity, strict=True
    ):
        assert share * n_groups == pytest.approx(round(share * n_groups))
        assert share == pytest.approx(1 - kept, abs=0.02 + 2 / n_groups)
