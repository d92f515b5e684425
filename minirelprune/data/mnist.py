"""MNIST and Fashion-MNIST: which files they are, where they are published, and their arrays."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from minirelprune.data import idx
from minirelprune.data.fetch import FileStatus, KnownFile, fetch
from minirelprune.data.fetch import status as file_status
from minirelprune.support import checks

Images = NDArray[np.float32]
Labels = NDArray[np.int64]


class Published(NamedTuple):
    """A data set: the addresses that hold it, and its files in the order of `load`."""

    mirrors: tuple[str, ...]
    files: tuple[KnownFile, KnownFile, KnownFile, KnownFile]


CATALOGUE = {
    "mnist": Published(
        (
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
        ),
        (
            KnownFile(
                "train-images-idx3-ubyte",
                "sha256",
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            ),
            KnownFile(
                "train-labels-idx1-ubyte",
                "sha256",
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            ),
            KnownFile(
                "t10k-images-idx3-ubyte",
                "sha256",
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            ),
            KnownFile(
                "t10k-labels-idx1-ubyte",
                "sha256",
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
            ),
        ),
    ),
    "fashion-mnist": Published(
        (
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        ),
        (
            KnownFile("train-images-idx3-ubyte", "md5", "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
            KnownFile("train-labels-idx1-ubyte", "md5", "25c81989df183df01b3e8a0aad5dffbe"),
            KnownFile("t10k-images-idx3-ubyte", "md5", "bef4ecab320f06d8554ea6380940ec79"),
            KnownFile("t10k-labels-idx1-ubyte", "md5", "bb300cfdad3c16e7a12a480ee83cd310"),
        ),
    ),
}


def load(name: str = "mnist", *, download: bool = True) -> tuple[Images, Labels, Images, Labels]:
    """Load a data set from this machine or, failing that, from the network.

    Each file is looked for in $MINIRELPRUNE_DATA/<name>, then in the user's cache; what is missing
    or damaged there is downloaded into the cache.

    Parameters
    ----------
    name : "mnist" or "fashion-mnist".
    download : whether the network may be used.

    Returns
    -------
    x_train (60000, 784), y_train (60000,), x_test (10000, 784), y_test (10000,): grey levels in
    [0, 1], which are pixels / 255 (R8), as float32; labels 0 to 9 as int64.

    Raises
    ------
    ValueError : another name, or a damaged file in $MINIRELPRUNE_DATA.
    DatasetUnavailable : a file is neither on this machine nor within reach.

    Source: LeCun, Cortes and Burges, "The MNIST database"; Xiao, Rasul and Vollgraf, arXiv
    1708.07747. The shapes and the scale are those of torchvision's `ToTensor`, flattened.
    """
    checks.one_of("name", name, CATALOGUE)
    mirrors, files = CATALOGUE[name]
    paths = [fetch(known, name, mirrors, download=download) for known in files]
    x_train, y_train, x_test, y_test = map(idx.read, paths)
    return _grey(x_train), y_train.astype(np.int64), _grey(x_test), y_test.astype(np.int64)


def status(name: str) -> list[FileStatus]:
    """Say of each file of a data set where it is on this machine, and whether its hash is right.

    Parameters
    ----------
    name : "mnist" or "fashion-mnist".

    Returns
    -------
    One `FileStatus(file, location, problem)` a file; location is None where there is no file, and
    `verified` is True where the file is there and genuine. The network is not used.

    Raises
    ------
    ValueError : another name.
    """
    checks.one_of("name", name, CATALOGUE)
    return [file_status(known, name) for known in CATALOGUE[name].files]


def _grey(images: NDArray[Any]) -> Images:
    x = images.reshape(len(images), -1).astype(np.float32)  # (N, 784)
    x /= 255
    return x
