"""Your own data: what fits is read as it is, and what does not is named."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minirelprune.data.own import OwnData, load_own

ARRAYS: dict[str, Any] = {
    "x_train": np.arange(12.0).reshape(6, 2),
    "y_train": np.array([0, 1, 2, 0, 1, 2]),
    "x_test": np.arange(4.0).reshape(2, 2),
    "y_test": np.array([2, 1]),
}
ROWS = "a,kind,b\n" + "".join(f"{k},{'yes' if k % 2 else 'no'},{k / 4}\n" for k in range(10))


def npz(folder: Path, **changes: Any) -> Path:
    arrays = {name: value for name, value in {**ARRAYS, **changes}.items() if value is not None}
    np.savez(folder / "mine.npz", **arrays)
    return folder / "mine.npz"


def csv(folder: Path, text: str) -> Path:
    (folder / "mine.csv").write_text(text, "utf-8")
    return folder / "mine.csv"


def test_arrays_are_read_as_they_are(tmp_path: Path) -> None:
    data, classes, image = load_own(npz(tmp_path))
    assert (data.name, classes, image) == ("mine.npz", None, None)
    for name in ARRAYS:
        assert (getattr(data, name) == ARRAYS[name]).all()
    assert (data.x_train.dtype, data.y_train.dtype) == (np.float32, np.int64)


def test_images_are_laid_out_row_by_row_and_uint8_is_divided_by_255(tmp_path: Path) -> None:
    pixels = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    path = npz(tmp_path, x_train=pixels, x_test=pixels, y_train=[0, 1], y_test=[1, 1])
    data, _, image = load_own(path)
    assert image == (3, 4)
    np.testing.assert_array_equal(data.x_train, (pixels / 255).astype(np.float32).reshape(2, 12))


def test_whole_numbers_of_any_kind_are_class_numbers(tmp_path: Path) -> None:
    for kind in (np.uint8, np.float32, np.bool_):
        y = np.array([0, 1, 1, 0, 1, 1]).astype(kind)
        assert load_own(npz(tmp_path, y_train=y, y_test=y[:2])).data.y_train.tolist() == [
            0, 1, 1, 0, 1, 1,
        ]  # fmt: skip


def test_texts_become_numbers_in_sorted_order_and_are_kept(tmp_path: Path) -> None:
    texts = np.array(["dog", "ant", "cat", "dog", "ant", "cat"])
    path = npz(tmp_path, y_train=texts, y_test=texts[:2])
    data, classes, _ = load_own(path)
    assert classes == ("ant", "cat", "dog")
    assert data.y_train.tolist() == [2, 0, 1, 2, 0, 1]
    again = load_own(path, classes=("dog", "cow", "ant", "cat"))
    assert again.classes == ("dog", "cow", "ant", "cat")
    assert again.data.y_test.tolist() == [0, 2]


def test_a_label_column_and_a_fixed_split(tmp_path: Path) -> None:
    data, classes, image = load_own(csv(tmp_path, ROWS), label="kind")
    assert (data.name, classes, image) == ("mine.csv", ("no", "yes"), None)
    assert (data.x_train.shape, data.x_test.shape) == ((8, 2), (2, 2))
    rows = np.concatenate([data.x_train, data.x_test])
    assert sorted(rows[:, 0]) == [*range(10)]
    assert (rows[:, 1] == rows[:, 0] / 4).all()
    labels = np.concatenate([data.y_train, data.y_test])
    assert (labels == rows[:, 0] % 2).all()
    same = load_own(csv(tmp_path, ROWS), label="kind")
    assert (same.data.x_test == data.x_test).all()
    assert len(load_own(csv(tmp_path, ROWS), label="kind", test_share=0.5).data.x_test) == 5
    assert len(load_own(csv(tmp_path, ROWS), label="kind", test_share=0.999).data.x_train) == 1


@pytest.mark.parametrize(
    "text", ["\ufeffx,y\n1,0\n2,1\n", 'x,y\r\n"1",0\r\n\r\n2,1\r\n', "x,y\n1, 0\n2,1.0\n"]
)
def test_marks_quotes_and_blank_lines_do_no_harm(text: str, tmp_path: Path) -> None:
    data: OwnData = load_own(csv(tmp_path, text), label="y", test_share=0.5)
    assert data.classes is None
    assert sorted([*data.data.x_train[:, 0], *data.data.x_test[:, 0]]) == [1, 2]
    assert sorted([*data.data.y_train, *data.data.y_test]) == [0, 1]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"y_test": None}, "must have x_train, y_train, x_test, y_test, got x_train, y_train, x_t"),
        ({"x_train": np.ones(6)}, r"x_train must be \(N, n_in\) or .*, got \(6,\)"),
        ({"x_test": np.ones((2, 3))}, r"examples of one shape, got \(6, 2\) and \(2, 3\)"),
        ({"x_test": np.ones((2, 2), np.uint8)}, "must both be uint8, or neither, got float64 and"),
        ({"x_train": np.full((6, 2), np.nan)}, r"x_train must be finite, got nan at \(0, 0\)"),
        ({"x_test": np.full((2, 2), 1e300)}, r"x_test in float32 must be finite, got inf at"),
        ({"y_train": np.eye(6)}, r"y_train must have shape \(6\), got \(6, 6\)"),
        ({"y_train": np.zeros(5, int)}, r"y_train must have shape \(6\), got \(5,\)"),
        ({"y_test": np.array([0, -1])}, "y_test must be whole numbers from 0, or texts, got -1"),
        ({"y_test": np.array([0, 0.5])}, "y_test must be whole numbers from 0, or texts, got 0.5"),
        ({"y_test": np.array([0, np.nan])}, "y_test must be whole numbers from 0, .* got nan"),
        ({"y_test": np.array([0, 1e300])}, "y_test must be whole numbers from 0, .* got 1e.300"),
        ({"y_test": np.array(["a", "b"])}, "must both be texts or both numbers, got int64 and <U1"),
        ({"y_test": np.array([0, 1j])}, "must be whole numbers or texts, got dtype complex128"),
        ({"x_train": np.array([[None, 1]] * 6)}, "cannot be read as arrays of numbers or texts"),
    ],
)
def test_arrays_that_do_not_fit_are_named_with_their_file(
    changes: dict[str, Any], message: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=rf"mine\.npz.*{message}"):
        load_own(npz(tmp_path, **changes))


def test_a_text_that_is_no_class_is_named(tmp_path: Path) -> None:
    texts = np.array(["a", "b"] * 3)
    with pytest.raises(ValueError, match="y_test must be one of a, b, got 'c'"):
        load_own(npz(tmp_path, y_train=texts, y_test=np.array(["a", "c"])), classes=("a", "b"))


@pytest.mark.parametrize(
    ("text", "label", "message"),
    [
        (ROWS, None, "label must name the column of the labels; the columns are a, kind, b"),
        (ROWS, "c", "label must name one column, and none is called 'c'; the columns are a, kind"),
        ("a,a\n1,2\n3,4\n", "a", "label must name one column, and 2 is called 'a'"),
        ("a\n1\n2\n", "a", "there must be a column of inputs beside the labels"),
        ("", "a", "none is called 'a'"),
        ("a,b\n1,2\n", "a", "at least two rows below the names, got 1"),
        ("a,b\n1,x\n3,4\n", "a", "could not convert string 'x' to float64 at row 0, column 2"),
        ("a,b\n1,\n3,4\n", "a", "could not convert string '' to float64"),
        ("a,b\n1,2\n3\n", "a", "at row 2 with 1 columns"),
        ("a,b\n1,2\n,4\n", "a", "every row must have a label, got none in row 1"),
        ("a,b\n1.5,2\n2.5,4\n", "a", "must be whole numbers from 0, or texts, got"),
    ],
)
def test_a_table_that_does_not_fit_is_named(
    text: str, label: str | None, message: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=rf"mine\.csv: .*{message}"):
        load_own(csv(tmp_path, text), label=label)


def test_other_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"ending of .*\.txt must be one of '.npz', '.csv'"):
        load_own(tmp_path / "a.txt")
    with pytest.raises(FileNotFoundError, match=r"none\.npz"):
        load_own(tmp_path / "none.npz")
    (tmp_path / "bad.npz").write_text("no archive")
    with pytest.raises(ValueError, match=r"bad\.npz cannot be read"):
        load_own(tmp_path / "bad.npz")
    (tmp_path / "bad.csv").write_bytes(b"a,b\n\xff,1\n2,3\n")
    with pytest.raises(ValueError, match=r"bad\.csv: .*utf-8"):
        load_own(tmp_path / "bad.csv", label="b")
    with pytest.raises(ValueError, match=r"label is for a \.csv file, and .* is none"):
        load_own(npz(tmp_path), label="a")
