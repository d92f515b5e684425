"""`load_dataset`: real data where it can be had, and synthetic digits never in silence."""

import os
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minirelprune.data import (
    DatasetUnavailable,
    SyntheticDataWarning,
    load_dataset,
    mnist,
    synthetic,
)

REAL = os.environ.get("MINIRELPRUNE_DATA", "")
RNG = np.random.default_rng(0)
TINY = (
    RNG.random((6, 784), np.float32),
    RNG.integers(0, 10, 6),
    RNG.random((4, 784), np.float32),
    RNG.integers(0, 10, 4),
)


@pytest.fixture
def here(monkeypatch):
    """Tiny real data is on this machine; the calls to load it are kept."""
    calls = []

    def load(name, *, download):
        calls.append((name, download))
        return TINY

    monkeypatch.setattr(mnist, "load", load)
    return calls


@pytest.fixture
def nowhere(monkeypatch):
    """Real data cannot be had."""

    def load(name, *, download):
        raise DatasetUnavailable("first line\nsecond line")

    monkeypatch.setattr(mnist, "load", load)


@pytest.mark.parametrize("name", ["auto", "mnist", "fashion-mnist"])
@pytest.mark.parametrize("download", [True, False])
def test_real_data_comes_whole_and_by_its_name(here, name, download):
    data = load_dataset(name, download=download)
    real = "mnist" if name == "auto" else name
    assert data.name == real
    assert here == [(real, download)]
    for own, loaded in zip(data[1:], TINY, strict=True):
        np.testing.assert_array_equal(own, loaded)


@given(n_train=st.integers(1, 6), n_test=st.integers(1, 4))
def test_of_real_data_the_first_examples_are_taken(n_train, n_test):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mnist, "load", lambda name, *, download: TINY)
        data = load_dataset("mnist", n_train=n_train, n_test=n_test)
    for own, loaded, n in zip(data[1:], TINY, [n_train, n_train, n_test, n_test], strict=True):
        np.testing.assert_array_equal(own, loaded[:n])


@pytest.mark.parametrize(
    ("count", "words"),
    [
        ({"n_train": 7}, "n_train must be at most 6, got 7"),
        ({"n_test": 5}, "n_test must be at most 4, got 5"),
    ],
)
@pytest.mark.parametrize("name", ["auto", "mnist"])
def test_more_real_examples_than_there_are_is_an_error(here, name, count, words):
    with pytest.raises(ValueError, match=words):
        load_dataset(name, **count)


@pytest.mark.parametrize("name", ["auto", "mnist", "synthetic"])
@pytest.mark.parametrize("argument", ["n_train", "n_test"])
@pytest.mark.parametrize("count", [0, -1, 2.5, True, "9"])
def test_a_count_is_a_whole_number_above_0(here, name, argument, count):
    with pytest.raises(ValueError, match=f"{argument} must be a whole number >= 1, got"):
        load_dataset(name, **{argument: count})


@pytest.mark.parametrize("seed", [-1, 0.5, None])
def test_a_seed_is_a_whole_number(here, seed):
    with pytest.raises(ValueError, match="seed must be a whole number >= 0"):
        load_dataset("mnist", seed=seed)


def test_an_unknown_name_is_an_error_that_lists_the_known_ones():
    words = (
        "one of 'auto', 'mnist', 'fashion-mnist', 'sklearn-digits', 'synthetic', 'cifar-10', "
        "got 'MNIST'"
    )
    with pytest.raises(ValueError, match=words):
        load_dataset("MNIST")


def test_auto_falls_back_on_synthetic_digits_and_says_so_in_one_line(nowhere):
    with pytest.warns(SyntheticDataWarning, match="synthetic digits") as caught:
        data = load_dataset(n_train=5, n_test=3, seed=8)
    assert len(caught) == 1
    assert "\n" not in str(caught[0].message)
    assert caught[0].filename == __file__  # it points at the line that asked for the data
    expected = load_dataset("synthetic", n_train=5, n_test=3, seed=8)
    assert data.name == "synthetic"
    for own, other in zip(data[1:], expected[1:], strict=True):
        np.testing.assert_array_equal(own, other)


@pytest.mark.parametrize("name", ["mnist", "fashion-mnist"])
def test_real_data_asked_for_by_name_is_never_replaced(nowhere, name):
    with pytest.raises(DatasetUnavailable):
        load_dataset(name)


def test_auto_does_not_pass_over_a_damaged_file_of_the_user(tmp_path, monkeypatch):
    monkeypatch.setenv("MINIRELPRUNE_DATA", str(tmp_path))
    (tmp_path / "mnist").mkdir()
    (tmp_path / "mnist" / "train-images-idx3-ubyte.gz").write_bytes(b"<!DOCTYPE html>")
    with pytest.raises(
        ValueError,
        match=r"train-images-idx3-ubyte\.gz begins with .*: a web page, not IDX; replace it",
    ):
        load_dataset("auto", download=False)


def test_synthetic_data_asks_nothing_of_disk_or_network(here):
    data = load_dataset("synthetic", n_train=12, n_test=7)
    assert here == []
    assert (data.x_train.shape, data.y_train.shape) == ((12, 784), (12,))
    assert (data.x_test.shape, data.y_test.shape) == ((7, 784), (7,))
    for x, y in [(data.x_train, data.y_train), (data.x_test, data.y_test)]:
        assert (x.dtype, y.dtype) == (np.float32, np.int64)
        assert x.min() >= 0
        assert x.max() <= 1
        assert set(y.tolist()) <= set(range(10))


def test_synthetic_data_is_ten_thousand_and_two_thousand_unless_told(monkeypatch):
    monkeypatch.setattr(synthetic, "digits", lambda n, *, seed: (n, seed))
    data = load_dataset("synthetic")
    assert (data.x_train, data.x_test) == (10_000, 2_000)


@given(st.integers(0, 2**64), st.integers(0, 2**64))
@example(0, 1)
@example(1, 0)
def test_what_one_seed_trains_on_no_seed_tests_on(seed, other):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(synthetic, "digits", lambda n, *, seed: (n, seed))
        one, two = load_dataset("synthetic", seed=seed), load_dataset("synthetic", seed=other)
    assert one.y_train not in (one.y_test, two.y_test)
    assert (one.y_train == two.y_train) == (one.y_test == two.y_test) == (seed == other)


def test_the_same_seed_draws_the_same_bits():
    draws = [load_dataset("synthetic", n_train=20, n_test=10, seed=seed) for seed in (4, 4, 5)]
    for first, same, other in zip(*(draw[1:] for draw in draws), strict=True):
        np.testing.assert_array_equal(first, same)
        assert not np.array_equal(first, other)


@pytest.mark.skipif(not Path(REAL, "mnist").is_dir(), reason="no $MINIRELPRUNE_DATA/mnist")
def test_auto_takes_the_real_mnist_where_it_is():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        data = load_dataset(download=False, n_train=100, n_test=50)
    assert (data.name, data.x_train.shape, data.x_test.shape) == ("mnist", (100, 784), (50, 784))
