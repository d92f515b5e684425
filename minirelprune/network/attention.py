"""Self-attention and layer normalisation, and the backward pass of both, one line an equation.

Tokens are rows: (N T, d), example by example. Nothing is checked here, and nothing is learned: all
weights of a transformer are in linear maps.
"""

import numpy as np

from minirelprune.support.arrays import Array

STABLE = 1e-5  # added to a variance, as torch does


def norm(h: Array) -> Array:
    """Each token with mean 0 and variance 1 over its d numbers: layer normalisation.

    >>> norm(np.array([[1.0, 3.0]])).round(3).tolist()
    [[-1.0, 1.0]]
    """
    centred: Array = h - _mean(h)
    return centred / _deviation(centred)


def norm_back(dy: Array, h: Array) -> Array:
    """dL/dh from dL/dnorm(h).

    What changes the mean or the size of a token alone changes nothing:

    >>> change = norm_back(np.ones((1, 3)), np.array([[1.0, 2.0, 4.0]]))
    >>> bool(np.abs(change).max() < 1e-12)
    True
    """
    centred = h - _mean(h)
    deviation = _deviation(centred)
    y = centred / deviation
    dh: Array = (dy - _mean(dy) - y * _mean(dy * y)) / deviation
    return dh


def split(rows: Array, tokens: int, heads: int) -> Array:
    """(N T, d) to (N, heads, T, d / heads): each head has its own part of a token."""
    parted = rows.reshape(-1, tokens, heads, rows.shape[1] // heads)
    return parted.transpose(0, 2, 1, 3)


def merge(parts: Array) -> Array:
    """(N, heads, T, d / heads) to (N T, d): `split` backwards.

    >>> rows = np.arange(12.0).reshape(3, 4)
    >>> (merge(split(rows, 3, 2)) == rows).all().item()
    True
    """
    n, heads, tokens, width = parts.shape
    return parts.transpose(0, 2, 1, 3).reshape(n * tokens, heads * width)


def attention(q: Array, k: Array) -> Array:
    """How much each token looks at each other: softmax(q k^T / sqrt(d)), (N, heads, T, T).

    >>> attention(np.zeros((1, 1, 2, 3)), np.ones((1, 1, 2, 3))).tolist()
    [[[[0.5, 0.5], [0.5, 0.5]]]]
    """
    scores = q @ k.swapaxes(-1, -2) / q.shape[-1] ** 0.5
    exponentials = np.exp(scores - scores.max(axis=-1, keepdims=True))
    p: Array = exponentials / exponentials.sum(axis=-1, keepdims=True)
    return p


def attend_back(dc: Array, q: Array, k: Array, v: Array) -> tuple[Array, Array, Array]:
    """dL/dq, dL/dk and dL/dv from dL/dc, where c = attention(q, k) v.

    Parameters
    ----------
    dc, q, k, v : (N, heads, T, d / heads).
    """
    p = attention(q, k)
    dp = dc @ v.swapaxes(-1, -2)  # c = p v
    ds = p * (dp - (dp * p).sum(axis=-1, keepdims=True))  # p = softmax(s)
    ds /= q.shape[-1] ** 0.5  # s = q k^T / sqrt(d)
    return ds @ k, ds.swapaxes(-1, -2) @ q, p.swapaxes(-1, -2) @ dc


def _mean(rows: Array) -> Array:
    """The mean of each row, (N, 1); `einsum` adds up short rows faster than `mean` does."""
    mean: Array = np.einsum("nd->n", rows)[:, None] / rows.shape[1]
    return mean


def _deviation(centred: Array) -> Array:
    deviation: Array = np.sqrt(_mean(np.square(centred)) + STABLE)
    return deviation
