"""The data: MNIST and others where they can be had, and drawn digits everywhere."""

import warnings
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from minirelprune.data import cifar, mnist, sklearn_digits, synthetic
from minirelprune.data.fetch import DatasetUnavailable
from minirelprune.data.mnist import Images, Labels
from minirelprune.support import checks

__all__ = ["Dataset", "DatasetUnavailable", "SyntheticDataWarning", "load_dataset"]

SKLEARN = "sklearn-digits"
GREY = ("auto", "mnist", "fashion-mnist", SKLEARN, "synthetic")
NAMES = (*GREY, cifar.NAME)


class Dataset(NamedTuple):
    """Images and their labels, to train on and to test on.

    Parameters
    ----------
    name : "mnist", "fashion-mnist", "sklearn-digits", "cifar-10" or "synthetic".
    x_train, x_test : images, (N, 784), or (N, 64) of scikit-learn's digits, or (N, 3072) of
        CIFAR-10, line by line; float32, levels in [0, 1].
    y_train, y_test : their labels, (N,), int64 in 0 to 9.

    >>> data = load_dataset("synthetic", n_train=3, n_test=2)
    >>> [field.shape for field in data[1:]]
    [(3, 784), (3,), (2, 784), (2,)]
    """

    name: str
    x_train: NDArray[np.float32]
    y_train: NDArray[np.int64]
    x_test: NDArray[np.float32]
    y_test: NDArray[np.int64]

    def __repr__(self) -> str:
        shapes = (" x ".join(map(str, np.shape(x))) for x in (self.x_train, self.x_test))
        return f"Dataset({self.name}, {' to train on, '.join(shapes)} to test on)"


class SyntheticDataWarning(UserWarning):
    """Real data was wanted, and drawn digits are used in its place."""


def load_dataset(
    name: str = "auto",
    *,
    download: bool = True,
    n_train: int | None = None,
    n_test: int | None = None,
    seed: int = 0,
) -> Dataset:
    """Load the data to train and to test on.

    Parameters
    ----------
    name : "mnist", "fashion-mnist", "sklearn-digits" (1,797 images of 8 x 8 pixels, which come
        with scikit-learn), "cifar-10" (32 x 32 pixels in colour), "synthetic", or "auto": MNIST
        where it can be had, and synthetic digits, with a warning, where it cannot.
    download : whether the network may be used.
    n_train, n_test : how many examples; the first ones of real data (None for all of them), and so
        many drawn ones of synthetic data (None for 10,000 and 2,000).
    seed : which synthetic digits are drawn; real data is always the same.

    Returns
    -------
    `Dataset(name, x_train, y_train, x_test, y_test)`; x is (N, pixels) float32 in [0, 1], y is
    (N,) int64 in 0 to 9, and name is what was loaded, never "auto".

    Raises
    ------
    ValueError : an unknown name, more examples than there are, or a damaged file in the folder
        $MINIRELPRUNE_DATA, which even "auto" does not pass over.
    DatasetUnavailable : real data was asked for by its name and cannot be had.

    Source: section 4 uses MNIST. `mnist` says where it comes from, `synthetic` how it is drawn.

    >>> data = load_dataset("synthetic", n_train=30, n_test=20)
    >>> data.name, data.x_train.shape, data.y_test.shape
    ('synthetic', (30, 784), (20,))
    """
    checks.one_of("name", name, NAMES)
    for argument, count in (("n_train", n_train), ("n_test", n_test)):
        if count is not None:
            checks.whole(argument, count, minimum=1)
    checks.whole("seed", seed)
    if name == "synthetic":
        return _synthetic(n_train, n_test, seed)
    real = "mnist" if name == "auto" else name
    try:
        x_train, y_train, x_test, y_test = _real(real, download)
    except DatasetUnavailable as error:
        if name != "auto":
            raise
        reason = str(error).partition("\n")[0]
        message = (
            "MNIST IS NOT HERE: using synthetic digits (`minirelprune data` says how to get it). "
            f"{reason}"
        )
        warnings.warn(message, SyntheticDataWarning, stacklevel=2)
        return _synthetic(n_train, n_test, seed)
    train, test = _first("n_train", n_train, len(x_train)), _first("n_test", n_test, len(x_test))
    return Dataset(real, x_train[train], y_train[train], x_test[test], y_test[test])


def _real(name: str, download: bool) -> tuple[Images, Labels, Images, Labels]:
    if name == SKLEARN:
        return sklearn_digits.load()
    if name == cifar.NAME:
        return cifar.load(download=download)
    return mnist.load(name, download=download)


def _synthetic(n_train: int | None, n_test: int | None, seed: int) -> Dataset:
    # Two seeds drawn from one: what one seed trains on, no other seed tests on.
    train_seed, test_seed = map(int, np.random.SeedSequence(seed).generate_state(2, np.uint64))
    x_train, y_train = synthetic.digits(n_train or 10_000, seed=train_seed)
    x_test, y_test = synthetic.digits(n_test or 2_000, seed=test_seed)
    return Dataset("synthetic", x_train, y_train, x_test, y_test)


def _first(name: str, count: int | None, available: int) -> slice:
    if count is not None and count > available:
        raise ValueError(f"{name} must be at most {available}, got {count}")
    return slice(count)
