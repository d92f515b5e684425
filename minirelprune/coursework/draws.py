"""Numbers for the examples in an assignment's README, which differ from variant to variant."""

from typing import Any

import numpy as np

from minirelprune.coursework.assignment import Arguments
from minirelprune.support.arrays import Array

Rng = np.random.Generator


def quarters(rng: Rng, *shape: int, low: int = -12, high: int = 13) -> Array:
    """An array of quarters, short enough to read."""
    drawn: Array = rng.integers(low, high, shape) / 4
    return drawn


def layer(rng: Rng, n: int = 2, n_in: int = 2, n_out: int = 1) -> tuple[Array, Array, Array]:
    """x, W and b of a small layer whose units are not silent."""
    x, W = quarters(rng, n, n_in, low=1), quarters(rng, n_in, n_out, low=1)
    return x, W, quarters(rng, n_out, low=0, high=5)


def call(*args: Any, **kwargs: Any) -> Arguments:
    """The arguments of a call."""
    return args, kwargs
