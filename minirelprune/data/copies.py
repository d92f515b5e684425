"""Where a published file may lie in a folder of the user's, by whatever program it was put there.

torchvision keeps the files in `MNIST/raw/`, unzipped or not; Keras keeps all four as arrays in one
`mnist.npz`; and some write `train-images.idx3-ubyte` for `train-images-idx3-ubyte`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from minirelprune.data import idx

_TORCHVISION = {"mnist": "MNIST", "fashion-mnist": "FashionMNIST"}
_KERAS = {
    "train-images-idx3-ubyte": "x_train",
    "train-labels-idx1-ubyte": "y_train",
    "t10k-images-idx3-ubyte": "x_test",
    "t10k-labels-idx1-ubyte": "y_test",
}
_SHOWN = 5  # names that are listed of what a folder holds


class Copy(NamedTuple):
    """A path at which a published file may be, and the name of its array if that is an .npz."""

    path: Path
    array: str = ""

    def read(self) -> NDArray[Any]:
        """The array in the file.

        Raises
        ------
        ValueError : the file does not hold one.
        OSError : it cannot be opened.
        """
        if not self.array:
            return idx.read(self.path)
        with open(self.path, "rb") as file:
            try:
                with np.load(file, allow_pickle=False) as arrays:
                    found: NDArray[Any] = arrays[self.array]
                    return found
            except Exception as error:  # zip, zlib and NumPy have a dozen ways to say "damaged"
                raise ValueError(f"{self.path} is no .npz with {self.array}: {error}") from error


def places(root: Path, dataset: str) -> list[Path]:
    """The folders in the folder `root` that may hold a data set, the one to recommend first."""
    return [root / dataset, root, root / _TORCHVISION[dataset] / "raw", root / "raw"]


def file_names(file: str, dataset: str) -> list[str]:
    """What a published file, or an .npz with its array, may be called."""
    dotted = file.replace("-idx", ".idx")
    return [f"{file}.gz", file, f"{dotted}.gz", dotted, f"{dataset}.npz"]


def within(folder: Path, dataset: str, file: str) -> Iterator[Copy]:
    """Every path in this folder, and not below it, at which the published file may be."""
    for name in file_names(file, dataset):
        yield Copy(folder / name, _KERAS[file] if name.endswith(".npz") else "")


def contents(root: Path, dataset: str) -> str:
    """What there is in `root` and in those of its folders that may hold a data set, in short."""
    folders = [place for place in places(root, dataset) if place != root and os.path.exists(place)]
    return "; ".join(f"{folder} {_holding(folder)}" for folder in [root, *folders])


def _holding(folder: Path) -> str:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if not names:
        return "is empty"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"holds {', '.join(names[:_SHOWN])}{more}"
