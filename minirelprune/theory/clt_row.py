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
    """A test of normality: each (...), NaN and not rejected where the weight is constant."""

    statistic: Array
    p: Array
    rejected: Mask  # at a false discovery rate of 5% over all weights


class CltSummary(NamedTuple):
    """A row of `clt_check` in numbers; medians and shares are of the tested weights."""

    batch_size: int
    batches: int
    tested: int
    constant: int
    skewness: float  # median of abs
    excess_kurtosis: float  # median of abs
    distance: float  # median
    noise: float  # the median distance of true normals, at as many batches
    bound: float  # median
    no_guarantee: float  # share
    rejected_jarque_bera: float  # share
    rejected_dagostino: float  # share


@dataclass(frozen=True, eq=False)
class CltRow:
    """The means over batches of one size: one array entry (...) per weight, NaN where constant.

    Attributes
    ----------
    batch_size, batches : n, and how many disjoint batches of n examples there are.
    constant : whether all means are equal, but for rounding: a dead weight. It is not tested.
    skewness, excess_kurtosis : 0 and 0 for a normal.
    jarque_bera, dagostino : two tests on both; p-values are for many batches, D'Agostino's for
        twenty already.
    distance : Kolmogorov's, the largest gap between the distribution of the means, standardised
        by the mean and sigma of single examples, and the normal; in (0, 1].
    bound : Berry and Esseen's, 0.4748 rho / (sigma^3 sqrt(n)), on that gap were there no end of
        batches; rho is the mean of abs(v - mean)^3 over single examples. Infinite, no guarantee,
        where the examples do not know rho to 10%: its relative standard error falls as 1 / sqrt(N)
        where the moments exist, and hardly at all where rho keeps growing with N.
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
