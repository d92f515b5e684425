import numpy as np
import pytest

from minirelprune.experiments.bootstrap import percentiles, resampled


def test_the_spread_over_images_is_the_standard_error_of_a_mean() -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(size=(3, 400))
    drawn = resampled(values, np.random.default_rng(1), 4000)
    of_images = values.mean(axis=0)
    assert drawn.images.std() == pytest.approx(of_images.std() / 20, rel=0.05)
    of_seeds = values.mean(axis=1)
    assert drawn.seeds.std() == pytest.approx(of_seeds.std() / 3**0.5, rel=0.05)


def test_every_kind_of_resample_is_centred_on_the_mean() -> None:
    values = np.random.default_rng(0).random((4, 300))
    for means in resampled(values, np.random.default_rng(1), 4000):
        error = means.std() / 4000**0.5
        assert means.mean() == pytest.approx(values.mean(), abs=4 * error)


def test_what_no_seed_and_no_image_changes_is_certain() -> None:
    by_image = np.tile(np.arange(50.0), (5, 1))  # all seeds agree
    by_seed = np.repeat(np.arange(5.0)[:, None], 50, axis=1)  # all images agree
    of_images = resampled(by_image, np.random.default_rng(0), 200)
    of_seeds = resampled(by_seed, np.random.default_rng(0), 200)
    assert np.ptp(of_images.seeds) == pytest.approx(0, abs=1e-12)
    assert np.ptp(of_seeds.images) == pytest.approx(0, abs=1e-12)
    assert np.allclose(of_images.both, of_images.images)
    assert np.allclose(of_seeds.both, of_seeds.seeds)


def test_drawing_both_varies_as_owen_says() -> None:
    """Of values that are noise alone, three times the variance of a mean (Owen, 2007)."""
    values = np.random.default_rng(0).normal(size=(30, 1000))
    both = resampled(values, np.random.default_rng(1), 4000).both
    assert both.var() == pytest.approx(3 / values.size, rel=0.15)


def test_a_resample_count_that_no_block_divides_is_kept() -> None:
    drawn = resampled(np.ones((2, 3)), np.random.default_rng(0), 150)
    assert [len(means) for means in drawn] == [150] * 3


def test_the_interval_leaves_as_much_out_on_either_side() -> None:
    assert percentiles(np.arange(101.0), level=0.9) == (5.0, 95.0)
