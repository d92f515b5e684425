"""The sums of Eq. (1) over a data set by the paper's speed-up (Fig. 3), for any f.

Input i is taken out of all units at once: z becomes z - x_i w_i, where w_i is row i of W, and one
evaluation of f gives the outputs of all units without that input.
"""

import numpy as np

from minirelprune.contribution.definition import Engine, Sums, divisor_in_sums, relative_change
from minirelprune.network.activations import Activation
from minirelprune.support.arrays import Array


def column_engine(W: Array, activation: Activation, silent: str) -> Engine:
    """Prepare the sums over examples of Eq. (1) and of its square, for every weight of a layer.

    Parameters
    ----------
    W : (n_in, n_out).
    activation : any f.
    silent : "zero", "skip" (the same sums: the examples count elsewhere) or "epsilon".

    Returns
    -------
    A function of x (N, n_in) and z (N, n_out), which is x @ W + b, that gives the two sums, each
    (n_in, n_out), float64.

    Source: section 2.2 of the paper and Fig. 3.

    >>> from minirelprune.network.activations import ACTIVATIONS
    >>> x, W = np.array([[1.0, 2.0, 3.0]]), np.array([[0.5], [1.0], [0.5]])
    >>> total, _ = column_engine(W, ACTIVATIONS["relu"], "zero")(x, x @ W)
    >>> total[:, 0]
    array([0.125, 0.5  , 0.375])
    """

    def sums(x: Array, z: Array) -> Sums:
        total, total_squares = np.zeros(W.shape), np.zeros(W.shape)
        a = activation(z)  # (N, n_out)
        size = divisor_in_sums(a, silent)
        with np.errstate(over="ignore"):
            for i in range(len(W)):
                a_without = activation(z - x[:, i : i + 1] * W[i])  # (N, n_out), without input i
                total[i], total_squares[i] = _summed(a, a_without, size)
                if not np.isfinite(total_squares[i]).all():  # a near 0: c^2 is beyond float32
                    wide = (array.astype(np.float64) for array in (a, a_without, size))
                    total[i], total_squares[i] = _summed(*wide)
        return total, total_squares

    return sums


def _summed(a: Array, a_without: Array, size: Array) -> Sums:
    c = relative_change(a, a_without, size)
    return c.sum(axis=0), np.einsum("nj,nj->j", c, c)
