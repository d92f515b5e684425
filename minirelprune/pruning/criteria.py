"""What makes a weight worth keeping. A criterion only scores; `masks.prune_masks` only counts.

The baselines of section 4 (random, magnitude, Wanda), the paper's criterion, Eq. (2), and the one
that section 3 proposes, mutual information.
"""

from dataclasses import dataclass

import numpy as np

from minirelprune.contribution.definition import SILENT
from minirelprune.contribution.importance import importance
from minirelprune.contribution.moments import moments_in_parts
from minirelprune.network.parts import layers_in_parts
from minirelprune.network.protocol import Network
from minirelprune.pruning.inputs import squares, summed
from minirelprune.pruning.scoring import CheckedCriterion
from minirelprune.support import checks
from minirelprune.support.arrays import Array
from minirelprune.theory.weight_information import READINGS, weight_information


@dataclass(frozen=True)
class Random(CheckedCriterion):
    """Uniform scores in [0, 1), drawn anew each round.

    >>> from minirelprune import MLP
    >>> net, x = MLP((3, 2), rng=np.random.default_rng(0)), np.ones((5, 3))
    >>> masks = [np.ones((3, 2), bool)]
    >>> [drawn] = Random().scores(net, x, rng=np.random.default_rng(1), masks=masks)
    >>> drawn.shape, bool((drawn >= 0).all() and (drawn < 1).all())
    ((3, 2), True)
    """

    def _scores(self, net: Network, x: Array, rng: np.random.Generator) -> list[Array]:
        return [rng.random(W.shape) for W in net.weights]


@dataclass(frozen=True)
class Magnitude(CheckedCriterion):
    """abs(w) (Han et al., 2015).

    >>> from minirelprune import MLP
    >>> rng, x, masks = np.random.default_rng(0), np.ones((5, 2)), [np.ones((2, 1), bool)]
    >>> net = MLP((2, 1), rng=rng)
    >>> net.weights[0][:] = [[-3.0], [2.0]]
    >>> Magnitude().scores(net, x, rng=rng, masks=masks)[0].tolist()
    [[3.0], [2.0]]
    """

    def _scores(self, net: Network, x: Array, rng: np.random.Generator) -> list[Array]:
        return [np.abs(W) for W in net.weights]


def wanda_scores(norms: Array, W: Array) -> Array:
    """Wanda's score of every weight of one layer: abs(w_ij) times the L2 norm of x_i (R10).

    Parameters
    ----------
    norms : (n_in,), the L2 norm of each input over the data.
    W : (n_in, n_out), its weights.

    Returns
    -------
    (n_in, n_out), the dtype of norms and W.

    Source: Sun et al. (2024), a simple and effective pruning approach for large language models.

    >>> wanda_scores(np.sqrt(squares(np.array([[3.0], [4.0]]))), np.array([[-2.0]]))
    array([[10.]])
    """
    scores: Array = np.abs(W) * norms[:, None]
    return scores


@dataclass(frozen=True)
class Wanda(CheckedCriterion):
    """abs(w) times the L2 norm of the weight's input over the data (Sun et al., 2024).

    Wanda compares the weights of one unit with each other: that is `scope="unit"` in `prune`. By
    default they are ranked in the same scope as every other criterion's (R10).

    Two examples, 3 and 4, have the norm 5:

    >>> from minirelprune import MLP
    >>> rng, x, masks = np.random.default_rng(0), np.array([[3.0], [4.0]]), [np.ones((1, 1), bool)]
    >>> net = MLP((1, 1), rng=rng)
    >>> net.weights[0][:] = -2
    >>> Wanda().scores(net, x, rng=rng, masks=masks)[0].tolist()
    [[10.0]]
    """

    def _scores(self, net: Network, x: Array, rng: np.random.Generator) -> list[Array]:
        norms = map(np.sqrt, summed(net, x, squares))
        return [wanda_scores(norm, W) for norm, W in zip(norms, net.weights, strict=True)]


@dataclass(frozen=True)
class RelativeContribution(CheckedCriterion):
    """The paper's criterion: Eq. (2) on the moments of Eq. (1).

    Parameters
    ----------
    alpha, beta, epsilon : of Eq. (2); the paper's best is alpha = 1, beta = 1e-7 (Table 1).
    layer_factor : s of Eq. (2), R5. "deep" is 2**l with l = 0 at the input, as printed;
        "shallow" reverses it; None is "w/o s".
    silent : "zero", "skip" or "epsilon", what Eq. (1) is where a = 0 (R2).

    Raises
    ------
    ValueError : an alpha or beta below 0, an epsilon of 0 or below, or an unknown name.

    The weights contribute 1/4 and 3/4 of z = 1 + 3, to every example:

    >>> from minirelprune import MLP
    >>> rng, x, masks = np.random.default_rng(0), np.array([[1.0, 3.0]]), [np.ones((2, 1), bool)]
    >>> net = MLP((2, 1), rng=rng)
    >>> net.weights[0][:], net.biases[0][:] = 1, 0
    >>> RelativeContribution(beta=0.0).scores(net, x, rng=rng, masks=masks)[0].tolist()
    [[0.25], [0.75]]
    """

    alpha: float = 1.0
    beta: float = 1e-7
    epsilon: float = 1e-5
    layer_factor: str | None = "deep"
    silent: str = "zero"

    def __post_init__(self) -> None:
        checks.one_of("layer_factor", self.layer_factor, ("deep", "shallow", None))
        checks.one_of("silent", self.silent, SILENT)
        checks.at_least("alpha", self.alpha, 0)
        checks.at_least("beta", self.beta, 0)
        checks.positive("epsilon", self.epsilon)

    def _scores(self, net: Network, x: Array, rng: np.random.Generator) -> list[Array]:
        depth = len(net.weights)
        factors = {
            "deep": [2.0**l for l in range(depth)],
            "shallow": [2.0 ** (depth - 1 - l) for l in range(depth)],
            None: [1.0] * depth,
        }[self.layer_factor]
        scores = []
        for l, parts in enumerate(layers_in_parts(net, x)):
            W, b, f = net.weights[l], net.biases[l], net.activations[l]
            mean, std = moments_in_parts(parts, W, b, f, self.silent)
            scores.append(
                importance(
                    mean,
                    std,
                    alpha=self.alpha,
                    beta=self.beta,
                    epsilon=self.epsilon,
                    layer_factor=factors[l],
                )
            )
        return scores


@dataclass(frozen=True)
class MutualInformation(CheckedCriterion):
    """I(a; w) of section 3, the mutual information of a weight and its unit's output, in nats.

    All 386,120 weights of a 784-392-196-10 network take 1 to 4 s on 1,200 examples, and one core
    1 to 2 minutes on 60,000: `scoring_fraction` in `prune` is the way to score on fewer.

    Parameters
    ----------
    reading : "mask", "mask_given_input", "contribution" or "literal" (R13). The last is 0 for all
        weights and ranks nothing.
    bins : how many equal-mass bins, >= 1; the readings without bins ignore it.

    Raises
    ------
    ValueError : an unknown reading, or bins that is no whole number >= 1.

    The first input is always 0, so that its weight cannot be told from a weight of 0:

    >>> from minirelprune import MLP
    >>> rng, x = np.random.default_rng(0), np.array([[0.0, 1.0], [0.0, 2.0]])
    >>> net, masks = MLP((2, 1), rng=rng), [np.ones((2, 1), bool)]
    >>> MutualInformation("mask_given_input").scores(net, x, rng=rng, masks=masks)[0].round(3)
    array([[0.   ],
           [0.693]])
    """

    reading: str = "mask"
    bins: int = 20

    def __post_init__(self) -> None:
        checks.one_of("reading", self.reading, READINGS)
        checks.whole("bins", self.bins, minimum=1)
        object.__setattr__(self, "bins", int(self.bins))  # np.uint8(255) + 1 is 0

    def _scores(self, net: Network, x: Array, rng: np.random.Generator) -> list[Array]:
        layers = zip(net.inputs(x), net.weights, net.biases, net.activations, strict=True)
        return [
            weight_information(a, W, b, f, bins=self.bins, reading=self.reading)
            for a, W, b, f in layers
        ]
