"""A network of arrays from elsewhere gives what they gave there, and shares nothing with them."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minirelprune import ACTIVATIONS, MLP, accuracy

SIZES = st.lists(st.integers(1, 6), min_size=2, max_size=5)
DTYPES = st.sampled_from([np.float32, np.float64])


def drawn(
    sizes: list[int], dtype: type, seed: int = 0
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    rng = np.random.default_rng(seed)
    weights = [rng.normal(size=pair).astype(dtype) for pair in pairwise(sizes)]
    return weights, [rng.normal(size=n).astype(dtype) for n in sizes[1:]]


@given(SIZES, DTYPES, st.sampled_from([*ACTIVATIONS]), st.integers(0, 2**32 - 1))
def test_its_logits_are_layer_after_layer_f_of_x_w_plus_b(
    sizes: list[int], dtype: type, activation: str, seed: int
) -> None:
    weights, biases = drawn(sizes, dtype, seed)
    net = MLP.from_arrays(weights, biases, activation)
    x = np.random.default_rng(seed).normal(size=(7, sizes[0])).astype(dtype)
    a = x
    for l, (W, b) in enumerate(zip(weights, biases, strict=True)):
        z = a @ W + b
        a = ACTIVATIONS[activation](z)
        np.testing.assert_array_equal(net.forward(x)[l].z, z)
    assert net.layer_sizes == tuple(sizes)
    assert net.dtype == dtype


@given(SIZES, DTYPES)
def test_it_is_the_network_whose_arrays_they_are(sizes: list[int], dtype: type) -> None:
    one = MLP(sizes, "tanh", rng=np.random.default_rng(1), dtype=dtype)
    other = MLP.from_arrays(one.weights, one.biases, ACTIVATIONS["tanh"])
    assert repr(other) == repr(one)
    for mine, given_ in zip(other.parameters, one.parameters, strict=True):
        assert mine.tobytes() == given_.tobytes()
        assert not np.shares_memory(mine, given_)


def test_lists_and_whole_numbers_are_converted_and_half_precision_becomes_float32() -> None:
    assert MLP.from_arrays([[[1], [2]]], [[0]]).dtype == np.float64
    assert MLP.from_arrays([np.ones((2, 1), np.float16)], [np.zeros(1, np.float16)]).dtype == (
        np.float32
    )


def test_one_array_of_float64_makes_all_float64() -> None:
    net = MLP.from_arrays([np.ones((2, 1), np.float32)], [np.full(1, 0.1)])
    assert net.dtype == net.weights[0].dtype == np.float64
    assert net.biases[0].item() == 0.1


W, B = [np.ones((2, 3)), np.ones((3, 1))], [np.ones(3), np.ones(1)]


@pytest.mark.parametrize(
    ("weights", "biases", "activation", "message"),
    [
        ([], [], "relu", r"weights must be at least one array, got a list of 0"),
        (W, B[:1], "relu", r"biases must be 2 arrays, got a list of 1"),
        (W[::-1], B, "relu", r"biases\[0\] must have shape \(1\)"),
        ([W[0], np.ones((2, 1))], B, "relu", r"weights\[1\] must have shape \(3, n_out\)"),
        (W, [B[0], np.ones((1, 1))], "relu", r"biases\[1\] must have shape \(1\)"),
        ([np.ones((0, 3))], [np.ones(3)], "relu", r"layer_sizes must be a whole number >= 1"),
        ([W[0] * np.nan, W[1]], B, "relu", r"weights\[0\] must be finite, got nan at \(0, 0\)"),
        (W, B, "logistic", r"activation must be one of .*'sigmoid'.* got 'logistic'"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    weights: list[np.ndarray], biases: list[np.ndarray], activation: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        MLP.from_arrays(weights, biases, activation)


@pytest.mark.parametrize(
    ("theirs", "activation"),
    [("relu", "relu"), ("tanh", "tanh"), ("logistic", "sigmoid"), ("identity", "identity")],
)
@pytest.mark.filterwarnings("ignore:Stochastic Optimizer")
def test_it_predicts_as_scikit_learns_classifier(theirs: str, activation: str) -> None:
    pytest.importorskip("sklearn")
    from sklearn.neural_network import MLPClassifier  # type: ignore[import-untyped]

    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(200, 5)), rng.integers(0, 3, 200)
    model = MLPClassifier((8, 4), activation=theirs, max_iter=20, random_state=0).fit(x, y)
    net = MLP.from_arrays(model.coefs_, model.intercepts_, activation)
    shares = np.exp(net.forward(x)[-1].z)
    shares /= shares.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(shares, model.predict_proba(x), rtol=1e-12)
    assert accuracy(net, x, y) == pytest.approx(100 * model.score(x, y))


def test_repr_says_sizes_activation_dtype_and_weights_in_a_line() -> None:
    net = MLP((784, 392, 196, 10), "tanh", rng=np.random.default_rng(0))
    assert repr(net) == "MLP(784-392-196-10, tanh, float32, 386,120 weights)"
