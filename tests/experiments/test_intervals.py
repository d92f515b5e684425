import numpy as np
import pytest
from scipy import stats

from minirelprune.experiments.intervals import estimate, rms


@pytest.mark.parametrize("n", [2, 5])
def test_the_interval_is_students_t(n: int) -> None:
    values = np.random.default_rng(0).normal(98, 0.1, n).tolist()
    own = estimate(values)
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert (own.low, own.high) == pytest.approx((expected.low, expected.high))


def test_one_seed_has_no_interval() -> None:
    assert np.isnan(estimate([98.0]).half_width)
    assert estimate([98.0]).text() == "98.00"


def test_rms_is_the_root_of_the_mean_square() -> None:
    assert rms([(1.0, 4.0), (0.0, -4.0)]) == pytest.approx(12.5**0.5)
