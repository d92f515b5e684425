"""The sums of Eq. (1) over a data set by a closed form, for the sigmoid and tanh.

Without weight (i, j), z becomes z - d with d = x_i w_ij. The new output need not be evaluated, nor
subtracted from the old one, which for a small d would leave few digits. For the sigmoid s,

    (s(z) - s(z - d)) / s(z) = (exp(d) - 1) / (exp(d) + exp(z)) = t / (k (1 - t) + t)

with t = tanh(d / 2) and k = (1 + exp(z)) / 2. As tanh(z) = 2 s(2z) - 1, the same with 2d and 2z
serves tanh, times 2 s(2z) / tanh(z). Here k and the factor depend on z alone. For a small d a
fraction of two polynomials, p / q, is tanh to the last digit of float32, and takes a few products:
Lambert's continued fraction, cut after the fifth term. Where x_i is 0, so is the contribution: it
is passed over.

The denominator, (exp(d) + exp(z)) / (1 + exp(d)), keeps its digits as long as exp(d), or exp(z), is
not small beside 1. An input for which that, or the range of the dtype, is in doubt goes one
contribution after another (`exact`).
"""

import numpy as np
from numpy.typing import NDArray

from minirelprune.contribution.column import column_engine
from minirelprune.contribution.definition import Engine, Sums, divisor_in_sums
from minirelprune.contribution.exact import STEEPNESS, exact_contributions, largest
from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.support import checks
from minirelprune.support.arrays import Array, Mask
from minirelprune.support.threads import share

BLOCK = 1 << 18  # numbers in an array: 1 MB of float32, so that the next step finds it in the cache
NEAR = 4.0  # for abs(d) up to this the denominator keeps all but two of its digits
CLOSE = 1.0  # for abs(d) / 2 up to this p / q is within 7e-8 of tanh, half a digit of float32

# Of each dtype: exp of the first and the square of the second are within its range.
FAR = {"float32": 80.0, "float64": 300.0}
LARGE = {"float32": 1e15, "float64": 1e140}


def smooth_engine(W: Array, activation: Activation, silent: str) -> Engine:
    """Prepare the sums over examples of Eq. (1) and of its square, for every weight of a layer.

    Parameters
    ----------
    W : (n_in, n_out).
    activation : the sigmoid or tanh.
    silent : "zero", "skip" (the same sums: the examples count elsewhere) or "epsilon".

    Returns
    -------
    A function of x (N, n_in) and z (N, n_out), which is x @ W + b, that gives the two sums, each
    (n_in, n_out), float64. The relative error of the mean, and that of sigma relative to the root
    mean square, is at most 2e-5 and 1e-4 in float32 and 1e-12 in float64, for any finite x, W and z
    with abs(z) <= 700. Contributions below 1e-30 (float32) or 1e-140 may become 0.

    Raises
    ------
    ValueError : an f whose closed form is not known here.
    """
    checks.one_of('the name of an activation with engine="smooth"', activation.name, STEEPNESS)

    def sums(x: Array, z: Array) -> Sums:
        total, fine = np.zeros((2, *W.shape)), np.zeros(len(W), np.bool_)
        if STEEPNESS[activation.name] * largest(z) <= FAR[W.dtype.name]:
            by_input, factor = np.ascontiguousarray(x.T), _factor(z, activation, silent)
            fine = fits(by_input, W, activation, factor)
            total = _closed_form(by_input, z, W, activation, factor, np.flatnonzero(fine))
        if not fine.all():
            far = column_engine(W[~fine], activation, silent, exact_contributions)
            total[:, ~fine] = far(x[:, ~fine], z)
        return total[0], total[1]

    return sums


def _factor(z: Array, activation: Activation, silent: str) -> Array | None:
    """What e / (k + e) is multiplied with, (N, n_out), a function of z; None if it is 1."""
    steepness = STEEPNESS[activation.name]
    if steepness == 1 and silent != "epsilon":
        return None
    size = divisor_in_sums(activation(z), silent)
    with np.errstate(over="ignore"):
        factor: Array = steepness * ACTIVATIONS["sigmoid"](steepness * z) / size
    return factor


def fits(by_input: Array, W: Array, activation: Activation, factor: Array | None) -> Mask:
    """For which inputs, (n_in, N), the closed form keeps its digits in this dtype: (n_in,)."""
    if factor is not None and factor.max() > LARGE[W.dtype.name]:
        return np.zeros(len(W), np.bool_)
    size_x = np.maximum(by_input.max(axis=1), -by_input.min(axis=1)).astype(np.float64)
    fine: Mask = STEEPNESS[activation.name] * size_x * np.abs(W).max(axis=1) <= NEAR
    return fine


def _closed_form(
    by_input: Array,
    z: Array,
    W: Array,
    activation: Activation,
    factor: Array | None,
    fine: NDArray[np.intp],
) -> Array:
    """Both sums, (2, n_in, n_out), for the inputs that fit; 0 for the others."""
    steepness = STEEPNESS[activation.name]
    half = W * W.dtype.type(steepness / 2)
    k = (1 + np.exp(steepness * z)) / 2
    total = np.zeros((2, *W.shape))
    rows = min(len(z), max(1, BLOCK // z.shape[1]))

    def work(inputs: range) -> None:
        spare = np.empty((4, rows, z.shape[1]), z.dtype)  # new arrays would cost more
        for i in fine[inputs]:
            x, w = by_input[i], half[i]
            mixed = x.min() < 0 < x.max()
            close = z.dtype == np.float32 and largest(x) * largest(w) <= CLOSE
            alight = np.flatnonzero(x)
            for start in range(0, len(alight), rows):
                n = alight[start : start + rows]
                u, p, q, taken = spare[:, : len(n)]
                np.einsum("n,j->nj", x[n], w, out=u)  # d / 2, sooner than multiply
                c = _ratio(u, p, q, _rows(k, n, taken), close)
                if factor is not None:
                    c *= _rows(factor, n, taken)
                if mixed:  # else each column of c has one sign
                    np.abs(c, out=c)
                total[0, i] += np.abs(c.sum(axis=0))
                total[1, i] += np.einsum("nj,nj->j", c, c)

    share(work, len(fine))  # inputs are independent
    return total


def _ratio(u: Array, p: Array, q: Array, k: Array, close: bool) -> Array:
    """p / (k (q - p) + p), where p / q is tanh(u), in the memory of u; p and q are spare."""
    if close:  # p = u (945 + 105 u^2 + u^4), q = 945 + 420 u^2 + 15 u^4
        np.multiply(u, u, out=q)
        np.add(q, 105, out=p)
        p *= q
        p += 945
        p *= u
        np.multiply(q, 15, out=u)
        u += 420
        q *= u
        q += 945
        q -= p
    else:
        np.tanh(u, out=p)
        np.subtract(1, p, out=q)
    q *= k
    q += p
    return np.divide(p, q, out=u)


def _rows(array: Array, n: NDArray[np.intp], spare: Array) -> Array:
    """The rows n of an array, in rising order, copied into `spare` unless none is left out."""
    if n[-1] - n[0] == len(n) - 1:
        return array[n[0] : n[-1] + 1]
    return np.take(array, n, axis=0, out=spare, mode="clip")
