import tracemalloc

import numpy as np
import pytest

from minirelprune import ACTIVATIONS, Activation, contribution_moments, contributions
from minirelprune.contribution.column import column_engine


@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=lambda f: f.name)
@pytest.mark.parametrize("silent", ["zero", "skip", "epsilon"])
def test_the_sums_are_those_of_the_tensor_of_eq_1(f: Activation, silent: str) -> None:
    rng = np.random.default_rng(0)
    x, W = rng.integers(-8, 9, (20, 5)) / 8, rng.integers(-8, 9, (5, 3)) / 8
    c = contributions(x, W, np.zeros(3), f, silent=silent)
    total, total_squares = column_engine(W, f, silent)(x, x @ W)
    np.testing.assert_allclose(total, np.nansum(c, axis=0), rtol=1e-12)
    np.testing.assert_allclose(total_squares, np.nansum(c**2, axis=0), rtol=1e-12)


@pytest.mark.parametrize("name", ["gelu", "silu", "sigmoid"])
def test_what_float32_cannot_square_is_summed_in_float64(name: str) -> None:
    f = ACTIVATIONS[name]
    # abs(a) is 1e-30 or less, and without the only weight a is 1/2 or 1: c^2 is beyond 3e38.
    x, z = np.float32([[-1.0], [-1.0]]), {"gelu": -12.5, "silu": -75.0, "sigmoid": -70.0}[name]
    W, b = np.float32([[1.0 - z]]), np.float32([1.0])
    exact = contribution_moments(*(v.astype(np.float64) for v in (x, W, b)), f, engine="column")
    single = contribution_moments(x, W, b, f, engine="column")
    assert np.square(np.float64(exact.mean.item())) > np.finfo(np.float32).max
    np.testing.assert_allclose(single.mean, exact.mean, rtol=1e-4)
    assert np.isfinite(single.std).all()


def test_memory_does_not_grow_with_the_data() -> None:
    rng = np.random.default_rng(0)
    x, W = rng.random((600_000, 40), np.float32), rng.random((40, 30), np.float32)
    tracemalloc.start()
    contribution_moments(x, W, np.zeros(30, np.float32), ACTIVATIONS["relu"], engine="column")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 0.5 * x.nbytes  # a few chunks
