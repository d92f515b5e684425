"""MNIST and Fashion-MNIST as arrays to train and to test on."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from minirelprune.data.catalogue import CATALOGUE
from minirelprune.data.fetch import fetch
from minirelprune.data.local import FileStatus, find
from minirelprune.support import checks

Images = NDArray[np.float32]
Labels = NDArray[np.int64]


def load(name: str = "mnist", *, download: bool = True) -> tuple[Images, Labels, Images, Labels]:
    """Load a data set from this machine or, failing that, from the network.

    Each file is looked for in the folder $MINIRELPRUNE_DATA, then in the user's cache. What is
    missing or damaged there is downloaded into the cache, unless $MINIRELPRUNE_DATA is set. That
    folder may hold <name>/ with the four files, or the copies that torchvision or Keras keep; all
    of them are known by their hashes.

    Parameters
    ----------
    name : "mnist" or "fashion-mnist".
    download : whether the network may be used, if $MINIRELPRUNE_DATA is not set.

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
    x_train, y_train, x_test, y_test = (
        fetch(known, name, mirrors, download=download) for known in files
    )
    return _grey(x_train), y_train.astype(np.int64), _grey(x_test), y_test.astype(np.int64)


def status(name: str) -> list[FileStatus]:
    """Say of each file of a data set where it is on this machine, and whether its hash is right.

    Parameters
    ----------
    name : "mnist" or "fashion-mnist".

    Returns
    -------
    One `FileStatus(file, location, problem)` per file; location is None where there is no file, and
    `verified` is True where the file is there and genuine. The network is not used.

    Raises
    ------
    ValueError : another name.
    """
    checks.one_of("name", name, CATALOGUE)
    return [find(known, name)[0] for known in CATALOGUE[name].files]


def _grey(images: NDArray[Any]) -> Images:
    x = images.reshape(len(images), -1).astype(np.float32)  # (N, 784)
    x /= 255
    return x
