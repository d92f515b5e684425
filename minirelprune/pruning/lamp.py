"""LAMP: the scores of a criterion as shares, so that layers can be compared."""

from dataclasses import dataclass

import numpy as np

from minirelprune.network.protocol import Network
from minirelprune.pruning.criteria import Magnitude, Wanda
from minirelprune.pruning.output_change import OutputChange
from minirelprune.pruning.rivals import Ria
from minirelprune.pruning.scoring import CheckedCriterion
from minirelprune.support import checks
from minirelprune.support.arrays import Array

LAMP_OF: dict[str, CheckedCriterion] = {
    "magnitude": Magnitude(),
    "wanda": Wanda(),
    "ria": Ria(),
    "change": OutputChange("rms_change"),
}


def lamp_scores(scores: Array) -> Array:
    """LAMP's normalisation: the share of a squared score in all that are at least as large.

    Parameters
    ----------
    scores : (n_in, n_out), not negative, of one layer; pruned weights have 0. Of equal scores the
        later one counts as larger.

    Returns
    -------
    (n_in, n_out), float64, in [0, 1]: the largest score of a layer is 1, so that the last weight
    of no layer goes before the others.

    Source: Lee et al. (2021), arXiv 2010.07611, section 3; there the scores are abs(w).

    >>> lamp_scores(np.array([[1.0, 2.0], [0.0, 3.0]])).round(3).tolist()  # 1/14, 4/13, 0, 9/9
    [[0.071, 0.308], [0.0, 1.0]]
    """
    flat = scores.astype(np.float64).ravel()
    squares = (flat / (flat.max() or 1.0)) ** 2  # which cannot overflow
    order = np.argsort(flat, kind="stable")
    left = np.cumsum(squares[order][::-1])[::-1]  # the sum of this one and all larger ones
    shares = np.empty_like(squares)
    shares[order] = squares[order] / np.where(left > 0, left, 1)
    return shares.reshape(scores.shape)


@dataclass(frozen=True)
class Lamp(CheckedCriterion):
    """LAMP: another criterion's scores, made comparable across layers (Lee et al., 2021).

    Parameters
    ----------
    of : whose scores.
        "magnitude"  LAMP as published.
        "wanda", "ria"
        "change"     a weight's share of what is left of the change of its layer's outputs: the
                     score is the root mean square of a - a_without. It is Eq. (1) with one
                     denominator for the layer in place of one for each example and unit.

    Raises
    ------
    ValueError : an unknown name.

    >>> from minirelprune import MLP
    >>> rng, x, masks = np.random.default_rng(0), np.ones((5, 2)), [np.ones((2, 1), bool)]
    >>> net = MLP((2, 1), rng=rng)
    >>> net.weights[0][:] = [[-3.0], [1.0]]
    >>> Lamp().scores(net, x, rng=rng, masks=masks)[0].round(3).tolist()
    [[1.0], [0.1]]
    """

    of: str = "magnitude"

    def __post_init__(self) -> None:
        checks.one_of("of", self.of, LAMP_OF)

    def _scores(self, net: Network, x: Array, rng: np.random.Generator) -> list[Array]:
        return [lamp_scores(scores) for scores in LAMP_OF[self.of]._scores(net, x, rng)]
