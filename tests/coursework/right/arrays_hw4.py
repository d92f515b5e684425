"""Homework 4 with tables of frequencies."""

import numpy as np
from scipy.special import rel_entr, xlogy

from minirelprune.network.activations import ACTIVATIONS
from minirelprune.theory.binning import heights, mass_edges, ranks


def entropy(p):
    return -np.sum(xlogy(p, p))


def place(values, bins, binning):
    if not isinstance(bins, int | np.integer):
        return np.digitize(values, np.asarray(bins)[1:-1])
    if binning == "equal_width":
        up = heights(np.asarray(values))
        return np.digitize(up, np.linspace(0, up.max(), bins + 1)[1:-1])
    order = ranks(np.asarray(values))
    return np.digitize(order, mass_edges(order, bins))


def mutual_information(x, y, *, bins, binning="equal_mass", correction=None):
    bins = bins if isinstance(bins, tuple) else (bins, bins)
    codes = [
        np.unique(place(v, k, binning), return_inverse=True)[1]
        for v, k in zip((x, y), bins, strict=True)
    ]
    table = np.zeros([code.max() + 1 for code in codes], int)
    np.add.at(table, tuple(codes), 1)
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0)
    n = table.sum()
    # Sorted terms: the sum does not depend on the order of the bins, so that I(x; y) = I(y; x).
    terms = rel_entr(table * n, expected)
    value = max(0.0, np.sort(terms, axis=None).sum() / n**2)
    if correction:
        value -= ((table > 0).sum() - table.shape[0] - table.shape[1] + 1) / (2 * n)
    return np.float64(value)


def weight_information(x, W, b, activation, *, bins, reading="mask"):
    f = activation if callable(activation) else ACTIVATIONS[activation]
    z = x @ W + b
    a = f(z)
    without = f(z[:, None] - x[:, :, None] * W)
    if reading == "literal":
        return np.zeros(W.shape)
    if reading == "mask_given_input":
        return np.log(2) * (without != a[:, None]).mean(axis=0)
    found = np.zeros(W.shape)
    for i, j in np.ndindex(W.shape):
        if reading == "contribution":
            found[i, j] = mutual_information(a[:, j], x[:, i] * W[i, j], bins=bins)
            continue
        edges = mass_edges(a[:, j], bins)
        p, q = (
            np.bincount(np.digitize(v, edges), minlength=len(edges) + 1) / len(x)
            for v in (a[:, j], without[:, i, j])
        )
        middle = (p + q) / 2
        found[i, j] = (rel_entr(p, middle) + rel_entr(q, middle)).sum() / 2
    return found
