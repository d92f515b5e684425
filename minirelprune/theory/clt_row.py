"""What `clt_check` says about one batch size: weight by weight, and in summary."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from minirelprune.support.arrays import Array, Mask

# The median distance of m means of normals is NOISE / sqrt(m), by simulation: 0.59 to 0.65.
NOISE = 0.63


class NormalTest(NamedTuple):
    """A test of normality, weight by weight.

    Parameters
    ----------
    statistic, p : (...), the statistic and its p-value; NaN where the weight is constant.
    rejected : (...), booleans: normality is rejected at a false discovery rate of 5% over all
        weights. False where the weight is constant.

    >>> test = NormalTest(np.array([0.1, 40.0]), np.array([0.95, 2e-9]), np.array([False, True]))
    >>> test.p[test.rejected]
    array([2.e-09])
    """

    statistic: Array
    p: Array
    rejected: Mask


class CltSummary(NamedTuple):
    """A row of `clt_check` in numbers; medians and shares are of the tested weights.

    Parameters
    ----------
    batch_size, batches : n, and how many batches of n examples there are.
    tested, constant : how many weights were tested, and how many were not: see `CltRow`.
    skewness, excess_kurtosis : medians of their absolute values; 0 for a normal.
    distance, bound : medians of Kolmogorov's distance, and of the bound on it.
    noise : the median distance of true normals, at as many batches.
    no_guarantee : the share of weights whose bound is infinite, in [0, 1].
    rejected_jarque_bera, rejected_dagostino : the shares rejected, in [0, 1].

    >>> CltSummary(4, 25, 3, 1, 0.9, 0.8, 0.1, 0.126, 1.5, 0.0, 2 / 3, 1 / 3)._asdict()["noise"]
    0.126
    """

    batch_size: int
    batches: int
    tested: int
    constant: int
    skewness: float
    excess_kurtosis: float
    distance: float
    noise: float
    bound: float
    no_guarantee: float
    rejected_jarque_bera: float
    rejected_dagostino: float


@dataclass(frozen=True, eq=False)
class CltRow:
    """The means over batches of one size, weight by weight, without units; NaN where constant.

    Parameters
    ----------
    batch_size, batches : n, and how many disjoint batches of n examples there are.
    constant : (...), whether all means are equal, but for rounding: a dead weight. It is not
        tested.
    skewness, excess_kurtosis : (...), 0 and 0 for a normal.
    jarque_bera, dagostino : two tests on both; p-values are for many batches, D'Agostino's for
        twenty already.
    distance : (...), Kolmogorov's, the largest gap between the distribution of the means,
        standardised by the mean and sigma of single examples, and the normal; in (0, 1].
    bound : (...), Berry and Esseen's, 0.4748 rho / (sigma^3 sqrt(n)), on that gap were there no end
        of batches; rho is the mean of abs(v - mean)^3 over single examples. Infinite, no guarantee,
        where the examples do not know rho to 10%: its relative standard error falls as 1 / sqrt(N)
        where the moments exist, and hardly at all where rho keeps growing with N.

    Forty examples of one weight, in batches of two:

    >>> from minirelprune.theory.normality import clt_check
    >>> [row] = clt_check(np.arange(40.0)[:, None], [2])
    >>> row.batches, row.constant, row.excess_kurtosis.round(2)
    (20, array([False]), array([-1.21]))
    """

    batch_size: int
    batches: int
    constant: Mask
    skewness: Array
    excess_kurtosis: Array
    jarque_bera: NormalTest
    dagostino: NormalTest
    distance: Array
    bound: Array

    @property
    def summary(self) -> CltSummary:
        """The row over all weights; `summary._asdict()` is a line of a table."""
        tested = ~self.constant
        return CltSummary(
            batch_size=self.batch_size,
            batches=self.batches,
            tested=int(tested.sum()),
            constant=int(self.constant.sum()),
            skewness=_over(np.median, np.abs(self.skewness[tested])),
            excess_kurtosis=_over(np.median, np.abs(self.excess_kurtosis[tested])),
            distance=_over(np.median, self.distance[tested]),
            noise=NOISE / math.sqrt(self.batches),
            bound=_over(np.median, self.bound[tested]),
            no_guarantee=_over(np.mean, np.isinf(self.bound[tested])),
            rejected_jarque_bera=_over(np.mean, self.jarque_bera.rejected[tested]),
            rejected_dagostino=_over(np.mean, self.dagostino.rejected[tested]),
        )


def _over(statistic: Callable[[Array], np.floating[Any]], values: NDArray[Any]) -> float:
    return float(statistic(values)) if values.size else math.nan
