"""Values that sums of differences get wrong, and the definition with 400 digits beside each."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minirelprune import ACTIVATIONS, Activation, contribution_moments
from minirelprune.contribution.exact import LARGEST, difference, exact_contributions, largest
from minirelprune.laws import oracle
from minirelprune.laws.moments import extreme_layers

SILENT = ("zero", "skip", "epsilon")
names = st.sampled_from(sorted(oracle.FUNCTIONS))


def one_weight(f: str, x: float, w: float, b: float, dtype: type, silent: str = "zero") -> tuple:
    """Mean and sigma of a layer with one example, one input and one unit."""
    arrays = [np.array(v, dtype) for v in ([[x]], [[w]], [b])]
    mean, std = contribution_moments(*arrays, ACTIVATIONS[f], silent=silent)
    return mean.item(), std.item()


@pytest.mark.parametrize(
    ("f", "w", "dtype", "expected"),
    [
        ("tanh", -9.0, np.float32, 1.0),
        ("tanh", -8.0, np.float32, 1.0),
        ("sigmoid", -14.0, np.float32, np.expm1(14) / 2),
        ("sigmoid", -20.0, np.float32, np.expm1(20) / 2),
        ("sigmoid", -110.0, np.float32, np.expm1(110) / 2),  # s(-110) is 0 in float32
        ("sigmoid", -38.0, np.float64, np.expm1(38) / 2),
        ("sigmoid", -300.0, np.float64, np.expm1(300) / 2),
    ],
)
def test_a_weight_that_is_all_of_a_very_negative_z(
    f: str, w: float, dtype: type, expected: float
) -> None:
    mean, std = one_weight(f, 1, w, 0, dtype)
    assert mean == pytest.approx(min(expected, LARGEST), rel=1e-5 if dtype == np.float32 else 1e-12)
    assert std == 0


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_z_of_0_with_epsilon(dtype: type) -> None:
    for f in ("relu", "leaky_relu", "identity"):
        assert one_weight(f, 50, 0, 0, dtype, "epsilon") == (0, 0)
    mean, std = one_weight("identity", 4, 1, -4, dtype, "epsilon")
    assert (mean, std) == (pytest.approx(4e8), 0)


@pytest.mark.parametrize("f", ["relu", "leaky_relu", "identity", "sigmoid", "tanh"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_contribution_that_never_changes_has_no_spread(f: str, dtype: type) -> None:
    x, W, b = np.full((1000, 1), 0.3, dtype), np.array([[0.7]], dtype), np.array([0.1], dtype)
    mean, std = contribution_moments(x, W, b, ACTIVATIONS[f])
    assert mean.item() > 0.05
    assert std.item() <= 1e-12 * mean.item()


@pytest.mark.parametrize("silent", SILENT)
@pytest.mark.parametrize("f", ["relu", "sigmoid"])
def test_a_small_spread_around_a_large_mean_keeps_its_digits(f: str, silent: str) -> None:
    rng = np.random.default_rng(0)
    x = (1 + 1e-4 * rng.normal(size=(200, 2))).astype(np.float32)
    W, b = np.float32([[0.5], [0.25]]), np.float32([0.125])
    z = x @ W + b
    mean, std = contribution_moments(x, W, b, ACTIVATIONS[f], z=z, silent=silent)
    exact_mean, exact_std = oracle.moments(x, W, z, f, silent)
    np.testing.assert_allclose(mean, exact_mean, rtol=1e-12)
    np.testing.assert_allclose(std, exact_std, rtol=1e-9)


def test_a_sigmoid_is_silent_where_float64_says_so() -> None:
    """Above z = -745 the ratio is finite and counts; below it f(z) is 0 in float64."""
    f, x, w = ACTIVATIONS["sigmoid"], np.ones(2), np.full(2, -1.0)
    c = exact_contributions(x, w, np.array([-744.0, -746.0]), f, "zero")
    np.testing.assert_allclose(c, [np.expm1(1), 0], rtol=1e-10)


@pytest.mark.parametrize("engine", ["definition", "column"])
@given(
    layer=extreme_layers(),
    name=st.sampled_from(sorted(oracle.FUNCTIONS)),
    silent=st.sampled_from(SILENT),
)
def test_a_difference_loses_digits_beside_1_and_no_others(
    engine: str, layer: tuple, name: str, silent: str
) -> None:
    x, W, z = layer
    if name in ("sigmoid", "tanh"):
        z = np.clip(z, -700, 700)
    b, f = np.zeros(W.shape[1], W.dtype), ACTIVATIONS[name]
    mean, std = contribution_moments(x, W, b, f, z=z, silent=silent, engine=engine)
    exact_mean, exact_std = oracle.moments(x, W, z, name, silent)
    # The argument z - d is rounded: by how much that moves f depends on its size.
    bound = 1e-14 * (16 + np.abs(z.astype(float)).max())
    bound *= 1e8 if silent == "epsilon" else 1
    assert (np.abs(mean - exact_mean) <= bound * (1 + exact_mean)).all()
    assert (np.abs(std - exact_std) <= bound * (1 + np.hypot(exact_mean, exact_std))).all()


def test_the_largest_is_of_either_sign() -> None:
    assert largest(np.zeros(0)) == 0
    assert largest(np.array([0, -3.0, 2.0])) == 3


@pytest.mark.parametrize("name", ["x", "W", "b", "z"])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_refused_with_its_place(name: str, value: float) -> None:
    arrays = {"x": np.ones((3, 2)), "W": np.ones((2, 2)), "b": np.ones(2), "z": np.ones((3, 2))}
    arrays[name].flat[1] = value
    where = r"\(1,\)" if name == "b" else r"\(0, 1\)"
    with pytest.raises(ValueError, match=rf"{name} must be finite, got {value} at {where}"):
        contribution_moments(**arrays, activation=ACTIVATIONS["relu"])


def test_finite_numbers_may_sum_to_infinity() -> None:
    x = np.full((4, 1), 3e38, np.float32)
    mean, _ = contribution_moments(x, np.float32([[1]]), np.zeros(1, "f4"), ACTIVATIONS["relu"])
    assert mean.item() == 1


def test_a_z_beyond_float32_is_computed_in_float64() -> None:
    x, W = np.full((2, 1), 1e30, np.float32), np.float32([[1e30]])
    assert contribution_moments(x, W, np.zeros(1, "f4"), ACTIVATIONS["relu"]).mean.item() == 1


def test_whole_numbers_are_numbers_too() -> None:
    arrays = [np.array(values) for values in ([[1, 2]], [[3], [4]], [5])]
    mean, _ = contribution_moments(*arrays, ACTIVATIONS["relu"])
    np.testing.assert_allclose(mean[:, 0], [3 / 16, 8 / 16], rtol=1e-14)


@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=lambda f: f.name)
@pytest.mark.parametrize("silent", SILENT)
def test_moderate_numbers_give_the_printed_formula_on_either_side_of_0(
    f: Activation, silent: str
) -> None:
    x, w = np.array([[-1.0], [-0.25], [0.0], [0.5], [2.0]]), np.array([-1.5, 0.75])
    for z in (-1.25, -0.5, 0.0, 0.25, 0.5, 1.5):
        exact = exact_contributions(x, w, np.array([z]), f, silent)
        np.testing.assert_allclose(exact, difference(x, w, np.array([z]), f, silent), rtol=1e-9)


@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=lambda f: f.name)
@pytest.mark.parametrize("silent", SILENT)
def test_a_product_beyond_float64_has_a_finite_contribution(f: Activation, silent: str) -> None:
    x, w = np.array([1e200, -1e200]), np.array([[1e200], [-1e200]])
    for z in (-1.0, 1.0):
        for formula in (difference, exact_contributions):
            c = formula(x, w, np.array([z]), f, silent)
            assert np.isfinite(c).all()
            assert (c <= LARGEST).all()


def test_a_difference_is_taken_in_float64() -> None:
    x, w, z = np.float32([0.1]), np.float32([0.3]), np.float32([0.7])
    wide = [array.astype(np.float64) for array in (x, w, z)]
    for f in ACTIVATIONS.values():
        c = difference(x, w, z, f, "zero")
        assert c.dtype == np.float64
        assert c == difference(*wide, f, "zero")


def test_a_ratio_is_right_up_to_the_largest_contribution() -> None:
    x, w, z = np.array([1e100]), np.array([1e-51]), np.array([1e-100])
    c = exact_contributions(x, w, z, ACTIVATIONS["identity"], "zero")
    assert c.item() == pytest.approx(1e149, rel=1e-12)
    far = exact_contributions(x, 1 / w, z, ACTIVATIONS["identity"], "zero")
    assert far.item() == LARGEST
    lost = exact_contributions(x, 1e200 / w, z, ACTIVATIONS["relu"], "zero")
    assert lost.item() == 1  # all of an output, however far beyond the kink
