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
`figures/estimators.md` and notebook 07 show both errors.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import entr

from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array, Labels
from minirelprune.theory.binning import heights, mass_edges, ranks

BINNINGS = ("equal_mass", "equal_width")
CORRECTIONS = (None, "miller_madow")
EXACT = 2**53  # up to here float64 holds every whole number
TOLERANCE = {"float16": 5e-3, "float32": 1e-5}  # by how much a sum of probabilities may miss 1

Bins: TypeAlias = int | ArrayLike


def entropy(p: ArrayLike) -> float:
    """The entropy of a discrete distribution, H of Eq. (5): -sum p ln p.

    Parameters
    ----------
    p : probabilities, >= 0 and of sum 1, of any shape: a joint distribution too. The sum of float16
        may miss 1 by 0.005, that of float32 by 1e-5 and that of others by 1e-9. The entropy is then
        off by about as much.

    Returns
    -------
    Nats, from 0 to the ln of the number of probabilities.

    Raises
    ------
    ValueError : a probability that is negative or not finite, or a sum that is not 1.

    >>> round(entropy([0.5, 0.25, 0.25]), 4)  # 1.5 bits, 1.5 ln 2 nats
    1.0397
    """
    given = convert.reals("p", p)
    tolerance = TOLERANCE.get(given.dtype.name, 1e-9)
    p = convert.numbers("p", given, dtype=np.float64)
    with np.errstate(all="ignore"):
        if not (p >= 0).all() or not abs(p.sum() - 1) < tolerance:
            raise ValueError(f"p must be >= 0 and sum to 1, got a sum of {p.sum()} and {p}")
        return _entropy(p)


def _entropy(p: Array) -> float:
    return max(0.0, float(entr(p).sum()))  # -p ln p; rounding


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
    x, y : (N,), finite numbers, N >= 1. Whole numbers may be as large as their dtype allows.
    bins : for both, or as a tuple for x and for y: how many bins, K; for "equal_width" also the
        edges themselves, (K + 1,), rising, of which the last belongs to the last bin. The outer
        ones may be infinite.
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
    x = _values("x", x, "N")
    y = _values("y", y, len(x))
    checks.examples("x", x)
    checks.one_of("binning", binning, BINNINGS)
    checks.one_of("correction", correction, CORRECTIONS)
    bins_x, bins_y = bins if isinstance(bins, tuple) and len(bins) == 2 else (bins, bins)
    with np.errstate(all="ignore"):
        bin_x = _binned("x", x, bins_x, binning)
        bin_y = _binned("y", y, bins_y, binning)
        return _information(bin_x, bin_y, correction)


def _information(bin_x: Labels, bin_y: Labels, correction: str | None) -> float:
    pair = bin_x * (bin_y.max() + 1) + bin_y
    # What is occupied, in place of a table of all cells: a thousand bins each are no trouble.
    counts = [np.unique(label, return_counts=True)[1] for label in (bin_x, bin_y, pair)]
    h_x, h_y, h_xy = (_entropy(count / len(bin_x)) for count in counts)
    h_x_given_y = h_xy - h_y  # Eq. (6), by the chain rule
    information = h_x - h_x_given_y  # Eq. (5)
    if correction is None:
        return max(information, 0.0)  # rounding
    k_x, k_y, k_xy = map(len, counts)
    return information - (k_xy - k_x - k_y + 1) / (2 * len(bin_x))


def _values(name: str, value: object, n: int | str) -> NDArray[Any]:
    """Finite numbers in the dtype they have: float64 cannot tell all whole numbers apart."""
    values = convert.reals(name, value, (n,))
    checks.finite(name, values)
    return values


def _binned(name: str, values: NDArray[Any], bins: Any, binning: str) -> Labels:
    """The number of the bin of each value."""
    if binning == "equal_width" and hasattr(bins, "__len__"):
        edges = convert.reals("bins", bins, ("edges",))
        if _large(values) or _large(edges):  # NumPy would compare floats, Python does not
            edges, values = edges.astype(object), values.astype(object)
        return np.searchsorted(_around(name, values, edges)[1:-1], values, side="right")
    checks.whole("bins", bins, minimum=1)
    if binning == "equal_mass":
        values = ranks(values)
        inner = mass_edges(values, int(bins))
    else:
        values = heights(values)
        inner = np.linspace(0, values.max(), int(bins) + 1)[1:-1]
    return np.searchsorted(inner, values, side="right")


def _large(numbers: NDArray[Any]) -> bool:
    """Whether there are whole numbers that float64 may not hold."""
    if numbers.dtype.kind not in "iu":
        return False
    return max(-int(numbers.min()), int(numbers.max())) > EXACT


def _around(name: str, values: NDArray[Any], edges: NDArray[Any]) -> NDArray[Any]:
    """The edges, once it is known that they rise and go around all values."""
    if len(edges) < 2 or not (edges[1:] > edges[:-1]).all():
        raise ValueError(f"bins must be two rising edges or more, got {edges}")
    low, high = values.min(), values.max()
    if low < edges[0] or high > edges[-1]:
        raise ValueError(
            f"{name} must be within the edges of its bins, [{edges[0]}, {edges[-1]}], "
            f"got values from {low} to {high}"
        )
    return edges
