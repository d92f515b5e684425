"""Means over seeds, and how sure they are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from scipy import stats


class Estimate(NamedTuple):
    """A mean over n seeds and the half-width of its interval (Student's t); NaN for one seed."""

    mean: float
    half_width: float
    n: int

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return self.mean - self.half_width

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return self.mean + self.half_width

    def columns(self, name: str) -> dict[str, float]:
        """The mean under this name, and the half-width beside it, as columns of a CSV.

        >>> Estimate(98.25, 0.2, 5).columns("accuracy")
        {'accuracy': 98.25, 'accuracy_half_width_95': 0.2}
        """
        return {name: round(self.mean, 4), f"{name}_half_width_95": round(self.half_width, 4)}

    @classmethod
    def of(cls, row: Mapping[str, Any], name: str) -> Estimate:
        """What `columns` made of an estimate, in a row that has its seeds too.

        >>> Estimate.of({"seeds": 5} | Estimate(98.25, 0.2, 5).columns("accuracy"), "accuracy")
        Estimate(mean=98.25, half_width=0.2, n=5)
        """
        return cls(row[name], row[f"{name}_half_width_95"], row["seeds"])

    def text(self, form: str = ".2f") -> str:
        """The mean, and ± the half-width where there is one."""
        interval = "" if np.isnan(self.half_width) else f" ± {self.half_width:.2f}"
        return f"{self.mean:{form}}{interval}"


def estimate(values: Sequence[float], level: float = 0.95) -> Estimate:
    """The mean of one value a seed, with its interval at this level.

    >>> estimate([98.0, 98.2, 98.4]).text(), estimate([98.0]).text()
    ('98.20 ± 0.50', '98.00')
    """
    n, mean = len(values), float(np.mean(values))
    if n < 2:
        return Estimate(mean, float("nan"), n)
    t = _quantile((1 + level) / 2, n - 1)
    return Estimate(mean, t * float(np.std(values, ddof=1)) / n**0.5, n)


@lru_cache
def _quantile(share: float, freedom: int) -> float:
    """Student's t below which this share lies; SciPy is slow, and few shares are asked for."""
    return float(stats.t.ppf(share, freedom))


def p_value(values: Sequence[float]) -> float:
    """The p-value of a mean of 0: two-sided Student's t test of one value a seed; NaN for one seed.

    Source: Student (1908). With two values, t has the Cauchy distribution, and t = 1 gives 1/2:

    >>> round(p_value([0.0, 1.0]), 6)
    0.5
    """
    n, mean = len(values), float(np.mean(values))
    if n < 2:
        return float("nan")
    error = float(np.std(values, ddof=1)) / n**0.5
    if error == 0:  # all seeds agree to the last digit
        return float(mean == 0)
    return float(2 * stats.t.sf(abs(mean) / error, n - 1))


def holm(p: Sequence[float]) -> list[float]:
    """The p-values of several tests, corrected by Holm's method.

    If no difference exists in any of them, some corrected p is below 0.05 with a chance of at most
    5%.

    Source: Holm (1979).

    >>> [round(one, 6) for one in holm([0.01, 0.04, 0.03, 0.005])]
    [0.03, 0.06, 0.06, 0.02]
    """
    corrected, largest = [0.0] * len(p), 0.0
    for rank, k in enumerate(sorted(range(len(p)), key=p.__getitem__)):
        largest = max(largest, min(1.0, (len(p) - rank) * p[k]))
        corrected[k] = largest
    return corrected


def rms(pairs: Sequence[tuple[float, float]]) -> float:
    """The root of the mean squared difference of the two in each pair."""
    return math.sqrt(sum((a - b) ** 2 for a, b in pairs) / len(pairs))
