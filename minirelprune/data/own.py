"""Your own data: the arrays of an .npz file, or the rows of a .csv file.

Inputs become float32 and are used as they are. There is one exception: uint8 inputs in an .npz file
are pixels, and are divided by 255 as those of MNIST are. Labels that are whole numbers from 0 are
class numbers. Labels that are texts become class numbers in sorted order.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from minirelprune.data import Dataset, csv_file
from minirelprune.support import checks, convert

ENDINGS = (".npz", ".csv")
MOST = 2**31  # no class number reaches it
NAMES = ("x_train", "y_train", "x_test", "y_test")


class OwnData(NamedTuple):
    """A data set of your own.

    Parameters
    ----------
    data : the examples; the inputs are (N, n_in), and the name is that of the file.
    classes : the text of each class number; None if the labels are numbers in the file.
    image : (height, width) if the inputs are (N, height, width) in the file.
    """

    data: Dataset
    classes: tuple[str, ...] | None
    image: tuple[int, int] | None

    @property
    def n_classes(self) -> int:
        """How many classes there are, or as many as the highest class number asks for."""
        if self.classes is not None:
            return len(self.classes)
        return 1 + int(max(self.data.y_train.max(), self.data.y_test.max()))


def load_own(
    path: str | Path,
    *,
    label: str | None = None,
    test_share: float | None = None,
    classes: Sequence[str] | None = None,
) -> OwnData:
    """Load the examples of a file.

    Parameters
    ----------
    path : an .npz file with x_train, y_train, x_test and y_test; or a .csv file, in UTF-8, whose
        first line names the columns.
    label : the column of a .csv file that holds the labels; all others are inputs.
    test_share : the share of a .csv file's rows to test on, in (0, 1), 0.2 if None. They are drawn
        with seed 0, always the same ones.
    classes : the texts of the classes 0, 1 and so on, as an earlier call gave them; the sorted
        texts of the file if None.

    Raises
    ------
    FileNotFoundError : no such file.
    ValueError : what does not fit; the file and the array or the column are named.
    """
    path = Path(path)
    checks.one_of(f"the ending of {path}", path.suffix, ENDINGS)
    if path.suffix == ".npz":
        for name, value in (("label", label), ("test_share", test_share)):
            if value is not None:
                raise ValueError(f"{name} is for a .csv file, and {path} is none")
        arrays = _npz(path)
    else:
        arrays = csv_file.read(
            path, label, csv_file.TEST_SHARE if test_share is None else test_share
        )
    try:
        return _checked(path.name, arrays, classes)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def _npz(path: Path) -> dict[str, NDArray[Any]]:
    """The four arrays of an .npz file, in which nothing is pickled."""
    with open(path, "rb") as raw:
        try:
            with np.load(raw, allow_pickle=False) as file:
                given = list(file.files)
                arrays = {name: file[name] for name in NAMES if name in given}
        except Exception as error:  # zip, zlib and NumPy have a dozen ways to say no
            raise ValueError(f"{path} cannot be read as arrays of numbers or texts: {error}") from (
                error
            )
    if len(arrays) < len(NAMES):
        raise ValueError(f"{path} must have {', '.join(NAMES)}, got {', '.join(given) or 'none'}")
    return arrays


def _checked(name: str, arrays: dict[str, NDArray[Any]], classes: Sequence[str] | None) -> OwnData:
    x_train, x_test = arrays["x_train"], arrays["x_test"]
    for key, x in (("x_train", x_train), ("x_test", x_test)):
        if x.ndim not in (2, 3) or not x.size:
            raise ValueError(f"{key} must be (N, n_in) or (N, height, width), got {x.shape}")
    if x_train.shape[1:] != x_test.shape[1:]:
        shapes = f"{x_train.shape} and {x_test.shape}"
        raise ValueError(f"x_train and x_test must have examples of one shape, got {shapes}")
    if (x_train.dtype == np.uint8) != (x_test.dtype == np.uint8):
        kinds = f"{x_train.dtype} and {x_test.dtype}"
        raise ValueError(f"x_train and x_test must both be uint8, or neither, got {kinds}")
    y_train, y_test, classes = _labels(arrays["y_train"], arrays["y_test"], classes)
    for key, y, x in (("y_train", y_train, x_train), ("y_test", y_test, x_test)):
        checks.shape(key, y.shape, (len(x),))
    image = x_train.shape[1:] if x_train.ndim == 3 else None
    x_train, x_test = _inputs("x_train", x_train), _inputs("x_test", x_test)
    data = Dataset(name, x_train, y_train, x_test, y_test)
    return OwnData(data, classes, image)


def _inputs(name: str, x: NDArray[Any]) -> NDArray[np.float32]:
    """(N, n_in) in float32; pixels are divided by 255."""
    flat = convert.numbers(name, x.reshape(len(x), -1), dtype=np.float32)
    return np.asarray(flat / np.float32(255) if x.dtype == np.uint8 else flat, np.float32)


def _labels(
    train: NDArray[Any], test: NDArray[Any], classes: Sequence[str] | None
) -> tuple[NDArray[np.int64], NDArray[np.int64], tuple[str, ...] | None]:
    """Class numbers, and the text of each class if the labels are texts."""
    if (train.dtype.kind == "U") != (test.dtype.kind == "U"):
        kinds = f"{train.dtype} and {test.dtype}"
        raise ValueError(f"y_train and y_test must both be texts or both numbers, got {kinds}")
    if train.dtype.kind != "U":
        known = tuple(classes) if classes else None
        return _class_numbers("y_train", train), _class_numbers("y_test", test), known
    known = tuple(classes) if classes else tuple(np.union1d(train, test).tolist())
    return _numbered("y_train", train, known), _numbered("y_test", test, known), known


def _class_numbers(name: str, y: NDArray[Any]) -> NDArray[np.int64]:
    """Whole numbers from 0, also where they are kept as floats."""
    if y.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be whole numbers or texts, got dtype {y.dtype}")
    fits = (y >= 0) & (y < MOST) & (np.mod(y, 1) == 0) if y.dtype.kind != "b" else np.True_
    if not np.all(fits):
        got = y.ravel()[int(np.argmin(fits))]
        raise ValueError(f"{name} must be whole numbers from 0, or texts, got {got}")
    return y.astype(np.int64)


def _numbered(name: str, y: NDArray[Any], classes: tuple[str, ...]) -> NDArray[np.int64]:
    """The position of each text among the classes."""
    number = {text: k for k, text in enumerate(classes)}
    for text in np.unique(y).tolist():
        if text not in number:
            raise ValueError(f"{name} must be one of {', '.join(classes)}, got {text!r}")
    return np.array([number[text] for text in y.ravel().tolist()], np.int64).reshape(y.shape)
