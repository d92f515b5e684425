"""Which examples of a unit go into the products, and what is summed beside them."""

import numpy as np
import pytest

from minirelprune import ACTIVATIONS, contribution_moments
from minirelprune.contribution import kink
from minirelprune.contribution.column import column_engine
from minirelprune.contribution.exact import exact_contributions
from minirelprune.contribution.kink import CLOSE, TINY, TOP, Side
from minirelprune.contribution.piecewise_linear import piecewise_linear_engine


@pytest.mark.parametrize(
    ("side", "nearest"),
    [
        (Side(1, 1.0, 0.0, 0.0), CLOSE),  # ReLU: a correction that takes off must be small
        (Side(-1, 1.0, 100.0, 0.0), 0.0),  # a steeper slope beyond the kink only adds
        (Side(1, 1.0, 1.0, 0.0), 0.0),
        (Side(1, 1.0, 0.0, 1e-8), 1.0),  # nothing is corrected where epsilon is added
        (Side(-1, 0.0, 1.0, 1e-8), 1.0),
    ],
)
def test_only_what_a_subtraction_or_epsilon_would_spoil_stays_out_of_the_products(
    side: Side, nearest: float
) -> None:
    reach = np.array([0.0, 1.0, 4.0, 1000.0])
    for share in (0.0, 0.9 * CLOSE, CLOSE, 0.9, 1.0, 1.1):
        assert (side.by_products(share * reach, reach) == (share * reach >= nearest * reach)).all()


@pytest.mark.parametrize("f", ["identity", "leaky_relu", "relu"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("silent", ["zero", "skip", "epsilon"])
def test_a_z_is_counted_once_on_either_side_of_the_least_that_is_divided_by(
    f: str, dtype: type, silent: str
) -> None:
    tiny = dtype(TINY[np.dtype(dtype).name])
    z = np.array([np.nextafter(tiny, dtype(0)), tiny, np.nextafter(tiny, dtype(1))])[:, None]
    x, W = z / 2, np.ones((1, 1), dtype)  # half of each z is lost
    arrays = (x.astype(dtype), W, np.zeros(1, dtype), ACTIVATIONS[f])
    mean, std = contribution_moments(*arrays, z=z.astype(dtype), silent=silent)
    exact = 0.5 * float(tiny) / (float(tiny) + 1e-8) if silent == "epsilon" else 0.5
    assert mean.item() == pytest.approx(exact, rel=1e-6, abs=0)
    assert std.item() <= 1e-6 * exact


@pytest.mark.parametrize("silent", ["zero", "epsilon"])
@pytest.mark.parametrize("f", ["identity", "leaky_relu", "relu"])
def test_blocks_near_and_at_the_kink_add_up(
    f: str, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kink, "BLOCK", 6)  # two examples
    rng = np.random.default_rng(0)
    x, W = rng.integers(-8, 9, (24, 3)) / 8, rng.integers(-8, 9, (3, 2)) / 8
    z = rng.choice([-1, 1], (24, 2)) * rng.choice([0.25e-100, 0.5e-100, 0.1, 0.5], (24, 2))
    x[np.abs(z).min(axis=1) < 1e-90] *= 1e-100  # whose z is next to 0
    fast = piecewise_linear_engine(W, ACTIVATIONS[f], silent)(x, z)
    exact = column_engine(W, ACTIVATIONS[f], silent, exact_contributions)(x, z)
    np.testing.assert_allclose(fast, exact, rtol=1e-11)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [0.25, 4.0])
def test_the_bound_on_a_move_is_that_of_the_largest_weights_and_of_all_others(
    dtype: type, size: float
) -> None:
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(50, 3 * TOP)).astype(dtype), np.full(3 * TOP, size, dtype)
    w[:TOP] *= 1.5
    w[TOP : 2 * TOP] *= -1
    reach = kink._reach(kink._described(x), w, Side(1, 1.0, 0.0, 0.0))
    # The largest of the others is `size`; TOP weights pull the other way.
    bounds = [x[:, : 2 * TOP] * w[: 2 * TOP], size * np.maximum(x, 0)]
    expected = np.concatenate(bounds, axis=1).max(axis=1)
    eps = np.finfo(dtype).eps
    assert (reach >= expected * (1 + 3 * eps)).all()  # in spite of rounding
    assert (reach <= expected * (1 + 8 * eps)).all()
    assert reach.dtype == dtype


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_inputs_are_described_by_their_largest_of_either_sign(dtype: type) -> None:
    x = np.array([[0.25, -0.5, 0.125], [-0.25, 0.5, 0.0625]], dtype)
    by_input, of_examples, of_inputs = kink._described(x)
    assert (by_input == x.T).all()
    assert by_input.dtype == dtype
    assert [v.tolist() for v in of_examples] == [[0.25, 0.5], [0.5, 0.25]]
    assert [v.tolist() for v in of_inputs] == [[0.25, 0.5, 0.125], [0.25, 0.5, 0.0]]
