"""The sums of Eq. (1) over a data set by matrix products, for piecewise-linear f.

Without weight (i, j), z becomes z - d with d = x_i w_ij. Let f have slope s on the side of 0 where
z lies, and slope o on the other. As long as z - d stays on its side, the contribution is

    abs(f(z) - f(z - d)) / abs(f(z)) = abs(d) / abs(z) = abs(x_i) abs(w_ij) / abs(z),

so its sum over the examples is abs(w_ij) times an entry of abs(X)^T (1 / abs(Z)), and the sum of
its squares is w_ij^2 times one of (X^2)^T (1 / Z^2): two matrix products for a whole layer.

Only a d of the sign of z, and larger than it, crosses the kink, and there the contribution is
another. `kink` finds the few weights that cross on some example, says what the products lack of
their sums, and which (example, unit) pairs stay out of the products because a subtraction would
cancel all digits.

The code works in the dtype of W where the numbers and their squares fit into it, in float64
elsewhere, and where they leave that, one contribution after another (`exact`).
"""

import numpy as np

from minirelprune.contribution.column import column_engine
from minirelprune.contribution.definition import Engine, Sums
from minirelprune.contribution.exact import exact_contributions, largest
from minirelprune.contribution.kink import TINY, Kink, inverse_sizes, sides_of
from minirelprune.network.activations import Activation
from minirelprune.support.arrays import Array

# Of each dtype: the products fit if neither x, z and W nor x / z and w x / z are beyond it.
RANGE = {"float32": 1e16, "float64": 1e140}


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
    Eq. (1) is ill-conditioned in z itself, and no way of summing changes that. Notebook 06 shows
    how far a float32 z moves the moments on MNIST.

    Raises
    ------
    ValueError : an f that rises on one side of 0 and falls on the other.
    """
    kink = Kink(activation, silent, sides_of(activation, silent))
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
    of_inputs = np.maximum(x.max(axis=0), -x.min(axis=0)).astype(np.float64)
    large_x, large_z, large_w = largest(of_inputs), largest(z), largest(W)
    faint_x = of_inputs.min(where=of_inputs > 0, initial=np.inf)  # its square is to keep its digits
    steepest = large_x / tiny
    fainter = large_x >= large_z / limit  # not all contributions may be too small
    most = max(large_x, large_z, large_w, steepest, steepest * large_w)
    return fainter and faint_x >= 1 / limit and most <= limit


def _products(x: Array, z: Array, W: Array, kink: Kink) -> Sums:
    inverse, (lacks, lacks_squares) = inverse_sizes(x, z, W, kink)
    size = np.abs(W.T).astype(np.float64)
    total = size * (inverse @ np.abs(x)) + lacks
    total_squares = np.square(size) * (np.square(inverse) @ np.square(x)) + lacks_squares
    return total.T, total_squares.T
