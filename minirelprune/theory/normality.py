"""Does the central limit theorem hold for the contribution of a weight? (section 2.2, R14)

The paper says that contributions approach a Gaussian by the central limit theorem. The theorem is
about the *mean* over n examples, and it requires a finite variance. How fast the means approach
the Gaussian is bounded by Berry and Esseen, if the third moment is finite too. So this module
looks at the means over disjoint batches of n examples, for growing n, weight by weight. Effect
sizes come first: with thousands of batches every test rejects, because no data are exactly normal.

Shuffle the examples first: neighbours in a file may be alike, and are then not independent.
`figures/clt.md` and notebook 06 show what was measured on MNIST.
"""

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from scipy.special import ndtr

from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array, Mask
from minirelprune.theory.clt_row import CltRow, NormalTest

BATCH_SIZES = (1, 4, 16, 64, 256)
FEWEST_BATCHES = 20  # what the kurtosis part of D'Agostino's test is good for
LEVEL = 0.05  # of the false discovery rate
BERRY_ESSEEN = 0.4748  # Shevtsova (2011)
KNOWN = 0.1  # the largest relative standard error of rho at which the bound is given
ROUNDING = 64  # units in the last place of the largest value: what varies less is constant


def batch_means(values: Array, n: int) -> Array:
    """The means over disjoint batches of n neighbouring examples; what is left over is dropped.

    Parameters
    ----------
    values : (N, ...), finite, examples along axis 0, in an order that says nothing of their
        values.
    n : examples per batch, 1 <= n <= N.

    Returns
    -------
    (N // n, ...), float64.

    Raises
    ------
    ValueError : values that are not finite (silent="skip" gives NaN), or n out of its range.

    >>> batch_means(np.array([1.0, 3.0, 5.0, 7.0, 100.0]), 2)
    array([2., 6.])
    """
    values = convert.numbers("values", values)
    checks.whole("n", n, minimum=1)
    if n > len(values):
        raise ValueError(f"n must be at most the number of examples, {len(values)}, got {n}")
    with np.errstate(all="ignore"):
        return _means(values, int(n))


def _means(values: Array, n: int) -> Array:
    batches = len(values) // n
    together = values[: batches * n].reshape(batches, n, *values.shape[1:])
    means: Array = together.mean(axis=1, dtype=np.float64)
    if not np.isfinite(means).all():  # the sum left the range, which no mean does
        most = np.finfo(np.float64).max
        again = np.clip((together / n).sum(axis=1), -most, most)
        means = np.where(np.isfinite(means), means, again)
    return means


def clt_check(values: Array, batch_sizes: ArrayLike = BATCH_SIZES) -> list[CltRow]:
    """How near to normal the means over n examples are, weight by weight, for growing n.

    Parameters
    ----------
    values : (N, ...), such as `contributions` gives: examples along axis 0, shuffled, and a
        weight for each of the rest; finite. Several copies of it are made.
    batch_sizes : (sizes,), whole numbers n >= 1, each of which leaves at least 20 batches.

    Returns
    -------
    One `CltRow` per batch size; its `summary` is over all weights.

    Raises
    ------
    ValueError : values that are not finite (silent="skip" gives NaN), or a batch size that is not
        a whole number or leaves fewer than 20 batches, too few to test.

    Source: scipy.stats for the tests, Benjamini and Yekutieli (2001) for the share rejected:
    weights share their inputs, so that their tests depend on each other.

    Means over 4 of what is exponential are skewed by 2 / sqrt(4), and a dead weight is not tested:

    >>> values = np.random.default_rng(0).exponential(size=(100_000, 2)) * [1.0, 0.0]
    >>> [row] = clt_check(values, [4])
    >>> row.skewness.round(1), row.summary.constant
    (array([ 1., nan]), 1)
    """
    values = convert.numbers("values", values)
    checks.examples("values", values)
    sizes = _sizes(batch_sizes, len(values))
    last_place = float(np.finfo(values.dtype).eps)
    with np.errstate(all="ignore"):
        values = _scaled(values)
        rounding = ROUNDING * last_place * np.abs(values).max(axis=0)
        std = values.std(axis=0)
        values -= values.mean(axis=0)
        bound = _berry_esseen(values, std)
        return [_row(_means(values, n), n, std, bound, rounding) for n in sizes]


def _sizes(batch_sizes: ArrayLike, examples: int) -> list[int]:
    """The batch sizes, once it is known that each leaves enough batches."""
    sizes: list[int] = convert.reals("batch_sizes", batch_sizes, ("sizes",)).tolist()
    for n in sizes:
        checks.whole("batch_sizes", n, minimum=1)
        if examples // n < FEWEST_BATCHES:
            raise ValueError(
                f"batch_sizes must leave at least {FEWEST_BATCHES} batches of {examples} "
                f"examples, got {n}, which leaves {examples // n}"
            )
    return sizes


def _scaled(values: Array) -> Array:
    """In float64, each weight times a power of 2 that makes its largest about 1.

    Nothing that is said of a weight depends on its scale, but squares have a range.
    """
    exponent = np.frexp(np.abs(values).max(axis=0))[1]
    scaled: Array = np.ldexp(values.astype(np.float64), -exponent)
    return scaled


def _berry_esseen(centred: Array, std: Array) -> Array:
    """The bound for n = 1; what it is where std is 0 does not matter."""
    cubes = np.abs(centred / std) ** 3
    ratio = cubes.mean(axis=0)  # rho / sigma^3
    error = cubes.std(axis=0) / ratio / math.sqrt(len(cubes))
    return np.where(error <= KNOWN, BERRY_ESSEEN * ratio, np.inf)


def _row(means: Array, n: int, std: Array, bound: Array, rounding: Array) -> CltRow:
    constant = np.asarray(np.ptp(means, axis=0) <= rounding)
    alive = ~constant
    tested = means[:, alive]  # (batches, weights tested)
    own = (tested - tested.mean(axis=0)) / tested.std(axis=0)  # powers of these do not cancel
    return CltRow(
        batch_size=n,
        batches=len(means),
        constant=constant,
        skewness=_among(alive, stats.skew(own, axis=0)),
        excess_kurtosis=_among(alive, stats.kurtosis(own, axis=0)),
        jarque_bera=_test(alive, *stats.jarque_bera(own, axis=0)),
        dagostino=_test(alive, *stats.normaltest(own, axis=0)),
        distance=_among(alive, _distance(tested / std[alive] * math.sqrt(n))),
        bound=_among(alive, bound[alive] / math.sqrt(n)),  # Berry-Esseen
    )


def _distance(z: Array) -> Array:
    """Kolmogorov's distance of the columns of z to the standard normal: sup abs(F - Phi)."""
    below = ndtr(np.sort(z, axis=0))
    steps = np.arange(len(z) + 1)[:, None] / len(z)  # F steps from k / batches to (k + 1) / batches
    distance: Array = np.maximum(steps[1:] - below, below - steps[:-1]).max(axis=0)
    return distance


def _test(alive: Mask, statistic: Array, p: Array) -> NormalTest:
    rejected = np.zeros(alive.shape, np.bool_)
    rejected[alive] = stats.false_discovery_control(p, method="by") <= LEVEL
    return NormalTest(_among(alive, statistic), _among(alive, p), rejected)


def _among(alive: Mask, part: Array) -> Array:
    whole = np.full(alive.shape, np.nan)
    whole[alive] = part
    return whole
