"""Eq. (2): from the mean and the spread of a weight's contribution to its importance."""

from numbers import Real
from typing import TypeVar

import numpy as np

from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array

T = TypeVar("T", float, Array)


def importance(
    mean: T,
    std: T,
    *,
    alpha: float = 1.0,
    beta: float = 1e-7,
    epsilon: float = 1e-5,
    layer_factor: float = 1.0,
) -> T:
    """The importance of a weight, Eq. (2): s [alpha E + beta / (epsilon + sigma)].

    Parameters
    ----------
    mean, std : E and sigma of the contribution over the data: two numbers, or two arrays of any
        one shape; finite and >= 0.
    alpha, beta : how much the mean and the steadiness count, >= 0.
    epsilon : keeps the division finite, > 0. The paper gives no value; 1e-5 is the choice made
        here (R4): with beta = 1e-7 a weight that never contributes then scores 0.01, and at 1e-8
        it would score 10, above every live weight.
    layer_factor : s, > 0 (R5).

    Returns
    -------
    The importance, of the shape of `mean`; no unit.

    Raises
    ------
    ValueError : a number out of its range, shapes that differ, or an importance beyond the range
        of the dtype.

    2 (1/4 + 0.01 / 0.08) is

    >>> importance(0.25, 0.06, alpha=1.0, beta=0.01, epsilon=0.02, layer_factor=2.0)
    0.75
    """
    checks.at_least("alpha", alpha, 0)
    checks.at_least("beta", beta, 0)
    checks.positive("epsilon", epsilon)
    checks.positive("layer_factor", layer_factor)
    mean, std = _sizes("mean", mean), _sizes("std", std)
    checks.shape("std", np.shape(std), np.shape(mean))
    s, alpha, beta, epsilon = float(layer_factor), float(alpha), float(beta), float(epsilon)
    with np.errstate(all="ignore"):
        score = s * (alpha * mean + beta / (epsilon + std))  # Eq. (2)
    if not np.isfinite(score).all():
        raise ValueError(
            "alpha, beta, epsilon and layer_factor must keep Eq. (2) within the range of numbers, "
            f"got {alpha}, {beta}, {epsilon} and {s}"
        )
    return score


def _sizes(name: str, value: T) -> T:
    """A number, or an array of numbers, finite and >= 0."""
    if isinstance(value, Real):
        checks.at_least(name, value, 0)
        return float(value)
    sizes = convert.numbers(name, value)
    if (sizes < 0).any():
        raise ValueError(f"{name} must be >= 0, got {sizes.min()}")
    return sizes  # type: ignore[return-value]  # a float is a Real
