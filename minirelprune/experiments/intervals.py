"""Means over seeds, and how sure they are."""

import math
from collections.abc import Sequence
from typing import NamedTuple

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
    t = float(stats.t.ppf((1 + level) / 2, n - 1))
    return Estimate(mean, t * float(np.std(values, ddof=1)) / n**0.5, n)


def rms(pairs: Sequence[tuple[float, float]]) -> float:
    """The root of the mean squared difference of the two in each pair."""
    return math.sqrt(sum((a - b) ** 2 for a, b in pairs) / len(pairs))
