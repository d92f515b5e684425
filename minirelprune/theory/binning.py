"""Equal-mass bins: by rank, so that no heavy tail leaves nearly all values in one bin."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

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
    (E,), rising, of the dtype of `values`: a bin is [edge, next edge). The first and the last bin
    begin and end beyond all values, by half the step between the last two, so that another sample
    can be told to be out of range. Between neighbours an edge lies half-way.

    0 has a bin of its own, [0, 5e-324); 1 and 2 share one, and so do 4 and 5:

    >>> equal_mass_edges(np.array([0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 4.0, 5.0]), 3)[2:]
    array([3. , 5.5])
    """
    v, counts = np.unique(values, return_counts=True)  # (D,), rising
    atom = counts * bins >= len(values) if len(v) > bins else np.ones(len(v), np.bool_)
    others = np.where(atom, 0, counts)
    below = np.cumsum(others) - others
    group = below * max(1, bins - atom.sum()) // max(1, others.sum())
    middle = v[:-1] / 2 + v[1:] / 2
    middle = np.where(middle > v[:-1], middle, v[1:])  # rounding
    cut = ~atom[1:] & ~atom[:-1] & (group[1:] != group[:-1])
    with np.errstate(over="ignore"):  # infinity is beyond all values too
        ends = [] if atom[0] else [v[0] - (v[1] / 2 - v[0] / 2)]
        ends += [] if atom[-1] else [v[-1] + (v[-1] / 2 - v[-2] / 2)]
    after = np.nextafter(v[atom], v.dtype.type(np.inf))
    edges: Array = np.sort(np.concatenate([v[atom], after, middle[cut], np.array(ends, v.dtype)]))
    return edges


def layer_edges(a: Array, bins: int) -> Array:
    """The edges of each unit's bins, (E, n_out); infinity where a unit has fewer than others."""
    by_unit = [equal_mass_edges(a_j, bins) for a_j in a.T]
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
