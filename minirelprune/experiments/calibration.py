"""Is a network as sure as it is right? Confidence and accuracy, bin by bin."""

from typing import NamedTuple

import numpy as np

from minirelprune.support.arrays import Array, Labels

BINS = 15  # of equal width, in [0, 1]


class Reliability(NamedTuple):
    """What is in each bin of confidence.

    Parameters
    ----------
    share : (bins,), of all examples.
    confidence, accuracy : (bins,), means over the examples of the bin, in [0, 1]; 0 in empty bins.
    """

    share: Array
    confidence: Array
    accuracy: Array

    @property
    def error(self) -> float:
        """The expected calibration error, in [0, 1].

        Source: Guo et al. (2017), arXiv 1706.04599, Eq. (3).
        """
        return float((self.share * np.abs(self.confidence - self.accuracy)).sum())


def reliability(logits: Array, y: Labels) -> Reliability:
    """Sort examples by confidence, the largest softmax output, into `BINS` bins.

    Parameters
    ----------
    logits : (N, n_classes).
    y : (N,), labels.

    Two examples of confidence 3/4, one of which is right:

    >>> logits = np.log([[3.0, 1.0], [3.0, 1.0]])
    >>> reliability(logits, np.array([0, 1])).error
    0.25
    """
    shifted = np.exp((logits - logits.max(axis=1, keepdims=True)).astype(np.float64))
    confidence = 1 / shifted.sum(axis=1)  # (N,): the largest is exp(0)
    right = logits.argmax(axis=1) == y
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    counts, sure, correct = (
        np.bincount(bins, weights, BINS) for weights in (None, confidence, right)
    )
    filled = np.maximum(counts, 1)
    return Reliability(counts / len(y), sure / filled, correct / filled)
