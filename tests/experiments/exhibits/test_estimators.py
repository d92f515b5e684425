import csv
import io

import numpy as np
import pytest

from minirelprune.experiments.exhibits import estimators
from minirelprune.experiments.outputs import Contents, csv_text


@pytest.fixture(scope="module")
def contents() -> Contents:
    """Two samples, as if scikit-learn were not there."""

    def missing(name: str) -> None:
        raise ImportError(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(estimators, "import_module", missing)
        return estimators.compute(samples=2)


def test_equal_mass_sees_through_increasing_functions_and_equal_width_does_not(
    contents: Contents,
) -> None:
    plain, exp, power = contents.tables[0].rows[2:5]
    assert plain[2:4] == exp[2:4] == power[2:4]
    assert all(cell.endswith("(!)") for cell in exp[4:6] + power[4:6])
    assert not any(cell.endswith("(!)") for cell in plain)


def test_what_is_not_installed_is_said(contents: Contents) -> None:
    assert contents.tables[0].header[-1] == "scikit-learn"
    assert {row[-1] for row in contents.tables[0].rows} == {"needs the extra sklearn"}
    rows = list(csv.DictReader(io.StringIO(csv_text(contents.numbers["estimators"]))))
    assert len(rows) == 40
    assert {row["estimator"] for row in rows} == set(contents.tables[0].header[2:-1])


def test_the_first_row_is_the_bias(contents: Contents) -> None:
    rows = [
        row for row in contents.numbers["estimators"] if row["distribution"] == "independent normal"
    ]
    for row, k in zip(rows, (10, 20), strict=False):
        bias = (k - 1) ** 2 / 20_000
        error = np.sqrt(2) * (k - 1) / 20_000  # of 2 N I, chi-square; and of two samples
        assert row["mean"] == pytest.approx(bias, abs=4 * error)
