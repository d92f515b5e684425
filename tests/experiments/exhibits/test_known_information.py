import numpy as np
import pytest
from scipy import stats

from minirelprune.experiments.exhibits.known_information import (
    bimodal_information,
    noise_information,
    student_information,
)


@pytest.mark.parametrize("nu", [1, 3, 50])
@pytest.mark.parametrize("rho", [0.0, 0.75])
def test_the_truth_of_student_t_is_that_of_scipys_entropies(nu: float, rho: float) -> None:
    both = stats.multivariate_t(shape=[[1, rho], [rho, 1]], df=nu)
    expected = 2 * stats.t(nu).entropy() - both.entropy()
    assert student_information(nu, rho) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("e", [0.1, 0.5, 0.75])
def test_the_truth_of_additive_noise_is_that_of_scipys_entropies(e: float) -> None:
    width, flat = 1 + 2 * e, abs(1 - 2 * e)
    low, high = (width - flat) / 2 / width, (width + flat) / 2 / width
    total = stats.trapezoid(low, high, scale=width)  # of U(0, 1) + U(-e, e)
    expected = total.entropy() - np.log(2 * e)
    assert noise_information(e) == pytest.approx(expected, abs=1e-9)


def test_the_truth_of_two_clusters_goes_from_nothing_to_one_bit() -> None:
    assert bimodal_information(0.0) == pytest.approx(0, abs=1e-12)
    assert bimodal_information(8.0) == pytest.approx(np.log(2), abs=1e-12)
    assert bimodal_information(2.0) == pytest.approx(0.5789, abs=1e-4)
