"""Which weights are summed again around their mean, and that this is the definition."""

import numpy as np
import pytest

from minirelprune import ACTIVATIONS, contribution_moments
from minirelprune.contribution import moments
from minirelprune.contribution.moments import ENGINES
from minirelprune.contribution.spread import doubtful
from minirelprune.laws import oracle

SILENT = ("zero", "skip", "epsilon")


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [2.0**-40, 1.0, 2.0**40])
def test_a_variance_is_doubtful_below_a_share_of_the_mean_square(dtype: type, size: float) -> None:
    mean = size * np.array([[1.0, 1.0, 1.0]])
    second = np.square(mean) * (1 + np.array([[0.0, 2e-3, 3e-3]]))
    assert doubtful(mean, second, np.zeros((1, 3), dtype)).tolist() == [[True, True, False]]


def test_a_mean_whose_square_float32_loses_is_doubtful_and_one_of_0_is_not() -> None:
    mean = np.array([[0.0, 5e-324, 0.9e-14, 1.1e-14]])
    of = {dtype: doubtful(mean, 2 * mean**2, np.zeros((1, 4), dtype)) for dtype in ("f4", "f8")}
    assert of["f4"].tolist() == [[False, True, True, False]]
    assert of["f8"].tolist() == [[False, False, False, False]]


@pytest.mark.parametrize("silent", SILENT)
@pytest.mark.parametrize("f", ["relu", "sigmoid"])
def test_chunks_that_are_summed_again_add_up(
    f: str, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(0)
    x = (1 + 1e-4 * rng.normal(size=(20, 2))).astype(np.float32)
    W, b = np.float32([[0.5], [0.25]]), np.float32([0.125])
    monkeypatch.setattr(moments, "CHUNK", dict.fromkeys(ENGINES, 6))  # 3 examples
    z = x @ W + b
    mean, std = contribution_moments(x, W, b, ACTIVATIONS[f], z=z, silent=silent)
    exact_mean, exact_std = oracle.moments(x, W, z, f, silent)
    np.testing.assert_allclose(mean, exact_mean, rtol=1e-12)
    np.testing.assert_allclose(std, exact_std, rtol=1e-9)


@pytest.mark.parametrize("silent", SILENT)
def test_a_silent_example_counts_in_a_faint_sigma_as_r2_says(silent: str) -> None:
    x, W = np.float32([[1e-20], [3e-20], [1e-20]]), np.float32([[1.0]])
    z = np.float32([[1.0], [1.0], [-1.0]])
    mean, std = contribution_moments(
        x, W, np.zeros(1, "f4"), ACTIVATIONS["relu"], z=z, silent=silent
    )
    c = {"zero": [1e-20, 3e-20, 0], "skip": [1e-20, 3e-20], "epsilon": [1e-20, 3e-20, 0]}[silent]
    assert mean.item() == pytest.approx(np.mean(c), rel=1e-6, abs=0)
    assert std.item() == pytest.approx(np.std(c), rel=1e-6, abs=0)
