import csv
import io

import numpy as np
import pytest
from scipy import stats

from minirelprune.experiments import estimators
from minirelprune.experiments.estimators import (
    bimodal_information,
    estimator_table,
    noise_information,
    student_information,
)
from minirelprune.experiments.table import Table
from minirelprune.experiments.tidy import csv_text


@pytest.fixture(scope="module")
def table() -> Table:
    """Two samples, as if scikit-learn were not there."""

    def missing(name: str) -> None:
        raise ImportError(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(estimators, "import_module", missing)
        return estimator_table(seeds=2)


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


def test_equal_mass_sees_through_increasing_functions_and_equal_width_does_not(
    table: Table,
) -> None:
    plain, exp, power = table.rows[2:5]
    assert plain[2:4] == exp[2:4] == power[2:4]
    assert all(cell.endswith("(!)") for cell in exp[4:6] + power[4:6])
    assert not any(cell.endswith("(!)") for cell in plain)


def test_what_is_not_installed_is_said(table: Table) -> None:
    assert table.header[-1] == "scikit-learn"
    assert {row[-1] for row in table.rows} == {"not installed"}
    rows = list(csv.DictReader(io.StringIO(csv_text(table.tidy))))
    assert len(rows) == 40
    assert {row["estimator"] for row in rows} == set(table.header[2:-1])


def test_the_first_row_is_the_bias(table: Table) -> None:
    rows = [row for row in table.tidy if row["distribution"] == "independent normal"]
    for row, k in zip(rows, (10, 20), strict=False):
        bias = (k - 1) ** 2 / 20_000
        error = np.sqrt(2) * (k - 1) / 20_000  # of 2 N I, chi-square; and of two samples
        assert row["mean"] == pytest.approx(bias, abs=4 * error)
