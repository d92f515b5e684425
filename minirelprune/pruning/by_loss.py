"""Criteria of other papers that score a weight by what its loss does to the training loss.

Each looks at one more derivative of the loss L than magnitude does: SNIP at the first, OBD at the
second, and GraSP at how the first changes. Pruned weights are 0, and score 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minirelprune.network.losses import cross_entropy, logit_curvature
from minirelprune.network.protocol import Network
from minirelprune.pruning.scoring import LossCriterion
from minirelprune.support.arrays import Array, Labels

STEP = 1e-4  # of the length of w: rounding of float64 and the third derivative both are small then


@dataclass(frozen=True)
class Snip(LossCriterion):
    """abs(w dL/dw): how much the loss changes without w, to first order.

    Source: Lee et al. (2019), SNIP, arXiv 1810.02340, Eq. (6), without its division by the sum of
    all, which changes no ranking.

    One example, whose logits are equal, so that dL/dz is (-1/2, 1/2):

    >>> from minirelprune import MLP
    >>> rng, x, masks = np.random.default_rng(0), np.array([[1.0, 2.0]]), [np.ones((2, 2), bool)]
    >>> net = MLP.from_arrays([[[2.0, 2.0], [3.0, 3.0]]], [[0.0, 0.0]])
    >>> Snip().scores(net, x, y=[0], rng=rng, masks=masks)[0].tolist()
    [[1.0, 1.0], [3.0, 3.0]]
    """

    def _scores(self, net: Network, x: Array, y: Labels) -> list[Array]:
        slopes = _slopes(net, net.weights, x, y)
        return [np.abs(W * dW) for W, dW in zip(net.weights, slopes, strict=True)]


@dataclass(frozen=True)
class Grasp(LossCriterion):
    """w (H g): the weights go first without which the gradient g = dL/dw grows most.

    H g, the second derivatives times g, is the change of the gradient along g, by a central
    difference in float64. Scores may be negative.

    Source: Wang et al. (2020), GraSP, arXiv 2002.07376, Eq. (8) with the sign turned, because there
    the largest go.

    >>> from minirelprune import MLP
    >>> rng, x, masks = np.random.default_rng(0), np.array([[1.0]]), [np.ones((1, 2), bool)]
    >>> net = MLP.from_arrays([[[1.0, 1.0]]], [[0.0, 0.0]])
    >>> Grasp().scores(net, x, y=[0], rng=rng, masks=masks)[0].round(6).tolist()  # H g = g / 2
    [[-0.25, 0.25]]
    """

    def _scores(self, net: Network, x: Array, y: Labels) -> list[Array]:
        weights = [W.astype(np.float64) for W in net.weights]
        x = np.ascontiguousarray(x, np.float64)  # a difference shows the order of sums
        g = _slopes(net, weights, x, y)
        step = STEP * _length(weights) / (_length(g) or 1.0)
        ahead, behind = (
            _slopes(net, [W + sign * step * dW for W, dW in zip(weights, g, strict=True)], x, y)
            for sign in (1, -1)
        )
        layers = zip(weights, ahead, behind, strict=True)
        return [W * (there - here) / (2 * step or 1.0) for W, there, here in layers]


@dataclass(frozen=True)
class Obd(LossCriterion):
    """Optimal brain damage: w^2 / 2 times the second derivative of the loss by w.

    The second derivatives are passed back layer by layer, each unit's by itself, and without the
    terms of f'': as in the paper, Eq. (11), by the Levenberg-Marquardt approximation, which keeps
    them from being negative. Those of the logits are p (1 - p), whatever the labels.

    Source: LeCun, Denker and Solla (1990), Optimal brain damage, Eq. (9) to (12).

    One example with x = (1, 2), and logits of p = (1/2, 1/2): d2L/dw2 is x^2 / 4.

    >>> from minirelprune import MLP
    >>> rng, x, masks = np.random.default_rng(0), np.array([[1.0, 2.0]]), [np.ones((2, 2), bool)]
    >>> net = MLP.from_arrays([[[2.0, 2.0], [3.0, 3.0]]], [[0.0, 0.0]])
    >>> Obd().scores(net, x, y=[0], rng=rng, masks=masks)[0].tolist()
    [[0.5, 0.5], [4.5, 4.5]]
    """

    def _scores(self, net: Network, x: Array, y: Labels) -> list[Array]:
        layers = list(net._forward(x))
        second = net._curvatures(layers, logit_curvature(layers[-1].z, y))
        return [np.square(W) / 2 * h for W, h in zip(net.weights, second, strict=True)]


def _slopes(net: Network, weights: Sequence[Array], x: Array, y: Labels) -> list[Array]:
    """dL/dW of each layer, of the network with these weights."""
    other = net.copy()
    other.weights = list(weights)
    layers = list(other._forward(x))
    _, delta = cross_entropy(layers[-1].z, y)
    return other._backward(layers, delta, 0.0)[::2]


def _length(arrays: Sequence[Array]) -> float:
    """The Euclidean length of all numbers together."""
    return float(np.sqrt(sum(float(np.vdot(a, a)) for a in arrays)))
