"""CIFAR-10, binary version: 60,000 colour images of 32 x 32 pixels, for networks with convolutions.

A record is one byte, the label, and 3,072 bytes, the pixels: 1,024 of red, then of green, then of
blue, line by line. There are 10,000 records in each of six files.
"""

import os
import tarfile
from pathlib import Path

import numpy as np
import pooch

from minirelprune.data.fetch import DatasetUnavailable, downloader
from minirelprune.data.local import FOLDER_VARIABLE, cache, own_folder
from minirelprune.data.mnist import Images, Labels

NAME = "cifar-10"
ARCHIVE = "cifar-10-binary.tar.gz"
ADDRESS = f"https://www.cs.toronto.edu/~kriz/{ARCHIVE}"
MD5 = "c32a1d4ab5d03f1284b67883e8d87530"  # of the archive, as that site gives it
FILES = (*(f"data_batch_{k}.bin" for k in range(1, 6)), "test_batch.bin")
SHAPE = (3, 32, 32)  # channels first, in the files
RECORD = 1 + 3 * 32 * 32  # bytes


def load(*, download: bool = True) -> tuple[Images, Labels, Images, Labels]:
    """The images, from this machine or, failing that, from the network.

    The archive is looked for in $MINIRELPRUNE_DATA/cifar-10/, in $MINIRELPRUNE_DATA, and in the
    user's cache, to which it is downloaded unless $MINIRELPRUNE_DATA is set.

    Returns
    -------
    x_train (50000, 3072), y_train (50000,), x_test (10000, 3072), y_test (10000,): pixels / 255 as
    float32, line by line, the three colours of a pixel side by side, as `ConvNet((32, 32, 3), ...)`
    takes them; labels 0 to 9 as int64.

    Raises
    ------
    ValueError : the archive is not the published one.
    DatasetUnavailable : it is neither on this machine nor within reach.

    Source: Krizhevsky (2009), Learning multiple layers of features from tiny images.
    """
    path = _found() or _downloaded(download)
    with tarfile.open(path) as archive:
        found = {Path(one.name).name: one for one in archive.getmembers() if one.isfile()}
        parts = []
        for name in FILES:
            file = archive.extractfile(found[name])
            parts.append(decode(file.read() if file else b"", name=f"{path}/{name}"))
    train = parts[:-1]
    x_train, y_train = (np.concatenate(each) for each in zip(*train, strict=True))
    return x_train, y_train, *parts[-1]


def decode(raw: bytes, *, name: str) -> tuple[Images, Labels]:
    """The images and the labels in the bytes of one file.

    Parameters
    ----------
    raw : the whole file.
    name : what to call it in an error.

    Returns
    -------
    x (N, 3072), y (N,), as `load` gives them.

    Raises
    ------
    ValueError : bytes that are no whole records, or a label above 9.

    A white image of class 3:

    >>> x, y = decode(bytes([3, *[255] * 3072]), name="one.bin")
    >>> x.shape, float(x.min()), y.tolist()
    ((1, 3072), 1.0, [3])
    """
    if not raw or len(raw) % RECORD:
        raise ValueError(f"{name} must be records of {RECORD:,} bytes, got {len(raw):,} bytes")
    records = np.frombuffer(raw, np.uint8).reshape(-1, RECORD)
    y = records[:, 0].astype(np.int64)
    if y.max() > 9:
        raise ValueError(f"{name} must have labels from 0 to 9, got {y.max()}")
    images = records[:, 1:].reshape(-1, *SHAPE).transpose(0, 2, 3, 1)  # (N, 32, 32, 3)
    x = images.reshape(len(y), -1).astype(np.float32)
    x /= 255
    return x, y


def _found() -> Path | None:
    """The archive in the user's folder or, where there is no such folder, in the cache."""
    own = own_folder()
    places = [own / NAME, own] if own else [cache(NAME)]
    path = next((place / ARCHIVE for place in places if (place / ARCHIVE).is_file()), None)
    if path and (digest := pooch.file_hash(os.fspath(path), "md5")) != MD5:
        raise ValueError(f"{path} is not the published archive: its MD5 is {digest}, not {MD5}")
    return path


def _downloaded(download: bool) -> Path:
    own = own_folder()
    if own or not download:
        where = f"in {own / NAME} or {own} ({FOLDER_VARIABLE})" if own else f"in {cache(NAME)}"
        raise DatasetUnavailable(f"{ARCHIVE} is not {where}: it can be had from {ADDRESS}")
    try:
        known = f"md5:{MD5}"
        path = pooch.retrieve(ADDRESS, known, ARCHIVE, cache(NAME), downloader=downloader())
    except (OSError, ValueError) as error:  # every error of the network is an OSError
        raise DatasetUnavailable(f"{ADDRESS} could not be fetched: {error}") from error
    return Path(path)
