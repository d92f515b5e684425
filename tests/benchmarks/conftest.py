"""What the benchmarks run on: MNIST where it is, and as many synthetic digits where it is not."""

import numpy as np
import pytest

from minirelprune import MLP, Dataset, Training, load_dataset, train
from minirelprune.data import DatasetUnavailable

SIZES = (784, 392, 196, 10)


@pytest.fixture(scope="session")
def data() -> Dataset:
    try:
        return load_dataset("mnist", download=False)
    except DatasetUnavailable:
        return load_dataset("synthetic", n_train=60_000, n_test=10_000)


@pytest.fixture(scope="session")
def trained(data: Dataset) -> dict[str, MLP]:
    """A network of each activation after three epochs."""
    nets = {}
    for name in ("relu", "leaky_relu", "sigmoid", "tanh"):
        rng = np.random.default_rng(0)
        nets[name] = MLP(SIZES, name, rng=rng)
        train(nets[name], data.x_train, data.y_train, Training(3, 1e-3), rng=rng)
    return nets
