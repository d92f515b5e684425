"""The sums of Eq. (1) over a data set by the paper's speed-up (Fig. 3), for any f.

Input i is taken out of all units at once: z becomes z - x_i w_i, where w_i is row i of W, and one
evaluation of f gives the outputs of all units without that input.
"""

from collections.abc import Callable

import numpy as np

from minirelprune.contribution.definition import Engine, Sums
from minirelprune.contribution.exact import difference
from minirelprune.network.activations import Activation
from minirelprune.support.arrays import Array
from minirelprune.support.threads import share

Contributions = Callable[[Array, Array, Array, Activation, str], Array]


def column_engine(
    W: Array, activation: Activation, silent: str, contributions: Contributions = difference
) -> Engine:
    """Prepare the sums over examples of Eq. (1) and of its square, for every weight of a layer.

    Parameters
    ----------
    W : (n_in, n_out).
    activation : any f.
    silent : "zero", "skip" (the same sums: the examples count elsewhere) or "epsilon".
    contributions : how one weight of each unit is taken out: `difference`, as printed, or
        `exact_contributions`, where another engine needs all digits.

    Returns
    -------
    A function of x (N, n_in) and z (N, n_out), which is x @ W + b, that gives the two sums, each
    (n_in, n_out), float64. They are as exact as `contributions`.

    Source: section 2.2 of the paper and Fig. 3.

    >>> from minirelprune.network.activations import ACTIVATIONS
    >>> x, W = np.array([[1.0, 2.0, 3.0]]), np.array([[0.5], [1.0], [0.5]])
    >>> total, _ = column_engine(W, ACTIVATIONS["relu"], "zero")(x, x @ W)
    >>> total[:, 0]
    array([0.125, 0.5  , 0.375])
    """

    W = W.astype(np.float64)

    def sums(x: Array, z: Array) -> Sums:
        x, z = x.astype(np.float64), z.astype(np.float64)
        total = np.zeros((2, *W.shape))

        def work(inputs: range) -> None:
            for i in inputs:
                c = contributions(x[:, i : i + 1], W[i], z, activation, silent)  # (N, n_out)
                total[0, i], total[1, i] = c.sum(axis=0), np.einsum("nj,nj->j", c, c)

        share(work, len(W))  # inputs are independent
        return total[0], total[1]

    return sums
