import warnings

import numpy as np
import pytest

from minirelprune import ACTIVATIONS, Activation


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_far_out_nothing_overflows_and_the_dtype_stays(name: str, dtype: type) -> None:
    f, z = ACTIVATIONS[name], np.array([-1e4, -1.0, 0.0, 1.0, 1e4], dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        a, slope = f(z), f.derivative(z)
    assert a.dtype == slope.dtype == dtype
    assert np.isfinite(a).all()
    assert np.isfinite(slope).all()


def test_the_sigmoid_keeps_its_digits_in_the_left_tail() -> None:
    a = ACTIVATIONS["sigmoid"](np.array([-80.0], np.float32))
    np.testing.assert_allclose(a, np.exp(-80.0), rtol=1e-5)  # not the 0 of 1 - 1


@pytest.mark.parametrize("name", ["leaky_relu", "gelu", "silu"])
def test_f_and_its_slope_are_torchs(name: str) -> None:
    torch = pytest.importorskip("torch")
    z = np.linspace(-12, 12, 401)
    tensor = torch.tensor(z, requires_grad=True)
    a = getattr(torch.nn.functional, name)(tensor)
    a.sum().backward()
    np.testing.assert_allclose(ACTIVATIONS[name](z), a.detach().numpy(), rtol=1e-9, atol=1e-15)
    slope = tensor.grad.numpy()
    np.testing.assert_allclose(ACTIVATIONS[name].derivative(z), slope, rtol=1e-9, atol=1e-15)


def test_gelu_and_silu_at_1_and_far_out() -> None:
    phi, sigmoid = 0.8413447460685429, 1 / (1 + np.exp(-1))  # Phi(1), s(1)
    z = np.array([-40.0, 1.0, 40.0])
    np.testing.assert_allclose(ACTIVATIONS["gelu"](z), [0, phi, 40], atol=1e-15)
    np.testing.assert_allclose(ACTIVATIONS["silu"](z), [0, sigmoid, 40], atol=1e-15)
    density = np.exp(-0.5) / np.sqrt(2 * np.pi)
    expected = [0, phi + density, 1]
    np.testing.assert_allclose(ACTIVATIONS["gelu"].derivative(z), expected, atol=1e-15)
    expected = [0, sigmoid * (2 - sigmoid), 1]
    np.testing.assert_allclose(ACTIVATIONS["silu"].derivative(z), expected, atol=1e-14)


def test_each_is_registered_under_its_name() -> None:
    assert all(f.name == name for name, f in ACTIVATIONS.items())


@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=lambda f: f.name)
@pytest.mark.parametrize("tolerance", [0.0, 0.01, 0.2, 1.0])
def test_z_are_blind_where_the_slope_is_small(f: Activation, tolerance: float) -> None:
    z = np.linspace(-10, 10, 1000)  # not on an edge
    expected = np.abs(f.derivative(z)) <= tolerance
    assert (f.is_blind(z, tolerance) == expected).all()
    assert (f.is_blind(z.reshape(10, 100).astype(np.float32), tolerance).ravel() == expected).all()


@pytest.mark.parametrize(
    ("name", "tolerance", "expected"),
    [
        ("relu", 0.0, [(-np.inf, 0.0)]),
        ("relu", 1.0, [(-np.inf, np.inf)]),
        ("leaky_relu", 0.0099, []),
        ("leaky_relu", 0.01, [(-np.inf, 0.0)]),
        ("sigmoid", 0.0, []),
        ("sigmoid", 0.25, [(-np.inf, np.inf)]),
        ("tanh", 0.0, []),
        ("tanh", 0.75, [(-np.inf, -np.log(3) / 2), (np.log(3) / 2, np.inf)]),  # artanh(1/2)
        ("identity", 0.5, []),
    ],
)
def test_the_blind_range_in_closed_form(
    name: str, tolerance: float, expected: list[tuple[float, float]]
) -> None:
    actual = ACTIVATIONS[name].blind_range(tolerance)
    assert len(actual) == len(expected)
    np.testing.assert_allclose(actual, expected, rtol=1e-14)


def test_a_negative_tolerance_is_refused() -> None:
    with pytest.raises(ValueError, match=r"tolerance must be >= 0, got -1"):
        ACTIVATIONS["relu"].blind_range(-1)
