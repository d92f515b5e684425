"""How heavy is the tail of a contribution? Does its variance exist? Does its mean? (R14)

Where P(abs(v) > t) falls as t^-index, moments of that order and above do not exist: at an index of
2 and below there is no variance, at 1 and below no mean, however many examples there are. Linear,
leaky ReLU and tanh units have a density at a = 0, and 1/a then has the index 1. For w > 0 and
inputs >= 0 the contribution to a ReLU unit is at most 1, so that it has no tail.

`figures/tails.md` and notebook 06 show what was measured on MNIST.
"""

from typing import NamedTuple

import numpy as np

from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array


class TailIndex(NamedTuple):
    """Hill's estimate of a tail index, and its standard error.

    Parameters
    ----------
    estimate, error : (...), float64, without unit: one per weight, of the shape of one example.

    >>> estimate, error = TailIndex(estimate=np.array([1.0]), error=np.array([0.1]))
    >>> estimate + 2 * error
    array([1.2])
    """

    estimate: Array
    error: Array


def tail_index(values: Array, k: int) -> TailIndex:
    """The tail index of each weight's values, by Hill's estimator on the k largest abs(values).

    1 / estimate is the mean of ln(abs(v) / threshold) over them, the threshold being the next
    largest. It is not moved by a change of scale, but it is by a shift.

    Parameters
    ----------
    values : (N, ...), examples along axis 0, statistics for each of the rest; finite, N >= 2.
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
    values = convert.numbers("values", values)
    checks.whole("k", k, minimum=1)
    if k >= len(values):
        raise ValueError(f"k must be below the number of examples, {len(values)}, got {k}")
    k = int(k)
    with np.errstate(all="ignore"):
        largest = np.partition(np.abs(values), len(values) - k - 1, axis=0)[-k - 1 :]
        threshold, beyond = np.split(largest.astype(np.float64), [1])  # (1, ...) and (k, ...)
        estimate = 1 / _log_ratio(beyond, threshold).mean(axis=0)
        estimate = np.where(threshold[0] > 0, estimate, np.nan)
        return TailIndex(estimate, estimate / np.sqrt(k))


def _log_ratio(v: Array, threshold: Array) -> Array:
    """ln(v / threshold) of v >= threshold, which a difference of logs loses near 1."""
    excess = (v - threshold) / threshold
    far = np.isinf(excess)
    ratio: Array = np.where(far, np.log(v) - np.log(threshold), np.log1p(excess))
    return ratio
