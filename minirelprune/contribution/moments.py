"""The mean and the standard deviation of Eq. (1) over a data set, for all weights of a layer.

Engines, from the one to read to the one to run; they give the same numbers.

"definition"        `contribution`, one weight after another.
"column"            the paper's speed-up (Fig. 3): take input i out of all units at once.
"piecewise_linear"  matrix products, for piecewise-linear f.
"smooth"            a closed form, for the sigmoid and tanh.

An activation names its own engine; one that names none is served by "column".
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from minirelprune.contribution.column import column_engine
from minirelprune.contribution.definition import Engine, Sums, check_layer, contribution
from minirelprune.contribution.piecewise_linear import piecewise_linear_engine
from minirelprune.contribution.smooth import smooth_engine
from minirelprune.network.activations import Activation
from minirelprune.support import checks
from minirelprune.support.arrays import Array

FAST: dict[str, Callable[[Array, Activation, str], Engine]] = {
    "column": column_engine,
    "piecewise_linear": piecewise_linear_engine,
    "smooth": smooth_engine,
}
ENGINES = ("definition", *FAST)

# Numbers in the largest array an engine makes at once. The first two want arrays that stay in a
# core's cache; products want long sums, 128 MB of float32 here.
CHUNK = {"definition": 1 << 18, "column": 1 << 18, "piecewise_linear": 1 << 25, "smooth": 1 << 22}


class Moments(NamedTuple):
    """E and sigma of the contribution over the data: each (n_in, n_out), float64, no unit."""

    mean: Array
    std: Array


def contribution_moments(
    x: Array,
    W: Array,
    b: Array,
    activation: Activation,
    *,
    z: Array | None = None,
    silent: str = "zero",
    engine: str = "auto",
) -> Moments:
    """The mean and the standard deviation of every weight's contribution, E and sigma of Eq. (2).

    Parameters
    ----------
    x : (N, n_in), the layer's input; N >= 1. Memory does not grow with N: the data goes through
        in chunks, and the sums are kept in float64.
    W, b : (n_in, n_out) and (n_out,), the layer.
    z : (N, n_out), x @ W + b, where a forward pass has computed it already.
    activation : f; the identity on a last layer (R3).
    silent : "zero", "skip" or "epsilon", what to do where a = 0 (R2). Under "skip" a unit that is
        always silent has mean and std 0.
    engine : "auto", the engine of the activation; or "definition" or "column", which fit every f;
        or "piecewise_linear" or "smooth", if that is the activation's own.

    Returns
    -------
    Moments(mean, std), each (n_in, n_out); std divides by the number of examples, not one less.

    Raises
    ------
    ValueError : shapes that do not fit, no examples, an unknown name, or an engine that does not
        fit the activation.

    Two examples, and one weight that is all of z: without it the unit is silent, so it
    contributes 1 to each. With a bias of 1 it contributes 1/2 and 3/4.

    >>> from minirelprune.network.activations import ACTIVATIONS
    >>> x, W = np.array([[1.0], [3.0]]), np.array([[1.0]])
    >>> mean, std = contribution_moments(x, W, np.ones(1), ACTIVATIONS["relu"])
    >>> mean.item(), std.item()
    (0.625, 0.125)
    """
    check_layer(x, W, b, silent)
    checks.examples("x", x)
    if z is not None:
        checks.shape("z", z.shape, (len(x), W.shape[1]))
    engine = _fitting(engine, activation)
    total, total_squares = np.zeros(W.shape), np.zeros(W.shape)
    counted = np.zeros(W.shape[1])
    if engine == "definition":
        sums = _definition(W, b, activation, silent)
    else:
        sums = FAST[engine](W, activation, silent)
    rows = max(1, CHUNK[engine] // max(W.shape))
    for start in range(0, len(x), rows):
        x_chunk = x[start : start + rows]
        z_chunk = x_chunk @ W + b if z is None else z[start : start + rows]  # (rows, n_out)
        s1, s2 = sums(x_chunk, z_chunk)
        total += s1
        total_squares += s2
        counted += (
            np.count_nonzero(activation(z_chunk), axis=0) if silent == "skip" else len(x_chunk)
        )
    counted = np.maximum(counted, 1)
    mean = total / counted
    return Moments(mean, np.sqrt(np.maximum(total_squares / counted - mean**2, 0)))


def _fitting(engine: str, activation: Activation) -> str:
    """The name of the engine that is asked for, once it is known that it fits the activation."""
    checks.one_of("engine", engine, ("auto", *ENGINES))
    own = activation.engine or "column"
    fitting = [name for name in ENGINES if name in ("definition", "column", own)]
    checks.one_of(f"engine for {activation.name}", engine, ("auto", *fitting))
    return own if engine == "auto" else engine


def _definition(W: Array, b: Array, activation: Activation, silent: str) -> Engine:
    def sums(x: Array, z: Array) -> Sums:
        s1, s2 = np.zeros(W.shape), np.zeros(W.shape)
        for i, j in np.ndindex(W.shape):
            c = contribution(x, W, b, activation, i, j, silent=silent)
            s1[i, j] = np.nansum(c, dtype=np.float64)
            s2[i, j] = np.nansum(np.square(c, dtype=np.float64))
        return s1, s2

    return sums
