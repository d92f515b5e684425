"""The data that a command works on: a published data set by its name, or a file of one's own."""

import argparse
import hashlib
import math
from collections.abc import Sequence

import numpy as np

from minirelprune.cli import arguments
from minirelprune.data import NAMES, Dataset, load_dataset
from minirelprune.data.csv_file import TEST_SHARE
from minirelprune.data.own import OwnData, load_own

ARGUMENTS = ("data", "label", "test_share")


def add(parser: argparse.ArgumentParser, usual: str) -> None:
    """Add the arguments that name the data; `usual` says what is used without them."""
    group = parser.add_argument_group("data")
    group.add_argument(
        "--data",
        type=arguments.data,
        metavar="NAME",
        help=f"{', '.join(NAMES)}; or your own: FILE.npz with x_train, y_train, x_test and y_test, "
        f"or FILE.csv with --label (default: {usual})",
    )
    group.add_argument(
        "--label", metavar="COLUMN", help="the column of FILE.csv with the labels; needed there"
    )
    group.add_argument(
        "--test-share",
        type=arguments.fraction,
        metavar="SHARE",
        help="share of the rows of FILE.csv to test on, in (0, 1), drawn with seed 0 whatever "
        f"--seed is (default: {TEST_SHARE:g})",
    )


def load(
    data: str, label: str | None, test_share: float | None, classes: Sequence[str] | None = None
) -> OwnData:
    """The data that the arguments name; `classes` are the texts of the classes of a network."""
    if data not in NAMES:
        return load_own(data, label=label, test_share=test_share, classes=classes)
    for name, value in (("label", label), ("test-share", test_share)):
        if value is not None:
            raise ValueError(f"--{name} is for a file of your own, and --data is {data}")
    named = load_dataset(data)
    inputs = named.x_train.shape[1]
    side = math.isqrt(inputs)
    return OwnData(named, None, (side, side) if side * side == inputs else None)


def fingerprint(data: Dataset) -> str:
    """The SHA-256 of all inputs and labels."""
    digest = hashlib.sha256()
    for array in data[1:]:
        digest.update(f"{array.dtype.str} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()
