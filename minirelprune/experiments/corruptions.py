"""Images as a camera or a hand may spoil them: noise, blur, rotation and shift."""

import math
from collections.abc import Callable

import numpy as np
from scipy import ndimage

from minirelprune.support.arrays import Array

# Of images (N, side, side) and a generator.
CORRUPTIONS: dict[str, Callable[[Array, np.random.Generator], Array]] = {
    "noise": lambda images, rng: images + rng.normal(0, 0.3, images.shape),
    "blur": lambda images, rng: ndimage.gaussian_filter(images, (0, 1.5, 1.5)),
    "rotation": lambda images, rng: ndimage.rotate(images, 20, (2, 1), reshape=False, order=1),
    "shift": lambda images, rng: ndimage.shift(images, (0, 3, 3), order=0),
}
IN_WORDS = {
    "noise": "normal noise of standard deviation 0.3",
    "blur": "a Gaussian blur of 1.5 pixels",
    "rotation": "a rotation by 20 degrees",
    "shift": "a shift by 3 pixels to the right and down",
}


def corrupted(x: Array, name: str, rng: np.random.Generator) -> Array:
    """The images after a corruption.

    Parameters
    ----------
    x : (N, pixels), grey levels in [0, 1] of square images, row by row.
    name : a key of `CORRUPTIONS`.
    rng : draws the noise.

    Returns
    -------
    (N, pixels), grey levels in [0, 1], of the dtype of x.

    >>> x = np.zeros((1, 784))
    >>> x[0, 0] = 1
    >>> np.flatnonzero(corrupted(x, "shift", np.random.default_rng(0))).tolist()  # 3 * 28 + 3
    [87]
    """
    side = math.isqrt(x.shape[1])
    images = CORRUPTIONS[name](x.reshape(-1, side, side), rng)
    return np.clip(images, 0, 1).reshape(x.shape).astype(x.dtype)
