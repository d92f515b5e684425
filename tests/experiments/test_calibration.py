"""The calibration error is its definition, and 0 where confidence and accuracy agree."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minirelprune.experiments.calibration import BINS, reliability


@given(
    n=st.integers(1, 60),
    classes=st.integers(2, 5),
    scale=st.floats(0.01, 1000),
    seed=st.integers(0, 2**32 - 1),
)
def test_it_is_the_mean_gap_of_the_bins(n: int, classes: int, scale: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    logits, y = scale * rng.normal(size=(n, classes)), rng.integers(0, classes, n)
    error, bins = 0.0, {}
    for row, label in zip(logits, y, strict=True):
        p = np.exp(row - row.max()) / np.exp(row - row.max()).sum()
        bins.setdefault(min(int(p.max() * BINS), BINS - 1), []).append(
            (p.max(), p.argmax() == label)
        )
    for members in bins.values():
        sure, right = np.mean(members, axis=0)
        error += len(members) / n * abs(sure - right)
    found = reliability(logits, y)
    assert found.error == pytest.approx(error, abs=1e-12)
    assert found.share.sum() == pytest.approx(1)
    assert set(np.flatnonzero(found.share)) == set(bins)


def test_one_that_is_as_sure_as_right_has_no_error() -> None:
    logits = np.log(np.array([[3.0, 1.0]] * 4))
    assert reliability(logits, np.array([0, 0, 0, 1])).error == pytest.approx(0)
    assert reliability(logits, np.array([0, 0, 0, 0])).error == pytest.approx(1 / 4)
    assert reliability(logits, np.array([1, 1, 1, 1])).error == pytest.approx(3 / 4)
