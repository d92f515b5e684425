import warnings

import numpy as np
import pytest

from minirelprune import ACTIVATIONS


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
