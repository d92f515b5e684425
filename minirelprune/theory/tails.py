"""How heavy is the tail of a contribution: has it a variance, has it a mean? (R14)

Where P(abs(v) > t) falls as t^-index, moments of that order and above do not exist: at 2 and below
there is no variance, at 1 and below no mean, however many examples there are.

What was found on MNIST: the share of weights with an index below 2, in percent, by Hill on the
k = 200 (600) largest of 60,000 contributions, of 1,000 random weights a layer, those with at least
10 k contributions other than 0 (`minirelprune reproduce tails`, seed 0):

                 ReLU      leaky ReLU   sigmoid     tanh
first layer      68 (79)    96 (97)      3 (2)     100 (100)
second layer     75 (85)   100 (100)     0 (0)     100 (100)
last, linear     99 (99)   100 (100)   100 (100)   100 (100)

Linear, leaky and tanh units have a density at a = 0, and 1/a then has the index 1: medians are 0.88
to 1.03, so there is no variance, and at best barely a mean. The sigmoid stays away from 0, and its
tails look like index 36 and more: none. In the ReLU's layers it is the sign: all of the weights
w < 0 are below 2. Without a weight w > 0 the unit falls, but not below 0, and at most all of a is
lost: Eq. (1) is bounded by 1. There Hill takes the body for a tail, and the 37 to 75% "below 2"
grow with k. Elsewhere little hangs on k.
"""

from typing import NamedTuple

import numpy as np

from minirelprune.support import checks
from minirelprune.support.arrays import Array


class TailIndex(NamedTuple):
    """Hill's estimate and its standard error: each of the shape of one example's values."""

    estimate: Array
    error: Array


def tail_index(values: Array, k: int) -> TailIndex:
    """The tail index of each weight's values, by Hill's estimator on the k largest abs(values).

    1 / estimate is the mean of ln(abs(v) / threshold) over them, the threshold being the next
    largest. It is not moved by a change of scale, but it is by a shift.

    Parameters
    ----------
    values : (N, ...), examples along axis 0, statistics for each of the rest; finite.
    k : how many of the largest to look at, 1 <= k < N. Few are noisy; many reach into the body,
        which knows nothing of the tail: keep it to a tenth of the values that are not 0, and try
        more than one.

    Returns
    -------
    TailIndex(estimate, error), each (...), float64; the error is estimate / sqrt(k), as for
    independent examples. Where the k + 1 largest are all equal there is no tail, and both are
    infinite; where no more than k values differ from 0, nothing is known, and both are NaN.

    Raises
    ------
    ValueError : values that are not finite (silent="skip" gives NaN), or k out of its range.

    Source: Hill (1975). Three values lie a factor e^1, e^2 and e^3 above the fourth:

    >>> estimate, error = tail_index(np.exp([0.0, 0.0, 1.0, 2.0, 3.0]), 3)
    >>> estimate.round(3).item(), error.round(3).item()
    (0.5, 0.289)
    """
    checks.finite("values", values)
    checks.whole("k", k, minimum=1)
    if k >= len(values):
        raise ValueError(f"k must be below the number of examples, {len(values)}, got {k}")
    largest = np.partition(np.abs(values), len(values) - k - 1, axis=0)[-k - 1 :]  # (k + 1, ...)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(largest.astype(np.float64))
        estimate = 1 / (logs[1:] - logs[0]).mean(axis=0)
    estimate = np.where(largest[0] > 0, estimate, np.nan)
    return TailIndex(estimate, estimate / np.sqrt(k))
