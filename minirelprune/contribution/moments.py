"""The mean and the standard deviation of Eq. (1) over a data set, for all weights of a layer.

Engines, from the one to read to the one to run; they give the same numbers.

"definition"        one weight after another.
"column"            the paper's speed-up (Fig. 3): take input i out of all units at once.
"piecewise_linear"  matrix products, for piecewise-linear f.
"smooth"            a closed form, for the sigmoid and tanh.

An activation names its own engine; one that names none is served by "column".
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

import numpy as np

from minirelprune.contribution.column import column_engine
from minirelprune.contribution.definition import (
    SILENT,
    Engine,
    Sums,
    activation_named,
    layer_arrays,
    pre_activation,
)
from minirelprune.contribution.exact import difference, speaks
from minirelprune.contribution.piecewise_linear import piecewise_linear_engine
from minirelprune.contribution.smooth import smooth_engine
from minirelprune.contribution.spread import doubtful, two_passes
from minirelprune.network.activations import Activation
from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array

# Numbers in the largest array an engine makes at once. The first two want arrays that stay in a
# core's cache; products want long sums, 128 MB of float32 here.
CHUNK = {"definition": 1 << 18, "column": 1 << 18, "piecewise_linear": 1 << 25, "smooth": 1 << 22}


class Moments(NamedTuple):
    """E and sigma of the contribution over the data.

    Parameters
    ----------
    mean, std : (n_in, n_out), float64, without unit.

    >>> Moments(mean=np.array([[0.625]]), std=np.array([[0.125]])).mean.item()
    0.625
    """

    mean: Array
    std: Array

    def __repr__(self) -> str:
        return f"Moments(mean and std of {' x '.join(map(str, np.shape(self.mean)))} weights)"


def contribution_moments(
    x: Array,
    W: Array,
    b: Array,
    activation: Activation | str,
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
    W, b : (n_in, n_out) and (n_out,), the layer. x, b and z become the dtype of W, float32 or
        float64.
    z : (N, n_out), x @ W + b, where a forward pass has computed it already.
    activation : f, or its name; the identity on a last layer (R3).
    silent : "zero", "skip" or "epsilon", what to do where a = 0 (R2). Under "skip" a unit that is
        always silent has mean and std 0.
    engine : "auto", the engine of the activation; or "definition" or "column", which fit every f;
        or "piecewise_linear" or "smooth", if that is the activation's own.

    Returns
    -------
    Moments(mean, std), each (n_in, n_out); std divides by the number of examples, not one less.

    Raises
    ------
    ValueError : arrays that are not finite or whose shapes do not fit, no examples, an unknown
        name, an engine that does not fit the activation, or a z beyond float64.

    Two examples, and one weight that is all of z: without it the unit is silent, so it
    contributes 1 to each. With a bias of 1 it contributes 1/2 and 3/4.

    >>> from minirelprune.network.activations import ACTIVATIONS
    >>> x, W = np.array([[1.0], [3.0]]), np.array([[1.0]])
    >>> mean, std = contribution_moments(x, W, np.ones(1), ACTIVATIONS["relu"])
    >>> mean.item(), std.item()
    (0.625, 0.125)
    """
    x, W, b = layer_arrays(x, W, b)
    checks.examples("x", x)
    if z is not None:
        z = convert.numbers("z", z, (len(x), W.shape[1]), dtype=W.dtype)
    f = activation_named(activation)
    checks.one_of("silent", silent, SILENT)
    engine = _fitting(engine, f)
    with np.errstate(all="ignore"):
        return _moments(partial(_chunks, x, W, b, z), W, f, silent, engine)


def moments_in_parts(
    parts: Callable[[], Iterable[tuple[Array, Array]]],
    W: Array,
    b: Array,
    activation: Activation,
    silent: str = "zero",
) -> Moments:
    """`contribution_moments` of rows that come in parts, so that they need not be there at once.

    Parameters
    ----------
    parts : gives x (n, n_in) and z (n, n_out) of some examples at a time, as often as it is called:
        where sums lose their digits, the examples are gone through again. They are not checked.
    W, b, activation, silent : as for `contribution_moments`.

    >>> from minirelprune.network.activations import ACTIVATIONS
    >>> x, W = np.array([[1.0], [3.0]]), np.array([[1.0]])
    >>> both = lambda: ((x[k : k + 1], x[k : k + 1] + 1.0) for k in range(2))
    >>> mean, std = moments_in_parts(both, W, np.ones(1), ACTIVATIONS["relu"])
    >>> mean.item(), std.item()
    (0.625, 0.125)
    """

    def chunks(engine: str) -> Iterator[tuple[Array, Array]]:
        for x, z in parts():
            yield from _chunks(x, W, b, z, engine)

    with np.errstate(all="ignore"):
        return _moments(chunks, W, activation, silent, _fitting("auto", activation))


def _moments(
    chunks: Callable[[str], Iterator[tuple[Array, Array]]],
    W: Array,
    activation: Activation,
    silent: str,
    engine: str,
) -> Moments:
    sums = ENGINES[engine](W, activation, silent)
    total, total_squares, counted = np.zeros(W.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for x_some, z_some in chunks(engine):
        s1, s2 = sums(x_some, z_some)
        total += s1
        total_squares += s2
        counted += speaks(z_some, activation).sum(axis=0) if silent == "skip" else len(x_some)
    counted = np.maximum(counted, 1)
    mean, second = total / counted, total_squares / counted
    std = np.sqrt(np.maximum(second - np.square(mean), 0))
    lost = doubtful(mean, second, W)
    if lost.any():
        twice = [chunks("column") for _ in range(2)]
        mean[lost], std[lost] = (
            each[lost] for each in two_passes(twice, counted, lost, W, activation, silent)
        )
    return Moments(mean, std)


def _chunks(
    x: Array, W: Array, b: Array, z: Array | None, engine: str
) -> Iterator[tuple[Array, Array]]:
    """x and z of some examples at a time, as many as suit the engine."""
    rows = max(1, CHUNK[engine] // max(W.shape))
    for start in range(0, len(x), rows):
        some = slice(start, start + rows)
        yield x[some], pre_activation(x[some], W, b) if z is None else z[some]


def _fitting(engine: str, activation: Activation) -> str:
    """The name of the engine that is asked for, once it is known that it fits the activation."""
    checks.one_of("engine", engine, ("auto", *ENGINES))
    own = activation.engine or "column"
    fitting = [name for name in ENGINES if name in ("definition", "column", own)]
    checks.one_of(f"engine for {activation.name}", engine, ("auto", *fitting))
    return own if engine == "auto" else engine


def _definition(W: Array, activation: Activation, silent: str) -> Engine:
    def sums(x: Array, z: Array) -> Sums:
        total = np.zeros((2, *W.shape))
        for i, j in np.ndindex(W.shape):
            c = difference(x[:, i], W[i, j], z[:, j], activation, silent)
            total[:, i, j] = c.sum(), np.square(c).sum()
        return total[0], total[1]

    return sums


ENGINES: dict[str, Callable[[Array, Activation, str], Engine]] = {
    "definition": _definition,
    "column": column_engine,
    "piecewise_linear": piecewise_linear_engine,
    "smooth": smooth_engine,
}
