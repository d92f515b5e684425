"""Entropy and mutual information by counting, in nats, for Eq. (4) to (8) of section 3.

Values are put into bins, and the frequencies of the bins are taken for probabilities. Where p = 0,
p ln p is 0. For a continuous a the paper writes differential entropies, Eq. (7) and (8): with bins
of width v they are about the entropies of the bins plus ln v, and ln v, which stands in both, drops
out of the difference, Eq. (5).

The estimate is off in two ways, of opposite sign. Binning loses information: the mutual information
of the bins is at most that of the values, and merging bins never raises it. Sampling adds some:
frequencies depend on each other by chance, which for independent x and y gives about
(Kx - 1)(Ky - 1) / 2N nats where there are none. Where the tails are heavy, most values share one of
the equal-width bins, and little information is left; equal-mass bins do not have this problem.
`figures/estimators.md` and notebook 05 show both errors.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import entr

from minirelprune.support import checks
from minirelprune.support.arrays import Array
from minirelprune.theory.binning import equal_mass_edges

BINNINGS = ("equal_mass", "equal_width")
CORRECTIONS = (None, "miller_madow")

Bins: TypeAlias = int | ArrayLike


def entropy(p: ArrayLike) -> float:
    """The entropy of a discrete distribution, H of Eq. (5): -sum p ln p.

    Parameters
    ----------
    p : probabilities, >= 0 and of sum 1, of any shape: those of a joint distribution too.

    Returns
    -------
    Nats, from 0 to the ln of the number of probabilities.

    Raises
    ------
    ValueError : a negative probability, or a sum that is not 1.

    >>> round(entropy([0.5, 0.25, 0.25]), 4)  # 1.5 bits, 1.5 ln 2 nats
    1.0397
    """
    p = np.asarray(p, np.float64)
    if not (p >= 0).all() or not abs(p.sum() - 1) < 1e-9:
        raise ValueError(f"p must be >= 0 and sum to 1, got a sum of {p.sum()} and {p}")
    return float(entr(p).sum())


def mutual_information(
    x: ArrayLike,
    y: ArrayLike,
    *,
    bins: Bins | tuple[Bins, Bins],
    binning: str = "equal_mass",
    correction: str | None = None,
) -> float:
    """What x tells of y, and y of x, by counting pairs of bins, Eq. (5).

    Parameters
    ----------
    x, y : (N,), finite numbers, N >= 1.
    bins : for both, or as a tuple for x and for y: how many bins; for "equal_width" also the edges
        themselves, rising, of which the last belongs to the last bin.
    binning : "equal_mass" bins by rank, see `binning`: no strictly increasing function of x or y
        changes the result. "equal_width" cuts the range from the smallest value to the
        largest, or takes the edges given; a heavy tail leaves nearly all values in one bin.
    correction : None is the plug-in estimate, too high by about (Kx - 1)(Ky - 1) / 2N if x and y
        are independent. "miller_madow" takes (Kxy - Kx - Ky + 1) / 2N off, where only bins and
        cells that are occupied count. It may go below 0, and is not cut off there.

    Returns
    -------
    Nats; >= 0 without correction.

    Raises
    ------
    ValueError : shapes that do not fit, values that are not finite, edges that do not rise, values
        beyond the edges, or an unknown name.

    Knowing the parity of four equally likely numbers is worth ln 2 = 0.693 nats:

    >>> round(mutual_information([0, 1, 2, 3], [0, 1, 0, 1], bins=4), 3)
    0.693
    """
    x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
    checks.shape("x", x.shape, ("N",))
    checks.shape("y", y.shape, x.shape)
    checks.one_of("binning", binning, BINNINGS)
    checks.one_of("correction", correction, CORRECTIONS)
    checks.examples("x", x)
    bins_x, bins_y = bins if isinstance(bins, tuple) and len(bins) == 2 else (bins, bins)
    bin_x = _binned("x", x, bins_x, binning)
    bin_y = _binned("y", y, bins_y, binning)
    pair = bin_x * (bin_y.max() + 1) + bin_y
    # What is occupied, in place of a table of all cells: a thousand bins each are no trouble.
    counts = [np.unique(label, return_counts=True)[1] for label in (bin_x, bin_y, pair)]
    h_x, h_y, h_xy = (entropy(count / len(x)) for count in counts)
    h_x_given_y = h_xy - h_y  # Eq. (6), by the chain rule
    information = h_x - h_x_given_y  # Eq. (5)
    if correction is None:
        return max(information, 0.0)  # rounding
    k_x, k_y, k_xy = map(len, counts)
    return information - (k_xy - k_x - k_y + 1) / (2 * len(x))


def _binned(name: str, values: Array, bins: Any, binning: str) -> NDArray[np.intp]:
    """The number of the bin of each value."""
    if not np.isfinite(values).all():
        raise ValueError(f"{name} must be finite, got {values[~np.isfinite(values)][0]}")
    if binning == "equal_width" and np.ndim(bins) > 0:
        inner = _around(name, values, np.asarray(bins, np.float64))[1:-1]
    else:
        checks.whole("bins", bins, minimum=1)
        if binning == "equal_mass":
            inner = equal_mass_edges(values, bins)
        else:
            inner = np.linspace(values.min(), values.max(), bins + 1)[1:-1]
    return np.searchsorted(inner, values, side="right")


def _around(name: str, values: Array, edges: Array) -> Array:
    """The edges, once it is known that they rise and go around all values."""
    checks.shape("bins", edges.shape, ("edges",))
    if len(edges) < 2 or not (np.diff(edges) > 0).all():
        raise ValueError(f"bins must be two rising edges or more, got {edges}")
    low, high = values.min(), values.max()
    if low < edges[0] or high > edges[-1]:
        raise ValueError(
            f"{name} must be within the edges of its bins, [{edges[0]}, {edges[-1]}], "
            f"got values from {low} to {high}"
        )
    return edges
