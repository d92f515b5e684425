"""Data that pass through a network in parts are the data that pass through it at once."""

from typing import Any

import numpy as np
import pytest

from minirelprune import MLP, ConvNet, NNRelief, RelativeContribution, Ria, Wanda, blind_share
from minirelprune.network import parts
from minirelprune.network.parts import examples_at_once, layers_in_parts

RNG = np.random.default_rng(0)
NETS: list[Any] = [
    MLP((16, 6, 3), "tanh", rng=RNG, dtype=np.float64),
    MLP((16, 6, 5, 3), "relu", rng=RNG, dtype=np.float64),
    ConvNet((4, 4, 1), (3,), (4, 3), "relu", kernel=1, rng=RNG, dtype=np.float64),
]
X = RNG.random((23, 16))


@pytest.mark.parametrize("net", NETS, ids=repr)
@pytest.mark.parametrize("budget", [1, 700, 1 << 27])
def test_the_parts_of_a_layer_are_the_layer(
    net: Any, budget: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "AT_ONCE", budget)
    some = examples_at_once(net, X)
    numbers = sum(a.size + z.size for a, z in net.layers(X[:some]))
    assert numbers <= budget or some == 1
    for whole, in_parts in zip(net.layers(X), layers_in_parts(net, X), strict=True):
        for _ in range(2):  # as often as it is called
            each = list(in_parts())
            assert len(each) == -(-len(X) // some) or some >= len(X)
            for k in range(2):
                joined = np.concatenate([part[k] for part in each])
                np.testing.assert_allclose(joined, whole[k], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("net", NETS, ids=repr)
@pytest.mark.parametrize(
    "criterion", [RelativeContribution(), Wanda(), Ria(), NNRelief()], ids=repr
)
def test_a_score_does_not_depend_on_how_much_fits_into_memory(
    net: Any, criterion: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    masks = [np.ones(W.shape, bool) for W in net.weights]
    expected = criterion.scores(net, X, rng=RNG, masks=masks)
    share = blind_share(net, X, 0.5)
    monkeypatch.setattr(parts, "AT_ONCE", 300)
    for found, whole in zip(criterion.scores(net, X, rng=RNG, masks=masks), expected, strict=True):
        np.testing.assert_allclose(found, whole, rtol=1e-9)
    assert blind_share(net, X, 0.5) == share
