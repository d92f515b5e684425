"""Images changed by at most epsilon in each pixel, so that a network is wrong about them."""

import numpy as np

from minirelprune.network.gradients import input_gradient
from minirelprune.network.mlp import MLP
from minirelprune.support import checks
from minirelprune.support.arrays import Array, Labels

STEPS = 10  # of PGD
REACH = 2.5  # the lengths of its steps add up to so many epsilon


def fgsm(net: MLP, x: Array, y: Labels, epsilon: float) -> Array:
    """The fast gradient sign method: one step of epsilon, the way in which the loss rises.

    Parameters
    ----------
    net : the network that is attacked.
    x, y : (N, n_in) pixels in [0, 1], and their (N,) labels.
    epsilon : the largest change of a pixel, >= 0.

    Returns
    -------
    (N, n_in), pixels in [0, 1].

    Raises
    ------
    ValueError : data that do not fit the network, or a negative epsilon.

    Source: Goodfellow et al. (2015), arXiv 1412.6572.

    >>> net = MLP.from_arrays([[[1.0, 3.0]]], [[0.0, 0.0]])
    >>> fgsm(net, np.array([[0.5]]), [0], 0.1).tolist()  # a larger pixel speaks for class 1
    [[0.6]]
    """
    checks.at_least("epsilon", epsilon, 0)
    return np.clip(x + epsilon * np.sign(input_gradient(net, x, y)), 0, 1)


def pgd(net: MLP, x: Array, y: Labels, epsilon: float, rng: np.random.Generator) -> Array:
    """Projected gradient descent: `STEPS` steps from a random start, each brought back to epsilon.

    Parameters
    ----------
    net, x, y, epsilon : as for `fgsm`.
    rng : draws the start, uniformly within epsilon of each pixel.

    Returns
    -------
    (N, n_in), pixels in [0, 1], none farther than epsilon from where it was.

    Raises
    ------
    ValueError : as for `fgsm`, or no generator.

    Source: Madry et al. (2018), arXiv 1706.06083.

    >>> net = MLP.from_arrays([[[1.0, 3.0]]], [[0.0, 0.0]])
    >>> pgd(net, np.array([[0.5]]), [0], 0.1, np.random.default_rng(0)).round(3).tolist()
    [[0.6]]
    """
    checks.at_least("epsilon", epsilon, 0)
    checks.generator("rng", rng)
    low, high = np.maximum(x - epsilon, 0), np.minimum(x + epsilon, 1)
    found = np.clip(x + rng.uniform(-epsilon, epsilon, x.shape).astype(x.dtype), low, high)
    for _ in range(STEPS):
        step = REACH / STEPS * epsilon * np.sign(input_gradient(net, found, y))
        found = np.clip(found + step, low, high)
    return found
