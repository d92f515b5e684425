"""The bootstrap: how a mean would vary if the seeds, the test images, or both were drawn again.

An interval over seeds says what other networks would give on the same test images. It says nothing
of other images. Both are answered by drawing from what there is, with replacement, many times.
"""

from typing import NamedTuple

import numpy as np

from minirelprune.support.arrays import Array

RESAMPLES = 2_000
BLOCK = 100  # resamples drawn at once: the counts of 10,000 images take 8 MB


class Resampled(NamedTuple):
    """The mean of each resample, (resamples,): of images, of seeds, and of both."""

    images: Array
    seeds: Array
    both: Array


def resampled(values: Array, rng: np.random.Generator, resamples: int = RESAMPLES) -> Resampled:
    """Means over seeds and images after drawing images, seeds, or both, with replacement.

    Parameters
    ----------
    values : (seeds, images), such as the paired difference of two networks on each image.
    rng : draws the resamples.
    resamples : how many.

    Returns
    -------
    The three sets of means. Drawing both draws rows and columns independently of each other.

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap; for both at once, Owen
    (2007), The pigeonhole bootstrap.

    >>> one = np.array([[0.0, 1.0]])
    >>> sorted(set(resampled(one, np.random.default_rng(0), 100).images.tolist()))
    [0.0, 0.5, 1.0]
    """
    n_seeds, n_images = values.shape
    by_image = [
        _drawn(n_images, min(BLOCK, resamples - done), rng) @ values.T
        for done in range(0, resamples, BLOCK)
    ]
    of_seeds = np.concatenate(by_image)  # (resamples, seeds): each seed's mean on drawn images
    weights = _drawn(n_seeds, resamples, rng)  # (resamples, seeds)
    return Resampled(
        images=of_seeds.mean(axis=1),
        seeds=weights @ values.mean(axis=1),
        both=(weights * of_seeds).sum(axis=1),
    )


def percentiles(means: Array, level: float = 0.95) -> tuple[float, float]:
    """The interval that holds this share of the resamples, the same share left out on each side.

    >>> percentiles(np.arange(101.0))
    (2.5, 97.5)
    """
    tail = 50 * (1 - level)
    low, high = np.percentile(means, [tail, 100 - tail])
    return round(float(low), 10), round(float(high), 10)


def _drawn(n: int, resamples: int, rng: np.random.Generator) -> Array:
    """How often each of n is drawn in each resample, as shares: (resamples, n)."""
    return rng.multinomial(n, np.full(n, 1 / n), size=resamples) / n
