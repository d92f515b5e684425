"""The sums of Eq. (1) over a data set by matrix products, for piecewise-linear f.

Without weight (i, j), z becomes z - d with d = x_i w_ij. Let f have slope s on the side of 0 where
z lies, and slope o on the other. As long as z - d stays on its side, the contribution is

    abs(f(z) - f(z - d)) / abs(f(z)) = abs(d) / abs(z) = abs(x_i) abs(w_ij) / abs(z),

so its sum over the examples is abs(w_ij) times an entry of abs(X)^T (1 / abs(Z)), and the sum of
its squares is w_ij^2 times one of (X^2)^T (1 / Z^2): two matrix products for a whole layer.

Only a d of the sign of z, and larger than it, crosses the kink. An (example, unit) pair with
abs(z) above the largest such d is safe for all its weights and goes into the products. The others
are taken out of them (set to 0, not subtracted later: 1/z is unbounded, and the difference of two
huge sums is noise) and summed directly, in the form

    abs(w) (min(q, cap) + o/s (q - cap)^+)    with  q = abs(x) / abs(z)  and  cap = 1 / abs(w),

where every term is positive, so that nothing cancels.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from minirelprune.activations import Activation
from minirelprune.arrays import Array
from minirelprune.contribution import EPSILON

TINY = 1e-12  # abs(z) below this is summed directly, in float64: 1/z^2 would leave float32
BLOCK = 1 << 18  # numbers a direct sum holds at once: 1 MB of float32, inside a core's cache


class Side(NamedTuple):
    """One side of the kink, and the (example, unit) pairs that lie there."""

    here: NDArray[np.bool_]  # (N, n_out), the pairs
    u: Array  # (N, n_out), abs(z), above 0
    slope: float  # s, of f on this side
    beyond: float  # o, of f on the other
    toward: Array  # (n_in, n_out), W or -W: positive where the loss of a weight moves z to the kink
    epsilon: float  # what is added to abs(a) before dividing


def gemm_sums(
    x: Array, z: Array, W: Array, activation: Activation, silent: str
) -> tuple[Array, Array]:
    """The sums over the examples of Eq. (1) and of its square, for every weight of a layer.

    Parameters
    ----------
    x : (N, n_in), the layer's input, of any sign.
    z : (N, n_out), x @ W + b. The formula is taken on this very z: where it is near 0, Eq. (1) is
        ill-conditioned in z itself, and no way of summing mends that.
    W : (n_in, n_out).
    activation : a piecewise-linear f: relu, leaky_relu or identity.
    silent : "zero", "skip" (the same sums: the examples count elsewhere) or "epsilon".

    Returns
    -------
    Two (n_in, n_out) float64 arrays.
    """
    parts = [np.maximum(x, 0), np.maximum(-x, 0)] if (x < 0).any() else [x]
    sums = np.zeros((2, *W.shape))
    for side in _sides(z, W, activation, silent):
        unsafe = side.here & (side.u < np.maximum(_reach(parts, side.toward), TINY))
        sums += _safe_sums(x, W, side, side.here & ~unsafe)
        sums += _unsafe_sums(parts, side, unsafe)
    return sums[0], sums[1]


def _sides(z: Array, W: Array, activation: Activation, silent: str) -> list[Side]:
    left, right = activation.derivative(np.array([-1.0, 1.0])).tolist()
    u = np.maximum(np.abs(z), np.finfo(z.dtype).tiny)
    if silent == "epsilon":
        return [Side(z > 0, u, right, left, W, EPSILON), Side(z <= 0, u, left, right, -W, EPSILON)]
    # Without epsilon Eq. (1) does not change when f is scaled: let s be 1. Where s is 0, a is 0,
    # every example is silent, and there is nothing to sum.
    sides = [Side(z > 0, u, 1.0, left / right, W, 0.0)]
    return [*sides, Side(z < 0, u, 1.0, right / left, -W, 0.0)] if left else sides


def _reach(parts: Sequence[Array], toward: Array) -> Array:
    """The largest move towards the kink that the loss of any one weight makes: (N, n_out)."""
    moves = [
        part.max(axis=1)[:, None] * np.maximum(w, 0).max(axis=0)
        for part, w in zip(parts, (toward, -toward), strict=False)
    ]
    largest: Array = np.maximum.reduce(moves)
    return largest


def _safe_sums(x: Array, W: Array, side: Side, safe: NDArray[np.bool_]) -> Array:
    """The pairs that cannot cross: sums of abs(x) abs(w) / abs(z) and of its square."""
    ratio = np.where(safe, side.slope / (side.slope * side.u + side.epsilon), 0).astype(x.dtype)
    s1 = np.abs(x).T @ ratio  # (n_in, n_out)
    s2 = np.square(x).T @ np.square(ratio)
    return np.stack([np.abs(W) * s1, np.square(W) * s2])


def _unsafe_sums(parts: Sequence[Array], side: Side, unsafe: NDArray[np.bool_]) -> Array:
    """The pairs that may cross, unit by unit: units are independent, so threads share them."""
    n_in, n_out = side.toward.shape
    sums = np.zeros((2, n_in, n_out))
    unsafe_by_unit = np.ascontiguousarray(unsafe.T)

    def work(units: range) -> None:
        buffer = np.empty((max(1, BLOCK // n_in), n_in), side.u.dtype)
        for j in units:
            examples = np.flatnonzero(unsafe_by_unit[j])
            for start in range(0, len(examples), len(buffer)):
                n = examples[start : start + len(buffer)]
                for part, w in zip(parts, (side.toward[:, j], -side.toward[:, j]), strict=False):
                    q = np.take(part, n, axis=0, out=buffer[: len(n)], mode="clip")
                    sums[:, :, j] += _direct(q, side.u[n, j, None], w, side)

    threads = os.cpu_count() or 1
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, [range(k, n_out, threads) for k in range(threads)]))
    return sums


def _direct(q: Array, u: Array, w: Array, side: Side) -> Array:
    """The sums over the examples for one unit: q = abs(x) (n, n_in) is overwritten, u is (n, 1)."""
    if u.min() < TINY:
        q, u = q.astype(np.float64), u.astype(np.float64)
    with np.errstate(divide="ignore"):
        cap = np.where(w > 0, 1 / np.abs(w), np.inf).astype(q.dtype)
    q *= 1 / u
    excess = np.maximum(q - cap, 0) if side.beyond else None  # (q - cap)^+
    np.minimum(q, cap, out=q)
    if side.slope != 1:
        q *= side.slope
    if excess is not None:
        q += side.beyond * excess
    if side.epsilon:
        q *= u / (side.slope * u + side.epsilon)
    return np.stack([np.abs(w) * q.sum(axis=0), np.square(w) * np.einsum("nk,nk->k", q, q)])
