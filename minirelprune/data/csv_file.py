"""A .csv file as examples to train on and to test on: one column of labels, the others inputs."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minirelprune.support import checks

TEST_SHARE = 0.2
SEED = 0  # of the split: whatever is trained, the same rows are tested on


def read(path: Path, label: str | None, test_share: float) -> dict[str, NDArray[Any]]:
    """The arrays x_train, y_train, x_test and y_test, each in the order of the rows.

    Parameters
    ----------
    path : of a file in UTF-8 with commas, whose first line names the columns.
    label : the name of the column with the labels.
    test_share : the share of the rows to test on, in (0, 1); at least one row is on either side.

    Raises
    ------
    FileNotFoundError : no such file.
    ValueError : no such column, a value that is no number, or fewer than two rows.
    """
    checks.fraction("test_share", test_share)
    try:
        place, n_columns = _label_column(path, label)
        inputs = [k for k in range(n_columns) if k != place]
        x, texts = _columns(path, inputs, np.float64), _columns(path, [place], np.str_)
        return _split(x, _labels(texts[:, 0]), test_share)
    except ValueError as error:  # UnicodeDecodeError too
        raise ValueError(f"{path}: {error}") from error


def _label_column(path: Path, label: str | None) -> tuple[int, int]:
    """Where the labels are, and how many columns there are."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file), [])
    shown = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    if label is None:
        raise ValueError(f"label must name the column of the labels; the columns are {shown}")
    if names.count(label) != 1:
        found = "none" if label not in names else f"{names.count(label)}"
        raise ValueError(
            f"label must name one column, and {found} is called {label!r}; the columns are {shown}"
        )
    if len(names) < 2:
        raise ValueError("there must be a column of inputs beside the labels, got none")
    return names.index(label), len(names)


def _columns(path: Path, columns: list[int], dtype: Any) -> NDArray[Any]:
    """Some columns of all rows but the first, (N, len(columns))."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        next(csv.reader(file))
        lines = [line for line in file if line.strip()]
    if len(lines) < 2:
        raise ValueError(f"there must be at least two rows below the names, got {len(lines)}")
    return np.loadtxt(
        lines, dtype, delimiter=",", quotechar='"', comments=None, usecols=columns, ndmin=2
    )


def _labels(texts: NDArray[np.str_]) -> NDArray[Any]:
    """Numbers if every label is one, and the texts if not."""
    texts = np.char.strip(texts)
    if "" in texts:
        row = int(np.argmax(texts == ""))
        raise ValueError(f"every row must have a label, got none in row {row} below the names")
    try:
        return texts.astype(np.int64)
    except ValueError:
        try:
            return texts.astype(np.float64)
        except ValueError:
            return texts


def _split(x: NDArray[Any], y: NDArray[Any], test_share: float) -> dict[str, NDArray[Any]]:
    n = len(x)
    count = min(n - 1, max(1, round(test_share * n)))
    tested = np.zeros(n, np.bool_)
    tested[np.random.default_rng(SEED).permutation(n)[:count]] = True
    return {"x_train": x[~tested], "y_train": y[~tested], "x_test": x[tested], "y_test": y[tested]}
