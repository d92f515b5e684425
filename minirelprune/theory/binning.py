"""Bins of equal mass, by rank, so that no heavy tail leaves nearly all values in one; or of equal
width.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array

Counts = NDArray[np.integer[Any]]


def equal_mass_edges(values: Array, bins: int) -> Array:
    """The edges of bins that hold about equally many of the values each.

    An atom, a value that alone holds a share of 1/bins or more, such as the 0 of a ReLU, has a bin
    of its own, and the other values are ranked without it and share the other bins; an atom that
    lies inside one of those cuts it in two. Equal values share a bin. With no more different values
    than bins each of them is an atom, so that there are never more bins than values.

    Parameters
    ----------
    values : (N,), finite, N >= 1.
    bins : K >= 1.

    Returns
    -------
    (E,), rising, of the dtype of `values`, float32 or float64: a bin is [edge, next edge). The
    first and the last bin begin and end beyond all values, by half the step between the last two,
    so that another sample can be told to be out of range. Between neighbours an edge lies half-way.

    Raises
    ------
    ValueError : values that are not finite, or not along one axis, or none; or fewer than one bin.

    0 has a bin of its own, [0, 2.2e-308); 1 and 2 share one, and so do 4 and 5:

    >>> equal_mass_edges(np.array([0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 4.0, 5.0]), 3)[2:]
    array([3. , 5.5])
    """
    values = convert.numbers("values", values, ("N",))
    checks.examples("values", values)
    checks.whole("bins", bins, minimum=1)
    with np.errstate(all="ignore"):
        return mass_edges(values, int(bins))


def mass_edges(values: Array, bins: int) -> Array:
    """As `equal_mass_edges`; infinity is beyond all values too."""
    bins = min(bins, len(values))  # as many as can be told apart
    v, counts = np.unique(values, return_counts=True)  # (D,), rising
    atom = counts * bins >= len(values) if len(v) > bins else np.ones(len(v), np.bool_)
    others = np.where(atom, 0, counts)
    below = np.cumsum(others) - others
    group = below * max(1, bins - atom.sum()) // max(1, others.sum())
    middle = v[:-1] / 2 + v[1:] / 2
    middle = np.where(middle > v[:-1], middle, v[1:])  # rounding
    cut = ~atom[1:] & ~atom[:-1] & (group[1:] != group[:-1])
    ends = [] if atom[0] else [v[0] - (v[1] / 2 - v[0] / 2)]
    ends += [] if atom[-1] else [max(v[-1] + (v[-1] / 2 - v[-2] / 2), _after(v[-1]))]
    edges: Array = np.sort(
        np.concatenate([v[atom], _behind(v)[atom], middle[cut], np.array(ends, v.dtype)])
    )
    return edges


def _behind(v: Array) -> Array:
    """Where the bin of each value ends that has one of its own; v (D,) rises.

    For 0 that is the first normal float, or the next value: a process may take all floats in
    between for 0 (flush to zero), and would find 0 beyond a smaller edge.
    """
    following = np.append(v[1:], v.dtype.type(np.inf))
    behind: Array = np.where(v == 0, np.minimum(np.finfo(v.dtype).tiny, following), _after(v))
    return behind


def _after(v: Array) -> Array:
    """The next larger floats."""
    after: Array = np.nextafter(v, v.dtype.type(np.inf))
    return after


def ranks(values: NDArray[Any]) -> Array:
    """Float64 of the same order: the values, or, of a dtype that float64 cannot hold, their ranks.

    >>> ranks(np.array([2**53 + 1, 2**53, 2**53 + 1]))
    array([1., 0., 1.])
    """
    if values.dtype.kind == "f" and values.dtype.itemsize <= 8:
        return values.astype(np.float64, copy=False)
    order: Array = np.unique(values, return_inverse=True)[1].astype(np.float64)
    return order


def heights(values: NDArray[Any]) -> Array:
    """Float64: how far each value is above the smallest, floats in a unit of about the largest.

    Neither a range that is wider than any float64 nor large whole numbers next to each other are
    lost.

    >>> heights(np.array([2**53 + 1, 2**53, 2**53 + 3])), heights(np.array([-1e308, 1e308]))
    (array([1., 0., 3.]), array([0.        , 1.11253693]))
    """
    if values.dtype.kind in "iub":
        values = values.astype(np.uint64 if values.dtype.kind == "u" else np.int64)
        # In int64 the difference may wrap round, in uint64 to what is right.
        above: NDArray[Any] = (values - values.min()).astype(np.uint64)
    else:
        values = values.astype(np.result_type(values, np.float64))
        exponent = int(np.frexp(np.abs(values).max())[1])
        values = np.ldexp(values, -exponent)  # from -1 to 1
        above = values - values.min()
    return above.astype(np.float64)


def layer_edges(a: Array, bins: int) -> Array:
    """The edges of each unit's bins, (E, n_out); infinity where a unit has fewer than others."""
    by_unit = [mass_edges(a_j, bins) for a_j in a.T]
    edges = np.full((max(map(len, by_unit)), len(by_unit)), np.inf, a.dtype)
    for j, edges_j in enumerate(by_unit):
        edges[: len(edges_j), j] = edges_j
    return edges


def placed(a: Array, edges: Array) -> Counts:
    """The number of the bin of each output, (N, n_out): how many edges are not above it."""
    place = np.zeros(a.shape, np.min_scalar_type(len(edges)))
    for edge in edges:
        place += a >= edge
    return place


def tally(place: Counts, k: int) -> Counts:
    """How many examples each unit has in each of k bins, (n_out, k), of `place` (N, n_out)."""
    n_out = place.shape[1]
    first = np.arange(n_out) * k
    return np.bincount((place + first).ravel(), minlength=n_out * k).reshape(n_out, k)
