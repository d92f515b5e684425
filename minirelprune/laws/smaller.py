"""Laws of LAMP's shares, and of what keeps a pruned network in less space."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from minirelprune.laws.criteria import scores
from minirelprune.laws.inputs import close, names, seeds
from minirelprune.laws.law import law
from minirelprune.laws.network import problem
from minirelprune.support.arrays import Array, Mask

SIZES = (4, 5, 3, 2)


@law("MLP", "Lamp", seed=seeds, name=names)
def lamp_is_a_share_of_what_is_at_least_as_large(impl: Any, seed: int, name: str) -> None:
    """LAMP scores w^2 over the sum of the squares of its layer that are at least as large."""
    net, x, _ = problem(impl, seed, SIZES, name)
    for score, W in zip(scores(impl.Lamp(), net, x), net.weights, strict=True):
        squares = np.square(W)
        for ij in np.ndindex(W.shape):
            close(score[ij], squares[ij] / squares[squares >= squares[ij]].sum())


@law("MLP", "export_sparse", seed=seeds, name=names, kept=st.floats(0, 1))
def a_sparse_network_computes_the_same(impl: Any, seed: int, name: str, kept: float) -> None:
    """The logits of `export_sparse` are those of the network with its pruned weights at 0."""
    net, masks, x = _pruned(impl, seed, name, kept)
    close(impl.export_sparse(net, masks).logits(x), _logits(net, masks, x))


@law("MLP", "compact", seed=seeds, name=names, kept=st.floats(0, 1))
def a_compact_network_computes_the_same(impl: Any, seed: int, name: str, kept: float) -> None:
    """The logits of `compact` are those of the network with its pruned weights at 0."""
    net, masks, x = _pruned(impl, seed, name, kept)
    smaller = impl.compact(net, masks)
    assert sum(smaller.layer_sizes) <= sum(net.layer_sizes)
    close(smaller.forward(x)[-1][1], _logits(net, masks, x))


def _pruned(impl: Any, seed: int, name: str, kept: float) -> tuple[Any, list[Mask], Array]:
    """A network with masks that keep this share of its weights, and inputs."""
    net, x, _ = problem(impl, seed, SIZES, name)
    rng = np.random.default_rng(seed)
    return net, [rng.random(W.shape) < kept for W in net.weights], x


def _logits(net: Any, masks: list[Mask], x: Array) -> Array:
    whole = net.copy()
    for W, mask in zip(whole.weights, masks, strict=True):
        W[~mask] = 0
    logits: Array = whole.forward(x)[-1][1]
    return logits
