"""Criteria of other papers, with which the paper does not compare: their published formulas."""

from dataclasses import dataclass

import numpy as np

from minirelprune.network.mlp import MLP
from minirelprune.pruning.criteria import layers_of
from minirelprune.pruning.scoring import CheckedCriterion
from minirelprune.support.arrays import Array


def ria_scores(x: Array, W: Array) -> Array:
    """RIA: a weight's share of its input's and of its unit's weights, times the input's norm.

    Parameters
    ----------
    x : (N, n_in), the layer's input.
    W : (n_in, n_out), its weights.

    Returns
    -------
    (n_in, n_out), float64: (abs(w_ij) / sum over i + abs(w_ij) / sum over j) sqrt(norm of x_i).

    Source: Zhang et al. (2024), Plug-and-play: an efficient post-training pruning method for large
    language models, with a = 1/2.

    Norms of 1 and 4; the weight 3 is 3/5 of its unit's and all of its input's:

    >>> ria_scores(np.array([[1.0, 4.0]]), np.array([[2.0], [3.0]])).tolist()
    [[1.4], [3.2]]
    """
    size = np.abs(W).astype(np.float64)
    shares = _share(size, axis=0) + _share(size, axis=1)  # of the unit's, and of the input's
    norms = np.sqrt(np.einsum("ni,ni->i", x, x, dtype=np.float64))  # (n_in,)
    scores: Array = shares * np.sqrt(norms)[:, None]
    return scores


@dataclass(frozen=True)
class Ria(CheckedCriterion):
    """Relative importance and activations, `ria_scores` (Zhang et al., 2024).

    >>> rng, x, masks = np.random.default_rng(0), np.array([[1.0, 4.0]]), [np.ones((2, 1), bool)]
    >>> net = MLP((2, 1), rng=rng)
    >>> net.weights[0][:] = [[2.0], [3.0]]
    >>> Ria().scores(net, x, rng=rng, masks=masks)[0].tolist()
    [[1.4], [3.2]]
    """

    def _scores(self, net: MLP, x: Array, rng: np.random.Generator) -> list[Array]:
        return [ria_scores(a, W) for a, W in layers_of(net, x)]


@dataclass(frozen=True)
class NNRelief(CheckedCriterion):
    """The mean of abs(x_i w_ij), as a share of that of the whole unit with its bias.

    It is the nearest relative of Eq. (1): a ratio of means, where Eq. (1) has a mean of ratios.

    Source: Dekhovich et al. (2021), Neural network relief, arXiv 2109.10795, Eq. (1) and (2).

    >>> rng, x, masks = np.random.default_rng(0), np.array([[1.0, 3.0]]), [np.ones((2, 1), bool)]
    >>> net = MLP((2, 1), rng=rng)
    >>> net.weights[0][:], net.biases[0][:] = 1, -1
    >>> NNRelief().scores(net, x, rng=rng, masks=masks)[0].tolist()  # 1/5 and 3/5; the bias has 1/5
    [[0.2], [0.6]]
    """

    def _scores(self, net: MLP, x: Array, rng: np.random.Generator) -> list[Array]:
        scores = []
        for (a, W), b in zip(layers_of(net, x), net.biases, strict=True):
            part = np.abs(a).mean(axis=0, dtype=np.float64)[:, None] * np.abs(W)  # (n_in, n_out)
            whole = part.sum(axis=0) + np.abs(b)
            scores.append(part / np.where(whole > 0, whole, 1))
        return scores


@dataclass(frozen=True)
class SynFlow(CheckedCriterion):
    """How much flows through a weight from all inputs to all outputs, by absolute values.

    It looks at no data: each input counts as 1. What flows through a layer is the same for all
    layers, so that scores are given as shares of it.

    Source: Tanaka et al. (2020), arXiv 2006.05467, section 4.

    3 * 2 of 3 * 2 + 1 * 6 flow through the first unit, and the other half through the second:

    >>> rng, x = np.random.default_rng(0), np.ones((1, 1))
    >>> net = MLP.from_arrays([[[3.0, 1.0]], [[2.0], [6.0]]], [[0.0, 0.0], [0.0]])
    >>> masks = [W != 0 for W in net.weights]
    >>> [one.ravel().tolist() for one in SynFlow().scores(net, x, rng=rng, masks=masks)]
    [[0.5, 0.5], [0.5, 0.5]]
    """

    def _scores(self, net: MLP, x: Array, rng: np.random.Generator) -> list[Array]:
        sizes = [np.abs(W).astype(np.float64) for W in net.weights]
        # Shares in place of sums keep products of many layers within range.
        into: list[Array] = [np.ones(len(sizes[0]))]
        out_of: list[Array] = [np.ones(sizes[-1].shape[1])]
        for size in sizes[:-1]:
            into.append(_share(into[-1] @ size))
        for size in sizes[:0:-1]:
            out_of.append(_share(size @ out_of[-1]))
        layers = zip(into, sizes, reversed(out_of), strict=True)
        return [_share(before[:, None] * size * after) for before, size, after in layers]


def _share(values: Array, axis: int | None = None) -> Array:
    """Each value's share of the sum of all, or along an axis; 0 where the sum is."""
    total = values.sum(axis=axis, keepdims=True)
    shares: Array = values / np.where(total > 0, total, 1)
    return shares
