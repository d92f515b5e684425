"""What the matrix products of a piecewise-linear layer leave out: weights that cross the kink at 0.

Let r = d / z, where the loss of a weight moves z by d. A weight crosses the kink where r > 1. There
its contribution is not r, which the products of `piecewise_linear` assume, but

    1 + o/s (r - 1) = r + g (r - 1)  with  g = o/s - 1,

for slopes s on the side of z and o beyond the kink. So the sum over examples lacks g times the sum
of r - 1 over those that cross, and the sum of squares, as r^2 = ((r - 1) + 1)^2, lacks

    2 g  sum of (r - 1)  +  g (2 + g)  sum of (r - 1)^2.

Few weights of few (example, unit) pairs cross: a pair is near the kink if its abs(z) is below a
bound on the largest such d, and weights in the order of their largest moves show which ones can.

Where g < 0, as for ReLU on its active side, the correction is a subtraction, and 1/z is unbounded:
pairs closer to the kink than a quarter of the bound stay out of the products (as a 0 in place of
1/abs(z)) and are summed one by one, for all weights. So are all pairs near the kink where epsilon
is added to abs(a), and pairs with abs(z) below TINY.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from minirelprune.contribution.definition import EPSILON
from minirelprune.contribution.exact import exact_contributions
from minirelprune.network.activations import Activation
from minirelprune.support.arrays import Array, Mask
from minirelprune.support.threads import share

TINY = {"float32": 1e-12, "float64": 1e-100}  # of abs(z): below it 1 / z^2 would leave the dtype
BLOCK = 1 << 16  # numbers corrected at once: they stay in a core's cache
TOP = 8  # a unit's largest weights, whose moves are bounded one by one; the others, all together
CLOSE = 1 / 4  # of the bound: a subtraction then loses at most a factor 1 / CLOSE^2 of digits


class Side(NamedTuple):
    """The side of the kink on which z has this sign: f's slope there, and beyond the kink."""

    sign: int
    slope: float
    beyond: float
    epsilon: float  # what is added to abs(a) before dividing

    def by_products(self, u: Array, reach: Array) -> Mask:
        """Which examples go into the products: u (N,) is abs(z), a pair below `reach` is near."""
        subtracts = self.beyond < self.slope
        safe: Mask = u >= reach * (1 if self.epsilon else CLOSE if subtracts else 0)
        return safe


class Kink(NamedTuple):
    """What is told of f, and how a silent example counts."""

    activation: Activation
    silent: str
    sides: list[Side]


class Inputs(NamedTuple):
    """The inputs of a layer, and how large they are: positive ones, then negative ones."""

    by_input: Array  # (n_in, N)
    of_examples: tuple[Array, Array]  # twice (N,)
    of_inputs: tuple[Array, Array]  # twice (n_in,)


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


def inverse_sizes(x: Array, z: Array, W: Array, kink: Kink) -> tuple[Array, Array]:
    """What stands for 1 / abs(z) in the products, and what they lack.

    Returns (n_out, N), 0 for pairs that are summed here, and the two sums of what the products
    lack, (2, n_out, n_in), float64.
    """
    by_unit, inputs = _transposed(z), _described(x)
    inverse = np.zeros_like(by_unit)
    lacking = np.zeros((2, *W.T.shape))
    tiny = TINY[W.dtype.name]

    def work(units: range) -> None:
        for j in units:
            at_kink = np.flatnonzero(np.abs(by_unit[j]) < tiny)
            _add_exactly(lacking[:, j], x[at_kink], W[:, j], by_unit[j, at_kink], kink)
            for side in kink.sides:
                u, w = by_unit[j] * side.sign, W[:, j] * side.sign  # u is abs(z), on this side
                here, reach = u >= tiny, _reach(inputs, w, side)
                safe = side.by_products(u, reach)
                _add(lacking[:, j], x, np.flatnonzero(here & ~safe), u, w, side)
                if not side.epsilon:
                    near = np.flatnonzero(here & safe & (u < reach))
                    _correct(lacking[:, j], x, inputs, near, u, w, side)
                size = side.slope * np.maximum(u, tiny) + side.epsilon
                inverse[j] += side.slope / size * (here & safe)

    share(work, len(by_unit))  # units are independent
    return inverse, lacking


def _transposed(x: Array) -> Array:
    """A copy of x.T, made in strips: read and written through the cache, it takes half the time."""
    out = np.empty(x.T.shape, x.dtype)
    for start in range(0, len(x), 128):
        out[:, start : start + 128] = x[start : start + 128].T
    return out


def _described(x: Array) -> Inputs:
    by_input = _transposed(x)
    of_examples, of_inputs = (
        (np.maximum(x.max(axis=axis), 0), np.maximum(-x.min(axis=axis), 0)) for axis in (1, 0)
    )
    return Inputs(by_input, of_examples, of_inputs)


def _reach(inputs: Inputs, w: Array, side: Side) -> Array:
    """A bound on how far the loss of one weight of a unit moves z towards the kink: (N,)."""
    reach = np.zeros(len(inputs.of_examples[0]), w.dtype)
    if side.slope == side.beyond:
        return reach  # no kink
    for largest, towards in zip(inputs.of_examples, (w, -w), strict=True):
        if not largest.any():
            continue
        top = np.argsort(-towards)[: TOP + 1]
        for i in top[:-1]:
            np.maximum(reach, inputs.by_input[i] * w[i], out=reach)
        np.maximum(reach, largest * max(towards[top[-1]], 0), out=reach)
    return reach * (1 + 4 * np.finfo(w.dtype).eps)  # a bound, in spite of rounding


def _correct(
    lacking: Array, x: Array, inputs: Inputs, near: NDArray[np.intp], u: Array, w: Array, side: Side
) -> None:
    """Add what one unit's products lack on the examples near the kink, to (2, n_in)."""
    positive, negative = inputs.of_inputs
    farthest = np.maximum(positive * w, negative * -w)  # the largest move of each weight
    order = np.argsort(-farthest)
    near = near[np.argsort(u[near])]  # the farther from the kink, the fewer weights can cross
    gain = side.beyond / side.slope - 1
    while len(near):
        crossing = order[: np.count_nonzero(farthest >= u[near[0]])]
        if not len(crossing):
            break
        n, near = np.split(near, [max(1, BLOCK // len(crossing))])
        n = np.sort(n)
        r = np.take(x[n], crossing, axis=1).astype(w.dtype, copy=False)
        r *= w[crossing]
        r *= 1 / u[n, None]
        r -= 1
        over = np.maximum(r, 0, out=r)
        once, squared = over.sum(axis=0), np.einsum("nk,nk->k", over, over)
        lacking[0, crossing] += gain * once
        lacking[1, crossing] += 2 * gain * once + gain * (2 + gain) * squared


def _add(
    total: Array, x: Array, examples: NDArray[np.intp], u: Array, w: Array, side: Side
) -> None:
    """Add one unit's contributions on some examples, for all its weights, to (2, n_in)."""
    rows = max(1, BLOCK // len(w))
    for start in range(0, len(examples), rows):
        n = examples[start : start + rows]
        c = _contributions(x[n], u[n, None], w, side)
        total[0] += c.sum(axis=0)
        total[1] += np.einsum("nk,nk->k", c, c)


def _contributions(x: Array, u: Array, w: Array, side: Side) -> Array:
    """Eq. (1) of one unit's weights, (n, n_in); u is (n, 1)."""
    if not side.slope:  # silent here, with epsilon; in float64: d and u may nearly be equal
        d = x.astype(np.float64) * w
        return side.beyond / side.epsilon * np.maximum(d - u, 0)
    r = x * (1 / u) * w
    c = np.abs(np.minimum(r, 1))
    if side.beyond:
        c += side.beyond / side.slope * np.maximum(r - 1, 0)
    return c * (side.slope * u / (side.slope * u + side.epsilon)) if side.epsilon else c


def _add_exactly(total: Array, x: Array, w: Array, z: Array, kink: Kink) -> None:
    """Add one unit's examples with z at the kink to its total (2, n_in)."""
    rows = max(1, BLOCK // len(w))
    for start in range(0, len(x), rows):
        some = slice(start, start + rows)
        c = exact_contributions(x[some], w, z[some, None], kink.activation, kink.silent)
        total[0] += c.sum(axis=0)
        total[1] += np.einsum("nk,nk->k", c, c)
