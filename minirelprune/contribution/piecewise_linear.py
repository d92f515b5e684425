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

The code follows that order: `split` the inputs by sign, sum the pairs `near_the_kink`, and add
the two products. It works in the dtype of W where the numbers and their squares fit into it, in
float64 elsewhere, and where they leave that, one contribution after another (`exact`).
"""

import numpy as np

from minirelprune.contribution.column import column_engine
from minirelprune.contribution.definition import Engine, Sums
from minirelprune.contribution.exact import exact_contributions, largest
from minirelprune.contribution.kink import TINY, Kink, near_the_kink, sides_of, split
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
    Eq. (1) is ill-conditioned in z itself, and no way of summing changes that. Notebook 04 shows
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
    large_x, large_z, large_w = map(largest, (x, z, W))
    steepest = large_x / tiny
    fainter = large_x >= large_z / limit  # not all contributions may be too small
    return fainter and max(large_x, large_z, large_w, steepest, steepest * large_w) <= limit


def _products(x: Array, z: Array, W: Array, kink: Kink) -> Sums:
    parts = split(x)
    ratio, total = near_the_kink(x, parts, z, W, kink)  # (n_out, N), and twice (n_out, n_in)
    ratio_squared, size = np.square(ratio), np.abs(W.T).astype(np.float64)
    for part in parts:
        total[0] += size * (ratio @ part.x)
        total[1] += np.square(size) * (ratio_squared @ np.square(part.by_input).T)
    return total[0].T, total[1].T
