import time
import tracemalloc

import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon

from minirelprune import ACTIVATIONS, MLP, Activation, MutualInformation, weight_information
from minirelprune.theory import weight_information as module
from minirelprune.theory.binning import equal_mass_edges
from minirelprune.theory.weight_information import READINGS

every_activation = pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=lambda f: f.name)


def layer(n: int = 200, n_in: int = 5, n_out: int = 4) -> tuple[np.ndarray, ...]:
    """Inputs of which half are 0, and biases; on a grid, where no z is rounded."""
    rng = np.random.default_rng(n)
    x = rng.integers(-64, 65, (n, n_in)) / 64 * (rng.random((n, n_in)) < 0.5)
    return x, rng.integers(-64, 65, (n_in, n_out)) / 64, rng.integers(-64, 65, n_out) / 64


@every_activation
def test_the_mask_reading_is_scipys_jensen_shannon_divergence(f: Activation) -> None:
    x, W, b = layer()
    information = weight_information(x, W, b, f, bins=6)
    a = f(x @ W + b)
    for i, j in np.ndindex(W.shape):
        a_without = f(np.delete(x, i, axis=1) @ np.delete(W[:, j], i) + b[j])
        edges = np.concatenate([[-np.inf], equal_mass_edges(a[:, j], 6), [np.inf]])
        p, q = (np.histogram(values, edges)[0] for values in (a[:, j], a_without))
        expected = jensenshannon(p, q) ** 2
        assert information[i, j] == pytest.approx(expected, rel=1e-9, abs=1e-12)


@every_activation
@pytest.mark.parametrize("reading", READINGS)
def test_blocks_and_threads_change_no_bit(
    f: Activation, reading: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    x, W, b = layer()
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    whole = weight_information(x, W, b, f, bins=6, reading=reading)
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    monkeypatch.setattr(module, "BLOCK", 30)
    parts = weight_information(x, W, b, f, bins=6, reading=reading)
    assert (parts == whole).all()


def test_more_than_255_bins_do_not_wrap_round() -> None:
    x, W, b = layer(2_000)
    fine = weight_information(x, W, b, ACTIVATIONS["identity"], bins=1_000)
    coarse = weight_information(x, W, b, ACTIVATIONS["identity"], bins=200)
    assert (fine > coarse).all()  # what it would not be modulo 256: 1,000 bins hold two each


def test_the_coin_is_known_where_the_blind_range_ends() -> None:
    # a silent unit that the loss of its weight wakes up for one of the four examples
    x, W, b = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([[-1.0]]), np.array([0.0])
    settings = {"bins": 4, "reading": "mask_given_input"}
    assert not weight_information(x, W, b, ACTIVATIONS["relu"], **settings).any()
    woken = weight_information(x, W, b + 2.5, ACTIVATIONS["relu"], **settings)
    assert woken.item() == pytest.approx(0.75 * np.log(2))


@every_activation
@pytest.mark.parametrize("reading", READINGS)
def test_the_name_of_an_activation_is_as_good_as_the_activation(
    f: Activation, reading: str
) -> None:
    x, W, b = layer(50)
    by_name = weight_information(x, W, b, f.name, bins=np.uint8(6), reading=reading)
    assert (by_name == weight_information(x, W, b, f, bins=6, reading=reading)).all()


def test_the_layer_is_computed_in_the_dtype_of_its_weights() -> None:
    x, W, b = layer()
    single = weight_information(x, W.astype(np.float32), b, "tanh", bins=6)
    arrays = (array.astype(np.float32) for array in (x, W, b))
    assert (single == weight_information(*arrays, "tanh", bins=6)).all()


@every_activation
@pytest.mark.parametrize("reading", READINGS)
def test_float32_that_its_products_leave_gives_what_float64_gives(
    f: Activation, reading: str
) -> None:
    x, W, b = (array.astype(np.float32) for array in layer())
    x, W = x * np.float32(1e25), W * np.float32(1e25)
    exact = weight_information(*(v.astype(np.float64) for v in (x, W, b)), f, bins=6)
    assert (weight_information(x, W, b, f, bins=6) == exact).all()


def test_z_may_be_in_float32_where_one_product_is_not() -> None:
    # The second input takes the product of the first away again: z is 0, and 1e39 without it.
    x, W = np.float32([[1e20, 1e20], [1e20, 0]]), np.float32([[1e19], [-1e19]])
    information = weight_information(x, W, np.zeros(1), "relu", bins=2, reading="mask_given_input")
    expected = [np.log(2) / 2, np.log(2) / 2]  # relu(-1e39) is silent, as relu(0)
    assert information[:, 0] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("signs", [(1, 1), (1, -1), (-1, 1), (-1, -1)])
def test_an_activation_that_is_nan_at_infinity_is_given_none(signs: tuple[int, int]) -> None:
    # z is within float32 on each example, and z - x_0 w_0 and z - x_1 w_1 are beyond it.
    f = Activation("swish", lambda z: z / (1 + np.exp(-z)), np.ones_like)
    x = np.float32([[2e38, 2e38, 1], [1e38, 1e38, 0], [1, 0, 1]]) * signs[0]
    W = np.float32([[2, 0.5], [-2, -1], [1, 1]]) * signs[1]
    single, exact = (
        weight_information(x, W.astype(dtype), np.zeros(2), f, bins=3)
        for dtype in (np.float32, np.float64)
    )
    assert (single == exact).all()


@pytest.mark.slow
@pytest.mark.parametrize("activation", ["relu", "tanh"])
@pytest.mark.parametrize("reading", READINGS)
def test_the_network_of_section_4_takes_less_than_a_minute_and_a_gigabyte(
    activation: str, reading: str
) -> None:
    rng = np.random.default_rng(0)
    net = MLP((784, 392, 196, 10), activation, rng=rng)
    x = (rng.random((1_200, 784)) * (rng.random((1_200, 784)) < 0.5)).astype(np.float32)
    masks = [np.ones(W.shape, bool) for W in net.weights]
    tracemalloc.start()
    started = time.perf_counter()
    MutualInformation(reading=reading).scores(net, x, rng=rng, masks=masks)
    seconds, peak = time.perf_counter() - started, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seconds < 60
    assert peak < 1e9


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"bins": 0}, "bins must be a whole number >= 1, got 0"),
        ({"reading": "mean"}, "reading must be one of 'literal', 'mask', 'mask_given_input', "),
        ({"x": np.zeros((5, 3))}, r"x must have shape \(N, 2\), got \(5, 3\)"),
        ({"b": np.zeros(2)}, r"b must have shape \(3\), got \(2,\)"),
        ({"x": np.zeros((0, 2))}, "x must hold at least one example, got 0"),
        ({"activation": "swish"}, "activation, unless it is an Activation, must be one of 'relu'"),
        ({"activation": np.maximum}, "activation, unless it is an Activation, must be one of"),
        ({"bins": np.array([4])}, r"bins must be a whole number >= 1, got array\(\[4\]\)"),
        ({"reading": ["mask"]}, "reading must be one of .* got \\['mask'\\]"),
        ({"x": np.full((5, 2), 1e200), "W": np.full((2, 3), 1e200)}, r"x @ W \+ b must be finite"),
        (
            {"x": [[1e200, 1e200]], "W": [[-1e108], [1.7e108]], "b": [-1.7e308]},
            r"x_i w_ij must keep z - x_i w_ij within float64, got up to inf",
        ),
    ],
)
def test_bad_input_is_named(changes: dict, message: str) -> None:
    settings = {
        "x": np.zeros((5, 2)),
        "W": np.zeros((2, 3)),
        "b": np.zeros(3),
        "activation": ACTIVATIONS["relu"],
        "bins": 4,
        **changes,
    }
    with pytest.raises(ValueError, match=message):
        weight_information(**settings)
