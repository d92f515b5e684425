import numpy as np
import pytest

from minirelprune import ACTIVATIONS, Activation, contribution_moments
from minirelprune.contribution import smooth
from minirelprune.contribution.column import column_engine
from minirelprune.contribution.exact import STEEPNESS
from minirelprune.laws import oracle

NAMES = ["sigmoid", "tanh"]


@pytest.mark.parametrize("name", NAMES)
def test_the_closed_form_takes_the_inputs_whose_digits_it_keeps(name: str) -> None:
    rng, f = np.random.default_rng(0), ACTIVATIONS[name]
    x, W = rng.random((50, 4)), rng.random((4, 3))
    W[:2] *= 30  # d far below 0: exp(d) is lost beside 1
    layer = smooth._prepared(W * STEEPNESS[name])
    assert smooth.fits(x.T, layer, None).tolist() == [False, False, True, True]
    z = x @ W
    expected = contribution_moments(x, W, np.zeros(3), f, z=z, engine="definition")
    actual = contribution_moments(x, W, np.zeros(3), f, z=z, engine="smooth")
    np.testing.assert_allclose(actual.mean, expected.mean, rtol=1e-9)
    np.testing.assert_allclose(actual.std, expected.std, rtol=1e-6)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("silent", ["zero", "skip", "epsilon"])
def test_blocks_of_sparse_inputs_of_either_sign(
    name: str, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smooth, "BLOCK", 12)  # 4 examples at a time
    rng, f = np.random.default_rng(0), ACTIVATIONS[name]
    x, W = rng.normal(size=(50, 6)) * (rng.random((50, 6)) < 0.5), rng.normal(size=(6, 3))
    x[:, 0], x[:, 1] = 0, -np.abs(x[:, 1])
    x[0] = 0  # z is b, and tanh(0) is silent
    b = np.array([0.0, 1.0, -1.0])
    expected = contribution_moments(x, W, b, f, silent=silent, engine="definition")
    actual = contribution_moments(x, W, b, f, silent=silent)
    np.testing.assert_allclose(actual.mean, expected.mean, rtol=1e-9)
    np.testing.assert_allclose(actual.std, expected.std, rtol=1e-6)
    assert not actual.mean[0].any()


@pytest.mark.parametrize("name", NAMES)
def test_a_tiny_weight_keeps_its_digits_in_float32(name: str) -> None:
    x, W = np.float32([[1.0, 0.5]]), np.float32([[1e-6], [1.0]])
    exact = contribution_moments(x.astype("f8"), W.astype("f8"), np.zeros(1), ACTIVATIONS[name])
    mean, _ = contribution_moments(x, W, np.zeros(1, "f4"), ACTIVATIONS[name])
    assert mean[0, 0] == pytest.approx(exact.mean[0, 0], rel=1e-5)


def test_a_smooth_f_without_a_known_closed_form_is_refused() -> None:
    f = Activation("sine", f=np.sin, slope=np.cos, engine="smooth")
    message = (
        '^the name of an activation with engine="smooth" must be one of '
        "'sigmoid', 'tanh', got 'sine'"
    )
    with pytest.raises(ValueError, match=message):
        contribution_moments(np.ones((1, 1)), np.ones((1, 1)), np.zeros(1), f)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_an_input_fits_by_its_largest_move_in_either_direction(dtype: type) -> None:
    x = np.array([[4.0, 1.0], [-4.0, 1.0], [4.0001, 1.0], [0.0, -4.0001]], dtype)
    layer = smooth._prepared(np.array([[1.0, 0.5], [1.0, 0.5], [-1.0, 0.5], [0.5, -1.0]], dtype))
    assert smooth.NEAR == 4
    assert smooth.fits(x, layer, None).tolist() == [True, True, False, False]
    factor = np.array([[1.0, smooth.LARGE[np.dtype(dtype).name]]], dtype)
    assert smooth.fits(x, layer, factor).tolist() == [True, True, False, False]
    beyond = smooth.fits(x, layer, 1.01 * factor)
    assert beyond.tolist() == [False] * 4
    assert beyond.dtype == np.bool_


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("silent", ["zero", "epsilon"])
def test_the_sums_of_blocks_are_those_of_the_tensor_of_eq_1(
    name: str, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smooth, "BLOCK", 12)  # 4 examples at a time
    rng, f = np.random.default_rng(0), ACTIVATIONS[name]
    x, W = rng.normal(size=(50, 4)) * (rng.random((50, 4)) < 0.5), rng.normal(size=(4, 3))
    z = x @ W + 1
    fast = smooth.smooth_engine(W, f, silent)(x, z)
    np.testing.assert_allclose(fast, column_engine(W, f, silent)(x, z), rtol=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_a_tiny_weight_beside_one_that_does_not_fit_keeps_its_digits(name: str) -> None:
    x, W, z = np.array([[1.0], [0.5]]), np.array([[1e-12, 30.0]]), np.full((2, 2), 0.5)
    moments = contribution_moments(x, W, np.zeros(2), ACTIVATIONS[name], z=z)
    for actual, exact in zip(moments, oracle.moments(x, W, z, name, "zero"), strict=True):
        assert actual[0, 0] == pytest.approx(exact[0, 0], rel=1e-12, abs=0)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("d", [1.0, 1.6, 3.9])
def test_the_series_serves_moves_up_to_where_it_has_its_digits(name: str, d: float) -> None:
    x, w = np.float32([[d / 2], [-d / 2]]), np.float32([[2.0 / STEEPNESS[name]]])
    z = np.float32([[0.5], [-0.25]])
    actual = contribution_moments(x, w, np.zeros(1, "f4"), ACTIVATIONS[name], z=z)
    np.testing.assert_allclose(actual, oracle.moments(x, w, z, name, "zero"), rtol=1e-5)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", NAMES)
def test_moves_that_underflow_warn_of_nothing_on_any_thread(
    name: str, dtype: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    tiny = np.finfo(dtype).tiny
    x = np.array([[1.0, tiny, 1.0, 3.0]], dtype)
    W = np.array([[0.0, 1.0], [tiny, 0.5], [tiny / 8, 0.5], [0.0, 1.0]], dtype)
    mean, _ = contribution_moments(x, W, np.zeros(2, dtype), ACTIVATIONS[name])
    assert (mean[0, 0], mean[3, 0]) == (0, 0)
    assert np.isfinite(mean).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_layer_is_prepared_in_its_dtype(dtype: type) -> None:
    with np.errstate(divide="ignore", invalid="ignore"):  # as `contribution_moments` has it
        layer = smooth._prepared(np.array([[0.5, -2.0], [0.0, 0.0]], dtype))
    assert {part.dtype for part in layer} == {np.dtype(dtype)}
    assert layer.largest.tolist() == [2, 0]
    assert layer.powers[0, 1].tolist() == [-0.5, -0.5]  # the term that is a constant


def test_rows_next_to_each_other_are_not_copied() -> None:
    array, spare = np.arange(12.0).reshape(6, 2), np.empty((3, 2))
    together = smooth._rows(array, np.array([2, 3, 4]), spare)
    assert np.shares_memory(together, array)
    assert (together == array[2:5]).all()
    apart = smooth._rows(array, np.array([0, 2, 5]), spare)
    assert np.shares_memory(apart, spare)
    assert (apart == array[[0, 2, 5]]).all()


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_an_input_without_weights_contributes_nothing(activation: str, dtype: type) -> None:
    rng = np.random.default_rng(0)
    x, W = rng.random((50, 3)).astype(dtype), (0.1 * rng.normal(size=(3, 4))).astype(dtype)
    W[1] = 0
    mean, std = contribution_moments(x, W, np.zeros(4), activation)
    assert not mean[1].any()
    assert not std[1].any()
    assert mean[[0, 2]].all()
