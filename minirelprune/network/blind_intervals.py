"""Where abs(f'(z)) <= tolerance, in closed form, for the activations of section 4 (Fig. 1).

`everywhere_or_nowhere`, `left_of_zero` and `two_tails` make a function of the tolerance that gives
closed intervals of z, disjoint and in rising order. An `Activation` takes it as its `blind`.
"""

from collections.abc import Callable, Sequence
from numbers import Real

import numpy as np
from numpy.typing import NDArray

from minirelprune.support.arrays import Array

Interval = tuple[float, float]
Blind = Callable[[float], list[Interval]]

EVERYWHERE: Interval = (-np.inf, np.inf)


def everywhere_or_nowhere(slope: float) -> Blind:
    """Of a linear f, whose slope is the same everywhere."""
    return lambda tolerance: [EVERYWHERE] if tolerance >= slope else []


def left_of_zero(left: float) -> Blind:
    """Of a piecewise-linear f with the slope `left` below 0 and the slope 1 above."""

    def blind(tolerance: float) -> list[Interval]:
        if tolerance >= 1:
            return [EVERYWHERE]
        return [(-np.inf, 0.0)] if tolerance >= left else []

    return blind


def two_tails(edge: Callable[[float], float], steepest: float) -> Blind:
    """Of an f whose slope is symmetric, `steepest` at 0, and falls on both sides.

    `edge` gives the z > 0 where the slope is the tolerance, for 0 < tolerance < steepest.
    """

    def blind(tolerance: float) -> list[Interval]:
        if tolerance >= steepest:
            return [EVERYWHERE]
        z = edge(tolerance) if tolerance > 0 else np.inf
        return [(-np.inf, -z), (z, np.inf)] if np.isfinite(z) else []

    return blind


def sigmoid_edge(tolerance: float) -> float:
    """The z > 0 where the slope of the sigmoid is the tolerance."""
    # s (1 - s) = t has the roots s = (1 +- sqrt(1 - 4t)) / 2, and z = ln(s / (1 - s)).
    root = np.sqrt(1 - 4 * tolerance)
    return float(2 * np.log1p(root) - np.log(4 * tolerance))


def tanh_edge(tolerance: float) -> float:
    """The z > 0 where the slope of tanh is the tolerance."""
    # 1 - tanh(z)^2 = t at tanh(z) = sqrt(1 - t), and artanh(r) = ln((1 + r)^2 / (1 - r^2)) / 2.
    return float(np.log1p(np.sqrt(1 - tolerance)) - np.log(tolerance) / 2)


def tolerance_of(tolerance: object) -> float:
    """A number >= 0, infinity included."""
    if isinstance(tolerance, bool) or not isinstance(tolerance, Real) or not float(tolerance) >= 0:
        raise ValueError(f"tolerance must be >= 0, got {tolerance!r}")
    return float(tolerance)


def contain(intervals: Sequence[Interval], z: Array) -> NDArray[np.bool_]:
    """Whether each z lies in one of the intervals; NaN lies in none."""
    inside = np.zeros(z.shape, np.bool_)
    for low, high in intervals:
        inside |= (low <= z) & (z <= high)
    return inside
