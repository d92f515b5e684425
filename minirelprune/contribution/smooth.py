"""The sums of Eq. (1) over a data set by a closed form, for the sigmoid and tanh.

Without weight (i, j), z becomes z - d with d = x_i w_ij. The new output need not be evaluated, nor
subtracted from the old one, which for a small d would leave few digits. For the sigmoid s,

    (s(z) - s(z - d)) / s(z) = e / (k + e)    with  e = exp(d) - 1  and  k = 1 + exp(z),

and as tanh(z) = 2 s(2z) - 1, the same with 2d and 2z serves tanh, times 2 s(2z) / tanh(z). Here k
and the factor depend on z alone. Where x_i is 0, so is the contribution: it is passed over.

The sum k + e = exp(z) + exp(d) keeps its digits as long as exp(d), or exp(z), is not small beside
1. An input for which that, or the range of the dtype, is in doubt goes one contribution after
another (`exact`).
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
NEAR = 4.0  # abs(d) up to this, k + e keeps all but two of its digits

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
    slope = W * W.dtype.type(steepness)
    k = 1 + np.exp(steepness * z)
    total = np.zeros((2, *W.shape))
    rows = min(len(z), max(1, BLOCK // z.shape[1]))

    def work(inputs: range) -> None:
        spare = np.empty((3, rows, z.shape[1]), z.dtype)  # new arrays would cost more
        for i in fine[inputs]:
            mixed = by_input[i].min() < 0 < by_input[i].max()
            alight = np.flatnonzero(by_input[i])
            for start in range(0, len(alight), rows):
                n = alight[start : start + rows]
                e, c, f = spare[:, : len(n)]
                np.einsum("n,j->nj", by_input[i, n], slope[i], out=e)  # d, sooner than multiply
                np.expm1(e, out=e)
                np.add(_rows(k, n, c), e, out=c)
                np.divide(e, c, out=c)
                if factor is not None:
                    c *= _rows(factor, n, f)
                if mixed:  # else each column of c has one sign
                    np.abs(c, out=c)
                total[0, i] += np.abs(c.sum(axis=0))
                total[1, i] += np.einsum("nj,nj->j", c, c)

    share(work, len(fine))  # inputs are independent
    return total


def _rows(array: Array, n: NDArray[np.intp], spare: Array) -> Array:
    """The rows n of an array, in rising order, copied into `spare` unless none is left out."""
    if n[-1] - n[0] == len(n) - 1:
        return array[n[0] : n[-1] + 1]
    return np.take(array, n, axis=0, out=spare, mode="clip")
