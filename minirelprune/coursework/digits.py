"""Handwritten digits drawn by code, and small networks trained on them: the same every time."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from minirelprune.data import Dataset
from minirelprune.data.synthetic import digits
from minirelprune.network.evaluation import accuracy
from minirelprune.network.mlp import MLP
from minirelprune.network.training import Training, train
from minirelprune.support.arrays import Array, Mask

SIZES = (784, 48, 24, 10)
TRAINING = Training(epochs=6, learning_rate=2e-3)


@cache
def data() -> Dataset:
    """1,500 images to train on and 1,000 to test on, which no student has seen."""
    (x_train, y_train), (x_test, y_test) = digits(1500, seed=2017), digits(1000, seed=2018)
    return Dataset("synthetic", x_train, y_train, x_test, y_test)


@cache
def trained(seed: int) -> MLP:
    """A ReLU network trained on them, which takes a second."""
    rng = np.random.default_rng(seed)
    net = MLP(SIZES, "relu", rng=rng)
    train(net, data().x_train, data().y_train, TRAINING, rng=rng, progress=False)
    return net


def measured(net: MLP, masks: Sequence[Mask | Array], *, target: float) -> float:
    """The accuracy on the test images, in percent, once it is known that the weights are gone."""
    n = net.n_weights
    zeros = sum(int(mask.size - np.count_nonzero(mask)) for mask in masks)
    assert zeros == round(target * n), f"{zeros} of {n} weights are pruned, not {target:.0%}"
    for W, mask in zip(net.weights, masks, strict=True):
        assert not W[~np.asarray(mask, np.bool_)].any(), "a pruned weight is not 0"
    return accuracy(net, data().x_test, data().y_test)
