from pathlib import Path

import numpy as np
import pytest

from minirelprune import MLP, accuracy, backward, softmax_cross_entropy


def network(name: str = "relu", dtype: type = np.float64) -> MLP:
    return MLP((6, 5, 4, 3), name, rng=np.random.default_rng(0), dtype=dtype)


@pytest.mark.parametrize("name", ["relu", "leaky_relu", "sigmoid", "tanh"])
def test_the_gradients_are_those_of_torchs_autograd(name: str) -> None:
    torch = pytest.importorskip("torch")
    net, rng = network(name), np.random.default_rng(1)
    x, y = rng.normal(size=(20, 6)), rng.integers(0, 3, 20)
    f = getattr(torch.nn.functional, name)
    tensors = [torch.tensor(p.copy(), requires_grad=True) for p in net.parameters]
    a, penalty = torch.tensor(x), 0.0
    for W, b in zip(tensors[0:4:2], tensors[1:4:2], strict=True):
        a = f(a @ W + b)
        penalty = penalty + 0.3 * a.abs().sum() / len(x)
    logits = a @ tensors[4] + tensors[5]
    (torch.nn.functional.cross_entropy(logits, torch.tensor(y)) + penalty).backward()

    layers = net.forward(x)
    _, delta = softmax_cross_entropy(layers[-1].z, y)
    for g, tensor in zip(backward(net, layers, delta, output_l1=0.3), tensors, strict=True):
        np.testing.assert_allclose(g, tensor.grad.numpy(), rtol=1e-10, atol=1e-14)


def test_the_initial_weights_are_uniform_within_torchs_bounds() -> None:
    net = MLP((400, 100, 10), rng=np.random.default_rng(0))
    for W, b, n_in in zip(net.weights, net.biases, (400, 100), strict=True):
        bound = 1 / np.sqrt(n_in)
        assert np.abs(W).max() <= bound
        assert np.abs(b).max() <= bound
        # The standard deviation of U(-c, c) is c / sqrt(3); 5 standard errors of it at 1,000 draws.
        assert W.std() == pytest.approx(bound / np.sqrt(3), rel=5 * 0.447 / np.sqrt(1000))
    assert net.weights[0].dtype == np.float32


def test_predicting_in_chunks_is_predicting_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    net, x = network(), np.random.default_rng(0).normal(size=(25, 6))
    whole = net.predict(x)
    monkeypatch.setattr("minirelprune.network.mlp.CHUNK", 7)
    assert (net.predict(x) == whole).all()


def test_accuracy_is_in_percent() -> None:
    net, x = network(), np.random.default_rng(0).normal(size=(8, 6))
    y = net.predict(x)
    y[:2] = (y[:2] + 1) % 3
    assert accuracy(net, x, y) == 75.0


def test_a_copy_has_the_same_bits_and_a_life_of_its_own() -> None:
    net = network()
    twin = net.copy()
    twin.weights[0][:] = 0
    assert net.weights[0].all()
    assert (twin.weights[1] == net.weights[1]).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_saved_network_comes_back_bit_for_bit(tmp_path: Path, dtype: type) -> None:
    net = network("tanh", dtype)
    net.weights[0][0, :3] = [np.nan, -0.0, np.inf]
    net.save(tmp_path / "net.npz")
    back = MLP.load(tmp_path / "net.npz")
    assert (back.layer_sizes, back.activation, back.dtype) == ((6, 5, 4, 3), "tanh", dtype)
    for one, other in zip(net.parameters, back.parameters, strict=True):
        assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"layer_sizes": (784,)}, "layer_sizes must name inputs and outputs"),
        ({"layer_sizes": (784, 0, 10)}, "layer_sizes must be a whole number >= 1, got 0"),
        ({"layer_sizes": (784, 1.5)}, "layer_sizes must be a whole number >= 1, got 1.5"),
        ({"activation": "no such f"}, "activation must be one of 'relu', .*, got 'no such f'"),
        ({"dtype": np.float16}, "dtype must be one of 'float32', 'float64', got 'float16'"),
    ],
)
def test_a_bad_setting_is_named(settings: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        MLP(**{"layer_sizes": (4, 2), "rng": np.random.default_rng(0), **settings})


def test_inputs_of_the_wrong_width_are_named() -> None:
    with pytest.raises(ValueError, match=r"x must have shape \(N, 6\), got \(2, 5\)"):
        network().forward(np.zeros((2, 5)))
    with pytest.raises(ValueError, match=r"y must hold at least one example"):
        accuracy(network(), np.zeros((0, 6)), np.zeros(0, int))
