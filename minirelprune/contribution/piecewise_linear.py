"""The sums of Eq. (1) over a data set by matrix products, for piecewise-linear f.

Without weight (i, j), z becomes z - d with d = x_i w_ij. Let f have slope s on the side of 0 where
z lies, and slope o on the other. As long as z - d stays on its side, the contribution is

    abs(f(z) - f(z - d)) / abs(f(z)) = abs(d) / abs(z) = abs(x_i) abs(w_ij) / abs(z),

so its sum over the examples is abs(w_ij) times an entry of abs(X)^T (1 / abs(Z)), and the sum of
its squares is w_ij^2 times one of (X^2)^T (1 / Z^2): two matrix products for a whole layer.

Only a d of the sign of z, and larger than it, crosses the kink. An (example, unit) pair whose
abs(z) is above the largest such d is safe for all its weights, and goes into the products. The
others are near the kink. They stay out of the products (as a 0: to subtract them later would cancel
everything, since 1/z is unbounded) and are summed one by one, as

    abs(w) (min(q, cap) + o/s (q - cap)^+)    with  q = abs(x) / abs(z)  and  cap = 1 / abs(w),

where all terms are positive, so that nothing cancels.

The code follows that order: `_split` the inputs by sign, sum the pairs `_near_the_kink`, and add
the two products. It works in the dtype of W where the numbers and their squares fit into it, in
float64 elsewhere, and where they leave that, one contribution after another (`exact`).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from minirelprune.contribution.column import column_engine
from minirelprune.contribution.definition import EPSILON, Engine, Sums
from minirelprune.contribution.exact import exact_contributions, largest
from minirelprune.network.activations import Activation
from minirelprune.support.arrays import Array
from minirelprune.support.threads import share

# Of each dtype: an abs(z) below the first is summed exactly, as 1 / z^2 would leave the range; and
# the products fit if neither x, z and W nor x / z and w x / z are beyond the second.
TINY = {"float32": 1e-12, "float64": 1e-100}
RANGE = {"float32": 1e16, "float64": 1e140}
BLOCK = 1 << 18  # numbers summed at once: 1 MB of float32 stays in a core's cache
TOP = 8  # a unit's largest weights, whose moves are bounded one by one; the others, all together


class Side(NamedTuple):
    """The side of the kink on which z has this sign: f's slope there, and beyond the kink."""

    sign: int
    slope: float
    beyond: float
    epsilon: float  # what is added to abs(a) before dividing


class Kink(NamedTuple):
    """What is told of f, and how a silent example counts."""

    activation: Activation
    silent: str
    sides: list[Side]


class Part(NamedTuple):
    """The inputs of one sign: abs(x) where x has that sign, and 0 elsewhere."""

    sign: int
    x: Array  # (N, n_in)
    by_input: Array  # (n_in, N), the same numbers
    largest: Array  # (N,), the largest input of each example


def piecewise_linear_engine(W: Array, activation: Activation, silent: str) -> Engine:
    """Prepare the sums over examples of Eq. (1) and of its square, for every weight of a layer.

    Parameters
    ----------
    W : (n_in, n_out).
    activation : an f that is linear on either side of 0, with f(0) = 0, and does not turn there.
    silent : "zero", "skip" (the same sums: the examples count elsewhere) or "epsilon".

    Returns
    -------
    A function of x (N, n_in), of any sign, and z (N, n_out), which is x @ W + b, that gives the two
    sums, each (n_in, n_out), float64. The relative error of the mean, and that of sigma relative to
    the root mean square, is at most 2e-5 and 1e-4 in float32 and 1e-12 in float64, for any finite
    x, W and z whose contributions are above 1e-140; slopes that differ by more than a hundredfold
    cost as many digits more. The formula is taken on this very z: where it is near 0,
    Eq. (1) is ill-conditioned in z itself, and no way of summing changes that. Notebook 04 shows
    how far a float32 z moves the moments on MNIST.

    Raises
    ------
    ValueError : an f that rises on one side of 0 and falls on the other.
    """
    kink = Kink(activation, silent, _sides(activation, silent))
    wide = W.astype(np.float64)
    by_columns = column_engine(W, activation, silent, exact_contributions)

    def sums(x: Array, z: Array) -> Sums:
        if fits(x, z, W):
            return _products(x, z, W, kink)
        x, z = x.astype(np.float64), z.astype(np.float64)
        return _products(x, z, wide, kink) if fits(x, z, wide) else by_columns(x, z)

    return sums


def fits(x: Array, z: Array, W: Array) -> bool:
    """Whether the products and their squares stay within the range of this dtype."""
    tiny, limit = TINY[W.dtype.name], RANGE[W.dtype.name]
    large_x, large_z, large_w = map(largest, (x, z, W))
    steepest = large_x / tiny
    fainter = large_x >= large_z / limit  # not all contributions may be too small
    return fainter and max(large_x, large_z, large_w, steepest, steepest * large_w) <= limit


def _products(x: Array, z: Array, W: Array, kink: Kink) -> Sums:
    parts = _split(x)
    ratio, total = _near_the_kink(x, parts, z, W, kink)  # (n_out, N), and twice (n_out, n_in)
    ratio_squared, size = np.square(ratio), np.abs(W.T).astype(np.float64)
    for part in parts:
        total[0] += size * (ratio @ part.x)
        total[1] += np.square(size) * (ratio_squared @ np.square(part.by_input).T)
    return total[0].T, total[1].T


def _sides(activation: Activation, silent: str) -> list[Side]:
    left, right = activation.derivative(np.array([-1.0, 1.0])).tolist()
    if left * right < 0:
        raise ValueError(
            f"activation must not turn at 0, got {activation.name!r} with slopes {left} and {right}"
        )
    left, right = abs(left), abs(right)
    if silent == "epsilon":
        return [Side(1, right, left, EPSILON), Side(-1, left, right, EPSILON)]
    # Without epsilon Eq. (1) does not change when f is scaled: let the slope here be 1. Where it is
    # 0, a is 0, and every example is silent.
    both = ((1, right, left), (-1, left, right))
    return [Side(sign, 1.0, beyond / slope, 0.0) for sign, slope, beyond in both if slope]


def _split(x: Array) -> list[Part]:
    """The positive inputs, and, if there are any, the negative ones."""
    sizes = [np.maximum(x, 0), np.maximum(-x, 0)] if x.min() < 0 else [x]
    return [
        Part(sign, part, _transposed(part), part.max(axis=1))
        for sign, part in zip((1, -1), sizes, strict=False)
    ]


def _transposed(x: Array) -> Array:
    """A copy of x.T, made in strips: read and written through the cache, it takes half the time."""
    out = np.empty(x.T.shape, x.dtype)
    for start in range(0, len(x), 128):
        out[:, start : start + 128] = x[start : start + 128].T
    return out


def _near_the_kink(
    x: Array, parts: Sequence[Part], z: Array, W: Array, kink: Kink
) -> tuple[Array, Array]:
    """Tell safe pairs from those near the kink, and sum the latter.

    Returns what a safe pair has in place of 1 / abs(z), which is 0 for all other pairs, (n_out, N),
    and the two sums over the pairs near the kink, (2, n_out, n_in).
    """
    by_unit = _transposed(z)  # (n_out, N)
    ratio = np.zeros_like(by_unit)
    total = np.zeros((2, *W.T.shape))
    tiny = TINY[W.dtype.name]

    def work(units: range) -> None:
        buffer = np.empty((max(1, BLOCK // len(W)), len(W)), W.dtype)
        for j in units:
            at_kink = np.flatnonzero(np.abs(by_unit[j]) < tiny)
            _add_exactly(total[:, j], x[at_kink], W[:, j], by_unit[j, at_kink], kink, len(buffer))
            for side in kink.sides:
                u, w = by_unit[j] * side.sign, W[:, j] * side.sign  # u is abs(z), on this side
                here = u >= tiny
                near = here & (u < _reach(parts, w, side))
                _add(total[:, j], parts, np.flatnonzero(near), u, w, side, buffer)
                size = side.slope * np.maximum(u, tiny) + side.epsilon
                ratio[j] += side.slope / size * (here & ~near)

    share(work, len(by_unit))  # units are independent
    return ratio, total


def _add_exactly(total: Array, x: Array, w: Array, z: Array, kink: Kink, rows: int) -> None:
    """Add one unit's examples with z at the kink to its total (2, n_in)."""
    for start in range(0, len(x), rows):
        some = slice(start, start + rows)
        c = exact_contributions(x[some], w, z[some, None], kink.activation, kink.silent)
        total[0] += c.sum(axis=0)
        total[1] += np.einsum("nk,nk->k", c, c)


def _reach(parts: Sequence[Part], w: Array, side: Side) -> Array:
    """A bound on how far the loss of one weight of a unit moves z towards the kink: (N,)."""
    reach = np.zeros(parts[0].largest.shape, w.dtype)
    if side.slope == side.beyond:
        return reach  # no kink
    for part in parts:
        towards = w * part.sign
        top = np.argsort(-towards)[: TOP + 1]
        for i in top[:-1]:
            np.maximum(reach, part.by_input[i] * towards[i], out=reach)
        np.maximum(reach, part.largest * max(towards[top[-1]], 0), out=reach)
    return reach * (1 + 4 * np.finfo(w.dtype).eps)  # a bound, in spite of rounding


def _add(
    total: Array,
    parts: Sequence[Part],
    examples: NDArray[np.intp],
    u: Array,
    w: Array,
    side: Side,
    buffer: Array,
) -> None:
    """Add one unit's examples near the kink to its total (2, n_in)."""
    size = np.abs(w).astype(np.float64)
    with np.errstate(divide="ignore"):
        inverse = 1 / np.abs(w)
    for start in range(0, len(examples), len(buffer)):
        n = examples[start : start + len(buffer)]
        for part in parts:
            x = np.take(part.x, n, axis=0, out=buffer[: len(n)], mode="clip")
            if side.slope:
                cap = np.where(w * part.sign > 0, inverse, np.inf).astype(w.dtype)
                c = _over_weight(x, u[n, None], cap, side)
                total[0] += size * c.sum(axis=0)
                total[1] += np.square(size) * np.einsum("nk,nk->k", c, c)
            else:
                c = _from_silence(x, u[n, None], w * part.sign, side)
                total[0] += c.sum(axis=0)
                total[1] += np.einsum("nk,nk->k", c, c)


def _over_weight(x: Array, u: Array, cap: Array, side: Side) -> Array:
    """The contributions divided by abs(w), (n, n_in), in the memory of x; u is (n, 1)."""
    q = np.multiply(x, 1 / u, out=x)
    beyond = side.beyond * np.maximum(q - cap, 0) if side.beyond else 0
    np.minimum(q, cap, out=q)
    if side.beyond or side.epsilon:
        return (side.slope * q + beyond) * (u / (side.slope * u + side.epsilon))
    return q


def _from_silence(x: Array, u: Array, w: Array, side: Side) -> Array:
    """The contributions, (n, n_in), of a unit that is silent on this side, with epsilon."""
    beyond_kink = x.astype(np.float64) * w - u  # in float64: the two may be equal but for a digit
    return side.beyond / side.epsilon * np.maximum(beyond_kink, 0)
