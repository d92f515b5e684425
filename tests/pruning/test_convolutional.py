"""Every criterion prunes a convolutional network by Algorithm 1, as it prunes an MLP."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minirelprune import ConvNet, Pruned, SynFlow, Training, prune
from minirelprune.pruning.catalogue import CRITERIA

RNG = np.random.default_rng(0)
NET = ConvNet((10, 14, 1), (3, 4), (5, 3), kernel=3, rng=RNG, dtype=np.float64)
X, Y = RNG.normal(size=(30, 140)), RNG.integers(0, 3, 30)
SETTINGS: dict[str, Any] = {"target": 0.5, "per_round": 0.25, "progress": False}


@pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")
@pytest.mark.parametrize("name", CRITERIA)
def test_every_criterion_reaches_the_target(name: str, tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    result = prune(NET, X, Y, criterion=CRITERIA[name](), rng=rng, **SETTINGS)
    gone = sum(int((~mask).sum()) for mask in result.masks)
    assert gone == round(0.5 * NET.n_weights)
    for W, mask in zip(result.net.weights, result.masks, strict=True):
        assert (W[~mask] == 0).all()
    result.save(tmp_path / "pruned.npz")
    again = Pruned.load(tmp_path / "pruned.npz")
    assert repr(again) == repr(result)
    assert (again.net.predict(X) == result.net.predict(X)).all()


def test_a_run_goes_on_from_its_file(tmp_path: Path) -> None:
    def stop(so_far: Pruned) -> None:
        so_far.save(tmp_path / "stopped.npz")
        if len(so_far.rounds) == 2:
            raise KeyboardInterrupt

    how: dict[str, Any] = {"criterion": SynFlow(), "tuning": Training(1, 1e-3), **SETTINGS}
    whole = prune(NET, X, Y, rng=np.random.default_rng(2), **how)
    prune(NET, X, Y, rng=np.random.default_rng(2), on_round=stop, **how)
    rest = prune(Pruned.load(tmp_path / "stopped.npz"), X, Y, rng=None, **how)
    for one, other in zip(rest.net.parameters, whole.net.parameters, strict=True):
        np.testing.assert_array_equal(one, other)


def test_synflow_is_the_flow_through_every_path() -> None:
    """All of it passes each layer, and a weight's share is what the flow loses without it."""
    [*scores] = SynFlow().scores(NET, X, rng=RNG, masks=[np.ones(s, bool) for s in NET.shapes])

    def flow(weights: list[Any]) -> float:
        linear = NET._linear()
        linear.weights, linear.biases = weights, [np.zeros(len(b)) for b in NET.biases]
        return float([*linear.layers(np.ones((1, 140)))][-1].z.sum())

    sizes = [np.abs(W) for W in NET.weights]
    for l, i, j in ((0, 4, 1), (1, 20, 3), (2, 7, 2), (3, 1, 0)):
        without = [W.copy() for W in sizes]
        without[l][i, j] = 0
        assert scores[l][i, j] == pytest.approx(1 - flow(without) / flow(sizes))
    assert [one.sum() for one in scores] == pytest.approx([1] * 4)
