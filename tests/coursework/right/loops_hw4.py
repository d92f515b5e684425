"""Homework 4 by counting with dictionaries."""

import math
from collections import Counter

import numpy as np

from minirelprune.network.activations import ACTIVATIONS
from minirelprune.theory.binning import heights, mass_edges, ranks


def entropy(p):
    return max(0.0, -sum(v * math.log(v) for v in np.ravel(p).tolist() if v > 0))


def counted(items):
    counts = Counter(items)
    n = sum(counts.values())
    return math.fsum(-count / n * math.log(count / n) for count in counts.values())


def numbered(values, bins, binning):
    values = np.asarray(values)
    if np.ndim(bins):
        return np.searchsorted(np.asarray(bins)[1:-1], values, side="right").tolist()
    if binning == "equal_mass":
        values = ranks(values)
        return np.searchsorted(mass_edges(values, bins), values, side="right").tolist()
    up = heights(values)
    return np.searchsorted(np.linspace(0, up.max(), bins + 1)[1:-1], up, side="right").tolist()


def mutual_information(x, y, *, bins, binning="equal_mass", correction=None):
    of_x, of_y = bins if isinstance(bins, tuple) else (bins, bins)
    x, y = numbered(x, of_x, binning), numbered(y, of_y, binning)
    xy = list(zip(x, y, strict=True))
    total, n_x, n_y = 0.0, Counter(x), Counter(y)
    if len(n_x) > 1 and len(n_y) > 1:
        parts = [
            n / len(x) * math.log(n * len(x) / (n_x[a] * n_y[b]))
            for (a, b), n in Counter(xy).items()
        ]
        total = max(0.0, math.fsum(parts))
    if correction == "miller_madow":
        total -= (len(set(xy)) - len(n_x) - len(n_y) + 1) / (2 * len(x))
    return total


def weight_information(x, W, b, activation, *, bins, reading="mask"):
    f = ACTIVATIONS[activation] if isinstance(activation, str) else activation
    z, found = x @ W + b, np.zeros(W.shape)
    for i, j in np.ndindex(W.shape):
        a, a_without = f(z[:, j]), f(z[:, j] - x[:, i] * W[i, j])
        if reading == "mask" and W[i, j] != 0:
            edges = mass_edges(a, bins)
            p, q = (np.searchsorted(edges, v, side="right").tolist() for v in (a, a_without))
            if sorted(p) != sorted(q):
                found[i, j] = counted(p + q) - counted(p) / 2 - counted(q) / 2
        if reading == "mask_given_input":
            changed = sum(one != other for one, other in zip(a, a_without, strict=True))
            found[i, j] = math.log(2) * changed / len(x)
        if reading == "contribution":
            found[i, j] = mutual_information(a, x[:, i] * W[i, j], bins=bins)
    return np.maximum(found, 0)
