import numpy as np
import pytest

from minirelprune.experiments.exhibits import bins
from minirelprune.experiments.exhibits.known_information import gaussian_information


@pytest.mark.parametrize("rho", [-0.9, 0.0, 0.5, 0.75])
def test_two_bins_see_what_the_quadrants_tell(rho: float) -> None:
    same = 1 / 4 + np.arcsin(rho) / (2 * np.pi)  # P(x > 0, y > 0), Sheppard (1899)
    p = np.array([same, same, 0.5 - same, 0.5 - same])
    expected = (p * np.log(p / 0.25)).sum()
    assert bins.seen(rho, 2) == pytest.approx(expected, abs=1e-4)  # FINE points, not all


@pytest.mark.parametrize("rho", [0.5, 0.75])
def test_more_bins_see_more_and_never_all(rho: float) -> None:
    seen = [bins.seen(rho, k) for k in (2, 4, 8, 16, 32)]  # each cut in two is the next
    assert seen == sorted(seen)
    assert 0.97 * gaussian_information(rho) < seen[-1] < gaussian_information(rho)


def test_estimates_fall_short_with_few_bins_and_go_beyond_with_many() -> None:
    for row in bins.compute().numbers["bins"]:
        if row["correlation"] and row["bins"] <= 5:
            assert row["plug_in"] < row["truth"]
        if row["bins"] == 100:
            assert row["plug_in"] > row["truth"]
        if row["pairs"] == 10_000 and row["bins"] <= 10:
            assert row["miller_madow"] == pytest.approx(row["seen"], abs=0.01)
