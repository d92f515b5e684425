import tracemalloc

import numpy as np
import pytest

from minirelprune import ACTIVATIONS, Activation, contribution_moments
from minirelprune.contribution import kink, moments
from minirelprune.contribution.kink import TINY
from minirelprune.contribution.piecewise_linear import RANGE, fits

LINEAR = [f for f in ACTIVATIONS.values() if f.engine == "piecewise_linear"]


def kinked(name: str, left: float, right: float) -> Activation:
    """Linear on either side of 0, with these slopes."""
    return Activation(
        name,
        f=lambda z: np.where(z > 0, right * z, left * z),
        slope=lambda z: np.where(z > 0, right, left).astype(z.dtype),
        engine="piecewise_linear",
    )


def same(x: np.ndarray, W: np.ndarray, b: np.ndarray, f: Activation, silent: str) -> None:
    """The engine gives the moments of the definition."""
    fast = contribution_moments(x, W, b, f, silent=silent)
    exact = contribution_moments(x, W, b, f, silent=silent, engine="definition")
    np.testing.assert_allclose(fast.mean, exact.mean, rtol=1e-9)
    np.testing.assert_allclose(fast.std, exact.std, rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize("silent", ["zero", "skip", "epsilon"])
@pytest.mark.parametrize(
    "f",
    [
        *LINEAR,
        kinked("steep on the left", 3.0, 0.5),
        kinked("silent on the right", 1.0, 0.0),
        kinked("falling", -0.25, -2.0),
    ],
    ids=lambda f: f.name,
)
@pytest.mark.parametrize("signs", ["positive", "both", "negative"])
def test_any_slopes_and_inputs_of_any_sign(f: Activation, silent: str, signs: str) -> None:
    rng = np.random.default_rng(0)
    low, high = {"positive": (0, 9), "both": (-8, 9), "negative": (-8, 1)}[signs]
    x, W = rng.integers(low, high, (60, 12)) / 8, rng.integers(-8, 9, (12, 5)) / 8
    same(x, W, rng.integers(-8, 9, 5) / 8, f, silent)


@pytest.mark.parametrize("silent", ["zero", "epsilon"])
def test_more_weights_than_are_bounded_one_by_one(silent: str) -> None:
    rng = np.random.default_rng(0)
    n_in = 5 * kink.TOP
    x, W = rng.integers(0, 9, (40, n_in)) / 8, rng.integers(-8, 9, (n_in, 3)) / 8
    W[:, 1], W[:, 2] = 1, -1  # all weights equally large; and none that pulls z down from above
    same(x, W, -np.array([0.0, 10.0, -10.0]), ACTIVATIONS["leaky_relu"], silent)


def test_a_z_next_to_0_is_summed_without_overflow() -> None:
    x, W = np.float32([[1.0], [1.0]]), np.float32([[1.0]])
    z = np.float32([[1e-30], [1.0]])  # 1 / z^2 is beyond float32
    mean, std = contribution_moments(x, W, np.zeros(1, "f4"), ACTIVATIONS["identity"], z=z)
    assert mean.item() == pytest.approx(0.5e30, rel=1e-6)
    assert std.item() == pytest.approx(0.5e30, rel=1e-6)


def test_an_f_that_turns_at_0_is_refused() -> None:
    f = kinked("absolute", -1.0, 1.0)
    with pytest.raises(ValueError, match=r"activation must not turn at 0, got 'absolute' with"):
        contribution_moments(np.ones((1, 1)), np.ones((1, 1)), np.zeros(1), f)


def test_memory_grows_with_a_chunk_and_not_with_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(moments.CHUNK, "piecewise_linear", 1 << 18)
    rng = np.random.default_rng(0)
    x, W = rng.random((200_000, 40), np.float32), rng.random((40, 30), np.float32)
    tracemalloc.start()
    contribution_moments(x, W, np.zeros(30, np.float32), ACTIVATIONS["relu"])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 0.5 * x.nbytes


@pytest.mark.parametrize("other", [[], [1.0]], ids=["alone", "beside an input of 1"])
def test_the_square_of_a_faint_input_keeps_its_digits(other: list[float]) -> None:
    x = np.float32([[1.8e-22, *other], [6.3e-23, *other], [3.5e-23, *other]])  # below 1e-38 squared
    W, z = np.full((x.shape[1], 1), 1e3, np.float32), np.full((3, 1), 1e-9, np.float32)
    _, std = contribution_moments(x, W, np.zeros(1, "f4"), ACTIVATIONS["identity"], z=z)
    exact = (x[:, 0].astype("f8") * W[0, 0] / 1e-9).std()
    assert std[0, 0] == pytest.approx(exact, rel=1e-4, abs=0)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_products_are_taken_where_they_and_their_squares_are_in_range(dtype: str) -> None:
    limit, tiny = RANGE[dtype], TINY[dtype]
    steep = limit * tiny  # times 1 / tiny this is the limit
    least = 1 / limit
    cases = [  # inputs, z and w of which each is within the range, and what is next to it beyond
        (([1.0], 1.0, 1.0), ([0.99 * steep], 1.0, 1.0), ([1.01 * steep], 1.0, 1.0)),
        (([0.0, 1.0], 1.0, 1.0), ([1.0], 0.99 * limit, 1.0), ([1.0], 1.01 * limit, 1.0)),
        (([1.0], 0.0, 0.0), ([1.0], 1.0, 0.99 * steep), ([1.0], 1.0, 1.01 * steep)),
        (([1.0], 1.0, 0.0), ([tiny], 0.0, 0.99 * limit), ([tiny], 0.0, 1.01 * limit)),
        (([0.0], 0.0, 1.0), ([tiny], 0.99 * limit * tiny, 1.0), ([tiny], 1.01 * limit * tiny, 1.0)),
        (([1.0], 1e-3, 1.0), ([1.01 * least, 1.0], 1.0, 1.0), ([0.99 * least, 1.0], 1.0, 1.0)),
    ]
    for *within, beyond in cases:
        for (x, z, w), expected in [*((case, True) for case in within), (beyond, False)]:
            for signs in np.ndindex(2, 2, 2):
                arrays = (
                    (-1) ** sign * np.array(v, dtype)[None]
                    for sign, v in zip(signs, (x, [z], [w] * len(x)), strict=True)
                )
                assert fits(*arrays) == expected, (x, z, w)
    assert not fits(*np.array([[[0.5 * least, -1.0]], [[1.0, 1.0]], [[1.0, 1.0]]], dtype))


def test_ratios_whose_squares_leave_float32_are_summed_in_float64() -> None:
    """x / z is 5e19 here, whose square float32 does not hold; w makes the contributions small."""
    x, W, z = (np.full((1, 1), value, np.float32) for value in (1e8, 1e-6, 2e-12))
    mean, std = contribution_moments(x, W, np.zeros(1), "identity", z=z)
    assert not fits(x, z, W)
    np.testing.assert_allclose(mean.item(), 1e2 / 2e-12, rtol=2e-5)
    assert std.item() <= 1e-4 * mean.item()


def test_epsilon_is_added_also_where_inputs_leave_the_range_of_products() -> None:
    """Of two examples that differ, so that no second pass takes over."""
    x, z = np.array([[1e150], [3e150]]), np.full((2, 1), 1e-8)
    W = np.array([[1e-150]])
    assert not fits(x, z, W)
    mean, std = contribution_moments(x, W, np.zeros(1), "identity", z=z, silent="epsilon")
    np.testing.assert_allclose([mean.item(), std.item()], [2 / 2e-8, 1 / 2e-8], rtol=1e-12)


def test_small_contributions_keep_their_digits_where_inputs_leave_the_range_of_products() -> None:
    x, W, z = np.array([[1e150], [3e150]]), np.array([[1e-162]]), np.ones((2, 1))
    assert not fits(x, z, W)
    mean, std = contribution_moments(x, W, np.zeros(1), "identity", z=z)
    np.testing.assert_allclose([mean.item(), std.item()], [2e-12, 1e-12], rtol=1e-12)
