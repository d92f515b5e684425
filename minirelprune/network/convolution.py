"""A convolution as a matrix product, pooling, and the backward pass of both.

A convolution takes every k x k patch of an image times the same weights. With the patches as rows
it is x @ W + b, as in a fully connected layer: W is (k k C, M), and a row of W belongs to one place
in the patch and one channel. Images are (N, height, width, C). Nothing is checked here.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from minirelprune.support.arrays import Array

Shape = tuple[int, ...]
POOL = 2  # pixels of a pooled one, in each direction


def patches(images: Array, k: int) -> Array:
    """All k x k patches, as rows.

    Parameters
    ----------
    images : (N, height, width, C).
    k : pixels.

    Returns
    -------
    (N (height - k + 1) (width - k + 1), k k C): image by image, line by line.

    >>> patches(np.arange(6.0).reshape(1, 2, 3, 1), 2).tolist()
    [[0.0, 1.0, 3.0, 4.0], [1.0, 2.0, 4.0, 5.0]]
    """
    windows = sliding_window_view(images, (k, k), axis=(1, 2))  # (N, h, w, C, k, k)
    return windows.transpose(0, 1, 2, 4, 5, 3).reshape(-1, k * k * images.shape[-1])


def unpatch(rows: Array, shape: Shape, k: int) -> Array:
    """dL/dimages from dL/drows: a pixel is in many patches, and each gives it its part.

    Parameters
    ----------
    rows : of the shape that `patches` gives.
    shape : height, width and C of the images.

    Returns
    -------
    (N, height, width, C).

    Of two patches that overlap in one column, each pixel of that column is in both:

    >>> unpatch(np.ones((2, 4)), (2, 3, 1), 2)[0, :, :, 0].tolist()
    [[1.0, 2.0, 1.0], [1.0, 2.0, 1.0]]
    """
    height, width, channels = shape
    h, w = height - k + 1, width - k + 1
    each = rows.reshape(-1, h, w, k, k, channels)
    images = np.zeros((len(each), *shape), rows.dtype)
    for i, j in np.ndindex(k, k):
        images[:, i : i + h, j : j + w] += each[:, :, :, i, j]
    return images


def pool(images: Array) -> Array:
    """The mean of each 2 x 2 block: (N, height, width, C) to (N, height / 2, width / 2, C).

    >>> pool(np.array([1.0, 3.0, 5.0, 7.0]).reshape(1, 2, 2, 1)).item()
    4.0
    """
    n, height, width, channels = images.shape
    blocks = images.reshape(n, height // POOL, POOL, width // POOL, POOL, channels)
    means: Array = blocks.mean(axis=(2, 4))
    return means


def unpool(pooled: Array) -> Array:
    """dL/dimages from dL/dpooled: each of the four pixels had a quarter of the mean.

    >>> unpool(np.array([[[[4.0]]]]))[0, :, :, 0].tolist()
    [[1.0, 1.0], [1.0, 1.0]]
    """
    return pooled.repeat(POOL, axis=1).repeat(POOL, axis=2) / POOL**2
