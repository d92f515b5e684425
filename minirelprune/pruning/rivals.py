"""Criteria of other papers, with which the paper does not compare: their published formulas."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from minirelprune.network.protocol import Network
from minirelprune.pruning.inputs import squares, summed
from minirelprune.pruning.scoring import CheckedCriterion
from minirelprune.support.arrays import Array


def ria_scores(norms: Array, W: Array) -> Array:
    """RIA: a weight's share of its input's and of its unit's weights, times the input's norm.

    Parameters
    ----------
    norms : (n_in,), the L2 norm of each input over the data, float64.
    W : (n_in, n_out), its weights.

    Returns
    -------
    (n_in, n_out), float64: (abs(w_ij) / sum over i + abs(w_ij) / sum over j) sqrt(norm of x_i).

    Source: Zhang et al. (2024), Plug-and-play: an efficient post-training pruning method for large
    language models, with a = 1/2.

    Norms of 1 and 4; the weight 3 is 3/5 of its unit's and all of its input's:

    >>> ria_scores(np.array([1.0, 4.0]), np.array([[2.0], [3.0]])).tolist()
    [[1.4], [3.2]]
    """
    size = np.abs(W).astype(np.float64)
    shares = _share(size, axis=0) + _share(size, axis=1)  # of the unit's, and of the input's
    scores: Array = shares * np.sqrt(norms)[:, None]
    return scores


@dataclass(frozen=True)
class Ria(CheckedCriterion):
    """Relative importance and activations, `ria_scores` (Zhang et al., 2024).

    >>> from minirelprune import MLP
    >>> rng, x, masks = np.random.default_rng(0), np.array([[1.0, 4.0]]), [np.ones((2, 1), bool)]
    >>> net = MLP((2, 1), rng=rng)
    >>> net.weights[0][:] = [[2.0], [3.0]]
    >>> Ria().scores(net, x, rng=rng, masks=masks)[0].tolist()
    [[1.4], [3.2]]
    """

    def _scores(self, net: Network, x: Array, rng: np.random.Generator) -> list[Array]:
        norms = map(np.sqrt, summed(net, x, partial(squares, dtype=np.float64)))
        return [ria_scores(norm, W) for norm, W in zip(norms, net.weights, strict=True)]


@dataclass(frozen=True)
class NNRelief(CheckedCriterion):
    """The mean of abs(x_i w_ij), as a share of that of the whole unit with its bias.

    It is the nearest relative of Eq. (1): a ratio of means, where Eq. (1) has a mean of ratios.

    Source: Dekhovich et al. (2021), Neural network relief, arXiv 2109.10795, Eq. (1) and (2).

    >>> from minirelprune import MLP
    >>> rng, x, masks = np.random.default_rng(0), np.array([[1.0, 3.0]]), [np.ones((2, 1), bool)]
    >>> net = MLP((2, 1), rng=rng)
    >>> net.weights[0][:], net.biases[0][:] = 1, -1
    >>> NNRelief().scores(net, x, rng=rng, masks=masks)[0].tolist()  # 1/5 and 3/5; the bias has 1/5
    [[0.2], [0.6]]
    """

    def _scores(self, net: Network, x: Array, rng: np.random.Generator) -> list[Array]:
        scores = []
        for size, W, b in zip(summed(net, x, _sizes), net.weights, net.biases, strict=True):
            part = (size[:-1] / size[-1])[:, None] * np.abs(W)  # (n_in, n_out)
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

    >>> from minirelprune import MLP
    >>> rng, x = np.random.default_rng(0), np.ones((1, 1))
    >>> net = MLP.from_arrays([[[3.0, 1.0]], [[2.0], [6.0]]], [[0.0, 0.0], [0.0]])
    >>> masks = [W != 0 for W in net.weights]
    >>> [one.ravel().tolist() for one in SynFlow().scores(net, x, rng=rng, masks=masks)]
    [[0.5, 0.5], [0.5, 0.5]]
    """

    def _scores(self, net: Network, x: Array, rng: np.random.Generator) -> list[Array]:
        linear = net._linear()
        linear.weights = [np.abs(W).astype(np.float64) for W in net.weights]
        linear.biases = [np.zeros(len(b)) for b in net.biases]
        layers = list(linear._forward(np.ones((1, net.n_inputs))))
        slopes = linear._backward(layers, np.ones_like(layers[-1].z), 0.0)[::2]  # dR/dW
        return [_share(W * dW) for W, dW in zip(linear.weights, slopes, strict=True)]


def _sizes(x: Array) -> Array:
    """The sum of the size of each input, and the number of rows after them: (n_in + 1,)."""
    return np.append(np.abs(x).sum(axis=0, dtype=np.float64), len(x))


def _share(values: Array, axis: int | None = None) -> Array:
    """Each value's share of the sum of all, or along an axis; 0 where the sum is."""
    total = values.sum(axis=axis, keepdims=True)
    shares: Array = values / np.where(total > 0, total, 1)
    return shares
