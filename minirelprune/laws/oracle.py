"""Eq. (1) with 400 digits: the definition, on a given z, for laws to compare with.

Needs mpmath, which `pip install "minirelprune[test]"` brings.
"""

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np

from minirelprune.contribution.definition import EPSILON
from minirelprune.contribution.exact import LARGEST
from minirelprune.network.activations import LEAK
from minirelprune.support.arrays import Array

DIGITS = 400  # exp(-700) beside 1 takes 304 of them
Number = Any  # of mpmath

FUNCTIONS: dict[str, Callable[[Number], Number]] = {
    "relu": lambda z: max(z, mpmath.mpf(0)),
    "leaky_relu": lambda z: max(z, mpmath.mpf(LEAK) * z),
    "sigmoid": lambda z: 1 / (1 + mpmath.exp(-z)),
    "tanh": mpmath.tanh,
    "identity": lambda z: z,
}


def moments(x: Array, W: Array, z: Array, name: str, silent: str) -> tuple[Array, Array]:
    """Mean and sigma of Eq. (1) over the examples: each (n_in, n_out), rounded to float64.

    Parameters
    ----------
    x, W, z : (N, n_in), (n_in, n_out) and (N, n_out); z is taken as it is.
    name : a key of `FUNCTIONS`.
    silent : "zero", "skip" or "epsilon".
    """
    mean, std = np.zeros(W.shape), np.zeros(W.shape)
    with mpmath.workdps(DIGITS):
        for i, j in np.ndindex(W.shape):
            every = [_contribution(x[n, i], W[i, j], z[n, j], name, silent) for n in range(len(x))]
            c = [one for one in every if one is not None]
            if c:
                centre = mpmath.fsum(c) / len(c)
                variance = mpmath.fsum((one - centre) ** 2 for one in c) / len(c)
                mean[i, j], std[i, j] = float(centre), float(mpmath.sqrt(variance))
    return mean, std


def _contribution(x: Number, w: Number, z: Number, name: str, silent: str) -> Number | None:
    """Eq. (1) on one example; None where it is skipped."""
    f, (x, w, z) = FUNCTIONS[name], (mpmath.mpf(float(value)) for value in (x, w, z))
    a, a_without = f(z), f(z - x * w)
    if silent == "epsilon":
        c = abs(a - a_without) / (abs(a) + mpmath.mpf(EPSILON))
    elif a == 0:
        return None if silent == "skip" else mpmath.mpf(0)
    else:
        c = abs((a - a_without) / a)  # Eq. (1)
    return min(c, mpmath.mpf(LARGEST))
