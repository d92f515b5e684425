import numpy as np
import pytest

from minirelprune import ACTIVATIONS, Activation, contribution_moments
from minirelprune.contribution import smooth
from minirelprune.contribution.exact import STEEPNESS

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
    with pytest.raises(ValueError, match=r"must be one of 'sigmoid', 'tanh', got 'sine'"):
        contribution_moments(np.ones((1, 1)), np.ones((1, 1)), np.zeros(1), f)
