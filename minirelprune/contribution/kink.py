"""The (example, unit) pairs of a piecewise-linear layer in which a weight may cross the kink at 0.

`piecewise_linear` says what is summed here, and why these pairs stay out of its products.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from minirelprune.contribution.definition import EPSILON
from minirelprune.contribution.exact import exact_contributions
from minirelprune.network.activations import Activation
from minirelprune.support.arrays import Array
from minirelprune.support.threads import share

TINY = {
    "float32": 1e-12,
    "float64": 1e-100,
}  # of abs(z): below it 1 / z^2 would leave the dtype, and sums are exact
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


def sides_of(activation: Activation, silent: str) -> list[Side]:
    """The sides of the kink on which an example counts."""
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


def split(x: Array) -> list[Part]:
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


def near_the_kink(
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
