"""Sigma of Eq. (1) where sums cannot tell it: two passes, the second around the mean.

Sums give the variance as E(c^2) - E(c)^2. Where sigma is small beside the mean, that difference has
lost its digits: a contribution that is the same on every example must have sigma 0. Such weights
are rare in a trained network, and they are summed again here.
"""

from collections.abc import Iterator

import numpy as np

from minirelprune.contribution.exact import exact_contributions, speaks
from minirelprune.network.activations import Activation
from minirelprune.support.arrays import Array, Mask

DOUBTFUL = 2.5e-3  # of E(c^2): a variance below this share is computed again; sigma below 0.05 rms
FAINT = {"float32": 1e-14, "float64": 0.0}  # the square of a mean below this leaves the dtype

Examples = Iterator[tuple[Array, Array]]  # x (n, n_in) and z (n, n_out), some at a time


def doubtful(mean: Array, second: Array, W: Array) -> Mask:
    """For which weights E(c^2) - E(c)^2 says little: (n_in, n_out)."""
    steady = second - np.square(mean) < DOUBTFUL * second
    lost: Mask = (mean > 0) & (steady | (mean < FAINT[W.dtype.name]))
    return lost


def two_passes(
    examples: list[Examples],
    counted: Array,
    weights: Mask,
    W: Array,
    activation: Activation,
    silent: str,
) -> tuple[Array, Array]:
    """Mean and sigma of some weights, by the definition of each.

    Parameters
    ----------
    examples : the data twice, once for each pass.
    counted : (n_out,), on how many examples each unit counts.
    weights : (n_in, n_out), which ones.
    W, activation, silent : of the layer.

    Returns
    -------
    mean, std : (n_in, n_out), float64, 0 for all other weights.
    """
    mean, variance = np.zeros(W.shape), np.zeros(W.shape)
    for of_data, total, centre in zip(examples, (mean, variance), (None, mean), strict=True):
        for x, z in of_data:
            counts = speaks(z, activation) if silent == "skip" else np.ones(z.shape)
            for i in np.flatnonzero(weights.any(axis=1)):
                j = np.flatnonzero(weights[i])
                c = exact_contributions(x[:, i : i + 1], W[i, j], z[:, j], activation, silent)
                if centre is not None:
                    c = np.square((c - centre[i, j]) * counts[:, j])
                total[i, j] += c.sum(axis=0)
        total /= counted
    return mean, np.sqrt(variance)
