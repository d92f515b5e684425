"""The sums of Eq. (1) over a data set by a closed form, for the sigmoid and tanh.

Without weight (i, j), z becomes z - d with d = x_i w_ij. The new output need not be evaluated, nor
subtracted from the old one, which for a small d would leave few digits. For the sigmoid s,

    (s(z) - s(z - d)) / s(z) = e / (k + e)    with  e = exp(d) - 1  and  k = 1 + exp(z),

and as tanh(z) = 2 s(2z) - 1, the same with 2d and 2z serves tanh, times 2 s(2z) / tanh(z). Here k
and the factor depend on z alone. Where x_i is 0, so is the contribution: it is passed over.

Where the exponentials would leave float32, the "column" engine serves.
"""

import numpy as np
from numpy.typing import NDArray

from minirelprune.contribution.column import column_engine
from minirelprune.contribution.definition import Engine, Sums, divisor_in_sums
from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.support import checks
from minirelprune.support.arrays import Array
from minirelprune.support.threads import share

STEEPNESS = {"sigmoid": 1, "tanh": 2}
FAR = 80.0  # exp of this is within float32, with room to spare
BLOCK = 1 << 18  # numbers in an array: 1 MB of float32, so that the next step finds it in the cache


def fits(x: Array, z: Array, W: Array, activation: Activation) -> bool:
    """Whether the closed form is within the range of float32 for these examples."""
    reach = np.abs(x).max() * np.abs(W).max() + np.abs(z).max()
    return bool(STEEPNESS[activation.name] * reach < FAR)


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
    (n_in, n_out), float64.

    Raises
    ------
    ValueError : an f whose closed form is not known here.
    """
    checks.one_of('the name of an activation with engine="smooth"', activation.name, STEEPNESS)
    far = column_engine(W, activation, silent)

    def sums(x: Array, z: Array) -> Sums:
        if fits(x, z, W, activation):
            return _closed_form(x, z, W, activation, silent)
        return far(x, z)

    return sums


def _closed_form(x: Array, z: Array, W: Array, activation: Activation, silent: str) -> Sums:
    steepness = STEEPNESS[activation.name]
    slope = W * W.dtype.type(steepness)
    k = 1 + np.exp(steepness * z)
    size = divisor_in_sums(activation(z), silent)
    factor = steepness * ACTIVATIONS["sigmoid"](steepness * z) / size
    weighted = steepness != 1 or silent == "epsilon"  # else the factor is 1
    total = np.zeros((2, *W.shape))
    by_input = np.ascontiguousarray(x.T)
    rows = min(len(z), max(1, BLOCK // z.shape[1]))

    def work(inputs: range) -> None:
        spare = np.empty((3, rows, z.shape[1]), z.dtype)  # new arrays would cost more
        for i in inputs:
            mixed = by_input[i].min() < 0 < by_input[i].max()
            alight = np.flatnonzero(by_input[i])
            for start in range(0, len(alight), rows):
                n = alight[start : start + rows]
                e, c, f = spare[:, : len(n)]
                np.einsum("n,j->nj", by_input[i, n], slope[i], out=e)  # d, sooner than multiply
                np.expm1(e, out=e)
                np.add(_rows(k, n, c), e, out=c)
                np.divide(e, c, out=c)
                if weighted:
                    c *= _rows(factor, n, f)
                if mixed:  # else each column of c has one sign
                    np.abs(c, out=c)
                total[0, i] += np.abs(c.sum(axis=0))
                total[1, i] += np.einsum("nj,nj->j", c, c)

    share(work, len(W))  # inputs are independent
    return total[0], total[1]


def _rows(array: Array, n: NDArray[np.intp], spare: Array) -> Array:
    """The rows n of an array, in rising order, copied into `spare` unless none is left out."""
    if n[-1] - n[0] == len(n) - 1:
        return array[n[0] : n[-1] + 1]
    return np.take(array, n, axis=0, out=spare, mode="clip")
