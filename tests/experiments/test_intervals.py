import numpy as np
import pytest
from scipy import stats

from minirelprune.experiments.intervals import estimate, holm, p_value, rms


@pytest.mark.parametrize("n", [2, 5])
def test_the_interval_is_students_t(n: int) -> None:
    values = np.random.default_rng(0).normal(98, 0.1, n).tolist()
    own = estimate(values)
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert (own.low, own.high) == pytest.approx((expected.low, expected.high))


def test_one_seed_has_no_interval() -> None:
    assert np.isnan(estimate([98.0]).half_width)
    assert estimate([98.0]).text() == "98.00"


@pytest.mark.parametrize("n", [2, 5])
def test_p_is_that_of_the_t_test_and_below_5_percent_where_the_interval_excludes_0(n: int) -> None:
    for seed in range(20):
        values = np.random.default_rng(seed).normal(0.1, 0.1, n).tolist()
        assert p_value(values) == pytest.approx(stats.ttest_1samp(values, 0).pvalue)
        own = estimate(values)
        assert (p_value(values) < 0.05) == (own.low > 0 or own.high < 0)


def test_p_of_one_seed_is_unknown_and_of_seeds_that_agree_0_or_1() -> None:
    assert np.isnan(p_value([0.3]))
    assert p_value([0.25, 0.25, 0.25]) == 0
    assert p_value([0.0, 0.0]) == 1


def test_holm_multiplies_the_smallest_by_their_number_and_never_turns_the_order() -> None:
    assert holm([]) == []
    assert holm([0.02]) == [0.02]
    # Holm (1979), by hand: 3 x 0.01, then 2 x 0.02, then 1 x 0.03, which may not be below 0.04.
    assert holm([0.03, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])
    assert holm([0.6, 0.9]) == [1, 1]


def test_holm_rejects_by_chance_in_at_most_5_percent_of_families() -> None:
    rng = np.random.default_rng(0)
    families = rng.uniform(size=(2000, 20)).tolist()
    false = sum(min(holm(family)) < 0.05 for family in families)
    assert false <= 0.05 * 2000 + 3 * (0.05 * 0.95 * 2000) ** 0.5


def test_rms_is_the_root_of_the_mean_square() -> None:
    assert rms([(1.0, 4.0), (0.0, -4.0)]) == pytest.approx(12.5**0.5)
