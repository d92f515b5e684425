"""Homework 2 with loops over weights, and the matrix products in the end."""

import numpy as np

from minirelprune.network.activations import ACTIVATIONS


def named(f):
    return ACTIVATIONS[f] if isinstance(f, str) else f


def relative(a, a_without, silent):
    if silent == "epsilon":
        return abs(a - a_without) / (abs(a) + 1e-8)
    if a == 0:
        return 0.0 if silent == "zero" else float("nan")
    return abs((a - a_without) / a)


def contribution(x, W, b, activation, i, j, *, silent="zero"):
    f, found = named(activation), []
    for row in x:
        z = sum(row[k] * W[k, j] for k in range(len(W))) + b[j]
        a, a_without = f(np.array([z, z - row[i] * W[i, j]]))
        found.append(relative(a, a_without, silent))
    return found


def contributions(x, W, b, activation, *, silent="zero"):
    c = np.zeros((len(x), *W.shape))
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            c[:, i, j] = contribution(x, W, b, activation, i, j, silent=silent)
    return c


def contribution_moments(x, W, b, activation, *, z=None, silent="zero", engine="auto"):
    f, z = named(activation), x @ W + b if z is None else z
    if f.name in ("relu", "identity") and silent == "zero":
        return products(x, W, z, f)
    mean, std = [], []
    for i in range(len(W)):
        a, a_without = f(z), f(z - np.outer(x[:, i], W[i]))
        size = np.abs(a) + (1e-8 if silent == "epsilon" else 0)
        skipped = (size == 0) & (silent == "skip")
        c = np.where(size == 0, 0, np.abs(a - a_without) / np.where(size == 0, 1, size))
        n = np.maximum(1, (~skipped).sum(axis=0))
        mean.append(c.sum(axis=0) / n)
        std.append(np.sqrt((np.where(skipped, 0, c - mean[-1]) ** 2).sum(axis=0) / n))
    return mean, std


def products(x, W, z, f):
    a = f(z)
    inverse = np.where(a == 0, 0.0, 1 / np.where(a == 0, 1, np.abs(a)))
    first = np.abs(W) * (np.abs(x).T @ inverse)
    second = W**2 * ((x**2).T @ inverse**2)
    if f.name == "relu":
        for i in range(len(W)):
            part = np.outer(x[:, i], W[i]) * inverse
            beyond = np.where(part > 1, part, 1)
            first[i] += (1 - beyond).sum(axis=0)
            second[i] += (1 - beyond**2).sum(axis=0)
    mean = first / len(x)
    return mean, np.sqrt(np.maximum(second / len(x) - mean**2, 0))
