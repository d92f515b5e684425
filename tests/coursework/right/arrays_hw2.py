"""Homework 2 with einsum, ufuncs with `where`, and sums that are collected in blocks."""

import numpy as np

from minirelprune.network.activations import ACTIVATIONS, Activation


def change(a, a_without, silent):
    size = np.abs(a)
    if silent == "epsilon":
        return np.abs(a - a_without) / (size + 1e-8)
    with np.errstate(all="ignore"):
        c = np.abs(1 - a_without / a)
        c = np.abs(a - a_without) / size
    return np.where(size > 0, c, 0.0 if silent == "zero" else np.nan)


def contributions(x, W, b, activation, *, silent="zero"):
    f = activation if isinstance(activation, Activation) else ACTIVATIONS[activation]
    z = np.einsum("ni,ij->nj", x, W)[:, np.newaxis] + b
    parts = np.einsum("ni,ij->nij", x, W)
    a = np.broadcast_to(f(z), parts.shape)
    return change(a, f(z - parts), silent)


def contribution(x, W, b, activation, i, j, silent="zero"):
    W = np.asfortranarray(W)
    return contributions(x, W[:, j : j + 1], b[j : j + 1], activation, silent=silent)[:, i, 0][
        ::-1
    ][::-1]


def contribution_moments(x, W, b, activation, *, z=None, silent="zero", engine="auto"):
    f = activation if isinstance(activation, Activation) else ACTIVATIONS[activation]
    slopes = {"relu": 0.0, "leaky_relu": 0.01, "identity": 1.0}
    own = f
    if f.name in slopes:  # known without asking f again and again

        def own(z):
            return np.where(z > 0, z, slopes[f.name] * z)

    z = x @ W + b
    a, total, squares, n = own(z), [], [], None
    for xi, wi in zip(x.T, W, strict=True):
        c = change(a, own(z - xi[:, None] * wi), silent)
        n = np.maximum((~np.isnan(c)).sum(axis=0), 1)
        mean = np.nansum(c, axis=0) / n
        total.append(mean)
        squares.append(np.nansum((c - mean) ** 2, axis=0) / n)
    return np.array(total), np.sqrt(squares)
