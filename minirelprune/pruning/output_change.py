"""What is left of Eq. (1) if its ratio, or the mean over the examples, is taken another way.

Eq. (1) divides the change of an output by the output, which passes through 0: then one example
can decide the mean. Each statistic here changes one thing, to show what that costs or gains.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from minirelprune.contribution.definition import divisor
from minirelprune.network.activations import Activation
from minirelprune.network.protocol import Network
from minirelprune.pruning.scoring import CheckedCriterion
from minirelprune.support import checks
from minirelprune.support.arrays import Array
from minirelprune.support.threads import share

KEPT = 0.95  # of the examples, by the trimmed mean
BLOCK = 1 << 16  # numbers at once: they stay in a core's cache


def _of_ratio(statistic: Callable[[Array], Array]) -> Callable[[Array, Array, Array], Array]:
    """The statistic, over the examples, of Eq. (1)."""
    return lambda change, a, without: statistic(change / divisor(a, "zero"))


def _trimmed(c: Array) -> Array:
    kept = max(1, round(KEPT * c.shape[-1]))
    mean: Array = np.sort(c, axis=-1)[..., :kept].mean(axis=-1)
    return mean


def _rms(c: Array) -> Array:
    root: Array = np.sqrt(np.square(c).mean(axis=-1))
    return root


# Of abs(a - a_without) (k, N), a (N,) and a_without (k, N), to (k,): k weights of one unit.
STATISTICS: dict[str, Callable[[Array, Array, Array], Array]] = {
    "mean": _of_ratio(lambda c: c.mean(axis=-1)),  # E of Eq. (1)
    "rms": _of_ratio(_rms),
    "median": _of_ratio(lambda c: np.median(c, axis=-1)),
    "trimmed": _of_ratio(_trimmed),
    "bounded": lambda change, a, without: (
        change / divisor(np.maximum(np.abs(a), np.abs(without)), "zero")
    ).mean(axis=-1),
    "ratio_of_means": lambda change, a, without: (
        change.mean(axis=-1) / divisor(np.abs(a).mean(axis=-1), "zero")
    ),
    "change": lambda change, a, without: change.mean(axis=-1),
    "rms_change": lambda change, a, without: _rms(change),
}


def output_change(x: Array, W: Array, z: Array, activation: Activation, statistic: str) -> Array:
    """A statistic of how every weight of a layer changes the output of its unit.

    Parameters
    ----------
    x, z : (N, n_in) and (N, n_out), the layer's input and x @ W + b.
    W : (n_in, n_out).
    activation : f.
    statistic : a key of `STATISTICS`.

    Returns
    -------
    (n_in, n_out), float64.

    Two units whose outputs are 4 and 2; without their weight they are 2 and 4:

    >>> from minirelprune.network.activations import ACTIVATIONS
    >>> x, W, z = np.ones((1, 1)), np.array([[2.0, -2.0]]), np.array([[4.0, 2.0]])
    >>> [output_change(x, W, z, ACTIVATIONS["relu"], name).tolist() for name in ("mean", "bounded")]
    [[[0.5, 1.0]], [[0.5, 0.5]]]
    """
    by_input = np.ascontiguousarray(x.T, np.float64)  # (n_in, N)
    scores = np.empty(W.shape)
    rows = max(1, BLOCK // len(x))

    def work(units: range) -> None:
        for j in units:
            w, z_j = W[:, j : j + 1].astype(np.float64), z[:, j].astype(np.float64)
            a = activation.f(z_j)  # (N,)
            for start in range(0, len(w), rows):
                some = slice(start, start + rows)
                without = activation.f(z_j - by_input[some] * w[some])  # (k, N)
                scores[some, j] = STATISTICS[statistic](np.abs(a - without), a, without)

    share(work, W.shape[1])  # units are independent
    return scores


@dataclass(frozen=True)
class OutputChange(CheckedCriterion):
    """A statistic of a - a_without, the change of a unit's output without the weight.

    Parameters
    ----------
    statistic : what the examples are made into.
        "mean"            E of Eq. (1), the paper's.
        "rms"             its root mean square.
        "median"          its median, which one large ratio does not move.
        "trimmed"         its mean without the largest 5%.
        "bounded"         the mean of abs(a - a_without) / max(abs(a), abs(a_without)), at most 2.
        "ratio_of_means"  E abs(a - a_without) / E abs(a), one denominator per unit.
        "change"          E abs(a - a_without), the numerator of Eq. (1) alone.
        "rms_change"      sqrt(E (a - a_without)^2); for a linear unit it ranks as Wanda does.

    Raises
    ------
    ValueError : an unknown name.

    It takes seconds on 1,000 examples: `scoring_fraction` in `prune` is the way to score on fewer.

    >>> from minirelprune import MLP
    >>> rng, x, masks = np.random.default_rng(0), np.array([[3.0], [4.0]]), [np.ones((1, 1), bool)]
    >>> net = MLP.from_arrays([[[-2.0]]], [[0.0]])
    >>> OutputChange("change").scores(net, x, rng=rng, masks=masks)[0].tolist()  # 6 and 8
    [[7.0]]
    """

    statistic: str = "change"

    def __post_init__(self) -> None:
        checks.one_of("statistic", self.statistic, STATISTICS)

    def _scores(self, net: Network, x: Array, rng: np.random.Generator) -> list[Array]:
        return [
            output_change(a, W, z, f, self.statistic)
            for (a, z), W, f in zip(net.layers(x), net.weights, net.activations, strict=True)
        ]
