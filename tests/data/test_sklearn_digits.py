"""scikit-learn's digits: its own images, cut in two, or an error that says how to have them."""

import sys

import numpy as np
import pytest

from minirelprune.data import DatasetUnavailable, load_dataset


def test_the_images_are_all_of_scikit_learns_in_its_order():
    datasets = pytest.importorskip("sklearn.datasets", reason="scikit-learn is not installed")
    own, theirs = load_dataset("sklearn-digits"), datasets.load_digits()
    assert (own.name, own.x_train.shape, own.x_test.shape) == (
        "sklearn-digits",
        (1437, 64),
        (360, 64),
    )
    assert (own.x_train.dtype, own.y_train.dtype) == (np.float32, np.int64)
    images = np.concatenate([own.x_train, own.x_test])
    np.testing.assert_array_equal(images * 16, theirs.images.reshape(-1, 64))  # exact: 16 is 2^4
    np.testing.assert_array_equal(np.concatenate([own.y_train, own.y_test]), theirs.target)


def test_where_scikit_learn_is_missing_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(DatasetUnavailable, match=r'pip install "minirelprune\[sklearn\]"'):
        load_dataset("sklearn-digits")
