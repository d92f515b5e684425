import warnings

import numpy as np
import pytest

from minirelprune import ACTIVATIONS, Activation

NAN, INF = float("nan"), float("inf")


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


@pytest.mark.parametrize(("name", "left"), [("relu", 0.0), ("leaky_relu", 0.01)])
def test_at_the_kink_the_slope_is_that_from_the_left(name: str, left: float) -> None:
    z = np.array([-1e-300, -0.0, 0.0, 1e-300])
    assert ACTIVATIONS[name].derivative(z).tolist() == [left, left, left, 1.0]


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


@pytest.mark.parametrize("tolerance", [-1, NAN, "0.1", None, True, [0.1]])
def test_a_tolerance_that_is_no_number_from_0_is_refused(tolerance: object) -> None:
    for f in (ACTIVATIONS["relu"], ACTIVATIONS["gelu"]):
        with pytest.raises(ValueError, match=r"tolerance must be >= 0, got "):
            f.blind_range(tolerance)
        with pytest.raises(ValueError, match=r"tolerance must be >= 0, got "):
            f.is_blind(np.zeros(1), tolerance)


def test_without_a_tolerance_only_a_slope_of_0_is_blind() -> None:
    for f in ACTIVATIONS.values():
        if f.blind is not None:
            assert f.blind_range() == f.blind_range(0.0)
        z = np.array([-4.0, -1.0, 0.0, 1.0, 4.0])
        assert f.is_blind(z).tolist() == (f.slope(z) == 0).tolist()


def test_a_tolerance_of_less_precision_is_computed_with_in_full() -> None:
    tanh = ACTIVATIONS["tanh"]
    assert tanh.blind_range(np.float32(0.25)) == tanh.blind_range(0.25)


@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=lambda f: f.name)
def test_whole_numbers_and_lists_are_numbers(f: Activation) -> None:
    z = [3, 0, 200]
    expected = np.array(z, np.float64)
    for given in (z, np.array(z, np.uint8), np.array(z), np.array(z, ">f8")):
        assert f(given).tobytes() == f.f(expected).tobytes()
        assert f.derivative(given).tobytes() == f.slope(expected).tobytes()
        assert (f.is_blind(given, 0.1) == f.is_blind(expected, 0.1)).all()
    assert f(np.array(z, np.float16)).dtype == np.float32
    assert f(np.float64(3.0)) == f(3) == expected.dtype.type(f(expected)[0])
    for use in (f, f.derivative, f.is_blind):
        with pytest.raises(ValueError, match=r"^z must be real numbers, got a list of dtype <U1"):
            use(["3"])


@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=lambda f: f.name)
def test_infinity_goes_in_and_nan_comes_out_as_nan(f: Activation) -> None:
    ends = {"sigmoid": (0, 1), "tanh": (-1, 1), "relu": (0, INF)}.get(f.name, (-INF, INF))
    if f.name not in ("gelu", "silu"):  # 0 times infinity
        assert f([-INF, INF]).tolist() == list(ends)
    assert np.isnan(f(np.array([NAN], np.float32))).all()
    assert not f.is_blind([NAN], 0.1).any()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": None}, "^name must be a str, such as 'sine', got None$"),
        ({"f": None}, "f must be a function, got None"),
        ({"slope": "cos"}, "slope must be a function, got 'cos'"),
        ({"blind": [(0, 1)]}, r"blind must be a function or None, got \[\(0, 1\)\]"),
        (
            {"engine": "fast"},
            "engine must be one of 'piecewise_linear', 'smooth', None, got 'fast'",
        ),
        ({"engine": np.array(["smooth"])}, "engine must be one of .*, got array"),
    ],
)
def test_an_activation_of_no_functions_is_refused(changes: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Activation(**{"name": "sine", "f": np.sin, "slope": np.cos, **changes})
