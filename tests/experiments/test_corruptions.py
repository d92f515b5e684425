"""A corruption moves what it says, and keeps pixels in [0, 1]."""

import numpy as np
import pytest

from minirelprune import load_dataset
from minirelprune.experiments.corruptions import CORRUPTIONS, IN_WORDS, corrupted

X = load_dataset("synthetic", n_train=1, n_test=20).x_test


def one_pixel(row: int, column: int) -> np.ndarray:
    image = np.zeros((1, 28, 28))
    image[0, row, column] = 1
    return image.reshape(1, 784)


def where(x: np.ndarray) -> tuple[float, float]:
    """The centre of the brightness: row and column."""
    image = x.reshape(28, 28)
    rows, columns = np.mgrid[:28, :28]
    return float((rows * image).sum() / image.sum()), float((columns * image).sum() / image.sum())


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_pixels_stay_in_range_and_of_their_dtype_and_the_images_change(name: str) -> None:
    before = X.copy()
    found = corrupted(X, name, np.random.default_rng(0))
    assert found.dtype == X.dtype
    assert found.shape == X.shape
    assert 0 <= found.min() <= found.max() <= 1
    assert (np.abs(found - X).max(axis=1) > 0.1).all()
    assert (before == X).all()


def test_each_has_words() -> None:
    assert [*IN_WORDS] == [*CORRUPTIONS]


def test_a_shift_is_three_pixels_to_the_right_and_down() -> None:
    assert where(corrupted(one_pixel(10, 12), "shift", np.random.default_rng(0))) == (13, 15)


def test_a_rotation_is_by_20_degrees_about_the_middle() -> None:
    row, column = where(corrupted(one_pixel(13, 23), "rotation", np.random.default_rng(0)))
    before, after = np.array([-0.5, 9.5]), np.array([row - 13.5, column - 13.5])
    assert np.linalg.norm(after) == pytest.approx(np.linalg.norm(before), abs=0.3)
    angle = np.degrees(np.arctan2(*after) - np.arctan2(*before))
    assert abs(angle) == pytest.approx(20, abs=2)


def test_a_blur_keeps_the_place_and_the_brightness() -> None:
    found = corrupted(one_pixel(14, 14), "blur", np.random.default_rng(0))
    assert where(found) == pytest.approx((14, 14))
    assert found.sum() == pytest.approx(1)
    assert found.max() == pytest.approx(1 / (2 * np.pi * 1.5**2), rel=0.05)  # of the continuous one


def test_noise_has_the_stated_spread_and_is_drawn_from_the_generator() -> None:
    grey = np.full((50, 784), 0.5)
    one, same, other = (corrupted(grey, "noise", np.random.default_rng(k)) for k in (0, 0, 1))
    assert (one == same).all()
    assert (one != other).any()
    clipped = np.clip(0.5 + 0.3 * np.random.default_rng(9).normal(size=100_000), 0, 1)
    assert one.std() == pytest.approx(clipped.std(), rel=0.02)
