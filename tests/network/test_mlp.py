from pathlib import Path

import numpy as np
import pytest

from minirelprune import (
    ACTIVATIONS,
    MLP,
    Activation,
    accuracy,
    backward,
    softmax_cross_entropy,
)

NAN, INF = float("nan"), float("inf")


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
    monkeypatch.setattr(MLP, "CHUNK", 7)
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
    single = MLP((3, 2), rng=np.random.default_rng(0)).copy()
    assert (single.layer_sizes, single.dtype, len(single.weights)) == ((3, 2), np.float32, 1)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_saved_network_comes_back_bit_for_bit(tmp_path: Path, dtype: type) -> None:
    net = network("tanh", dtype)
    net.weights[0][0, :3] = [5e-324, -0.0, -1e-40]
    net.save(tmp_path / "net.npz")
    back = MLP.load(tmp_path / "net.npz")
    assert (back.layer_sizes, back.activation, back.dtype) == ((6, 5, 4, 3), "tanh", dtype)
    for one, other in zip(net.parameters, back.parameters, strict=True):
        assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"layer_sizes": (784,)}, "layer_sizes must name inputs and outputs"),
        ({"layer_sizes": 5}, "layer_sizes must be whole numbers, inputs first, got 5"),
        ({"layer_sizes": "543"}, "layer_sizes must be whole numbers, inputs first, got '543'"),
        ({"layer_sizes": b"54"}, "layer_sizes must be whole numbers, inputs first, got b'54'"),
        ({"layer_sizes": np.array(5)}, r"layer_sizes must be .* inputs first, got array\(5\)"),
        ({"layer_sizes": {3, 4}}, "layer_sizes must be whole numbers, inputs first, got {3, 4}"),
        ({"layer_sizes": (4, "2")}, "layer_sizes must be a whole number >= 1, got '2'"),
        ({"layer_sizes": (4, True)}, "layer_sizes must be a whole number >= 1, got True"),
        (
            {"layer_sizes": np.array([4.0, 2.0])},
            r"layer_sizes must be a whole number >= 1, got .*4",
        ),
        ({"layer_sizes": (784, 0, 10)}, "layer_sizes must be a whole number >= 1, got 0"),
        ({"layer_sizes": (784, 1.5)}, "layer_sizes must be a whole number >= 1, got 1.5"),
        ({"activation": "no such f"}, "activation must be one of 'relu', .*, got 'no such f'"),
        ({"activation": np.array(["relu"])}, "activation must be one of 'relu', .*, got array"),
        ({"activation": ["relu"]}, r"activation must be one of 'relu', .*, got \['relu'\]"),
        (
            {"activation": Activation("mine", np.sin, np.cos)},
            "activation must be registered in ACT",
        ),
        ({"rng": 0}, "rng must be a numpy.random.Generator, .* got 0"),
        ({"rng": np.random.RandomState(0)}, "rng must be a numpy.random.Generator"),
        ({"rng": np.random}, "rng must be a numpy.random.Generator"),
        ({"dtype": None}, "dtype must be one of 'float32', 'float64', got 'None'"),
        ({"dtype": "no such"}, "dtype must be one of 'float32', 'float64', got .*no such"),
        ({"dtype": int}, "dtype must be one of 'float32', 'float64', got 'int64'"),
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


def test_an_activation_is_taken_by_name_or_as_it_is_registered() -> None:
    net = MLP((4, 3, 2), ACTIVATIONS["tanh"], rng=np.random.default_rng(0))
    assert net.activation == "tanh"
    assert net.activations[0] is ACTIVATIONS["tanh"]


def test_sizes_and_dtypes_may_be_numpys() -> None:
    sizes = np.array([200, 100, 3], np.uint8)
    net = MLP(sizes, rng=np.random.default_rng(0), dtype=np.dtype(">f4"))
    assert net.layer_sizes == (200, 100, 3)
    assert all(type(size) is int for size in net.layer_sizes)
    assert net.n_weights == 20_300
    assert all(p.dtype == np.float32 and p.dtype.isnative for p in net.parameters)


@pytest.mark.parametrize("bad", [NAN, INF, -INF])
def test_inputs_that_are_not_finite_are_refused_at_once(bad: float) -> None:
    net, x = network(), np.zeros((2, 6))
    x[1, 3] = bad
    for use in (net.forward, net.layers, net.inputs, net.predict):
        with pytest.raises(ValueError, match=rf"x must be finite, got {bad} at \(1, 3\)"):
            use(x)  # and not only when the first layer is asked for
    with pytest.raises(ValueError, match=r"x must be finite"):
        accuracy(net, x, [0, 0])


def test_a_z_beyond_the_dtype_is_refused() -> None:
    net = network(dtype=np.float32)
    net.weights[1][:] = 1e30
    x = np.full((1, 6), 1e20)
    for use in (net.forward, net.predict):
        with pytest.raises(ValueError, match=r"z of layer 1 must be finite, got -?inf at"):
            use(x)
    with pytest.raises(ValueError, match=r"x in float32 must be finite, got inf at \(0, 0\)"):
        net.predict(np.full((1, 6), 1e300))


@pytest.mark.parametrize(
    ("y", "message"),
    [
        (["1", "2"], "y must be class numbers, got a list of dtype <U1"),
        ([0, -1], r"y must be in \[0, 3\), got values from -1 to 0"),
        ([0, 3], r"y must be in \[0, 3\), got values from 0 to 3"),
        ([0, NAN], "y must be whole numbers, got dtype float64"),
        ([True, False], "y must be whole numbers, got dtype bool"),
        ([0, 1, 2], r"y must have shape \(2\), got \(3,\)"),
    ],
)
def test_labels_that_are_no_classes_are_refused(y: list, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        accuracy(network(), np.zeros((2, 6)), y)


@pytest.mark.parametrize("net", ["net.npz", None, MLP], ids=str)
def test_what_is_no_network_is_named(net: object) -> None:
    x, y = np.zeros((2, 6)), np.zeros(2, int)
    message = r"^net must be a Network, such as MLP\(\(784, 10\), rng=rng\), got"
    with pytest.raises(ValueError, match=message):
        accuracy(net, x, y)
    with pytest.raises(ValueError, match=message):
        backward(net, network().forward(x), np.zeros((2, 3)))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"delta": np.full((2, 3), NAN)}, r"delta must be finite, got nan at \(0, 0\)"),
        ({"delta": np.zeros((2, 4))}, r"delta must have shape \(N, 3\), got \(2, 4\)"),
        ({"delta": np.zeros((1, 3))}, r"layers\[0\].x must have shape \(1, 6\), got \(2, 6\)"),
        ({"output_l1": -1}, "output_l1 must be a finite number >= 0, got -1"),
        ({"output_l1": NAN}, "output_l1 must be a finite number >= 0, got nan"),
        ({"z": INF}, r"layers\[1\].z must be finite, got inf at \(0, 0\)"),
        ({"layers": []}, "layers must be 3 arrays, got a list of 0"),
        ({"layers": [np.zeros(3)] * 3}, r"layers\[0\] must be 2 arrays, got a ndarray of 3"),
    ],
)
def test_gradients_of_what_is_not_finite_or_does_not_fit_are_refused(
    changes: dict, message: str
) -> None:
    net = network()
    layers = net.forward(np.ones((2, 6)))
    settings = {"layers": layers, "delta": np.zeros((2, 3)), **changes}
    layers[1].z[0, 0] = settings.pop("z", 1.0)
    with pytest.raises(ValueError, match=message):
        backward(net, **settings)


def test_without_output_l1_the_gradients_are_those_of_the_loss_alone() -> None:
    net = network("tanh")
    layers = net.forward(np.random.default_rng(1).normal(size=(9, 6)))
    delta = softmax_cross_entropy(layers[-1].z, np.arange(9) % 3)[1]
    plain, stated, other = (
        backward(net, layers, delta, **more) for more in ({}, {"output_l1": 0}, {"output_l1": 1})
    )
    assert all((a == b).all() for a, b in zip(plain, stated, strict=True))
    assert (plain[0] != other[0]).any()


def test_a_z_of_another_shape_is_named() -> None:
    net = network()
    layers = net.forward(np.ones((2, 6)))
    layers[1] = (layers[1].x, np.zeros((2, 3)))
    with pytest.raises(ValueError, match=r"^layers\[1\].z must have shape \(2, 4\), got \(2, 3\)$"):
        backward(net, layers, np.zeros((2, 3)))


def test_the_gradients_have_the_dtype_of_the_network_whatever_that_of_the_layers_is() -> None:
    net, x = network("tanh", np.float32), np.random.default_rng(1).normal(size=(9, 6))
    layers = net.forward(x)
    delta = softmax_cross_entropy(layers[-1].z, np.arange(9) % 3)[1]
    expected = backward(net, layers, delta, output_l1=0.5)
    wide = [[array.astype(np.float64) for array in layer] for layer in layers]
    for g, other in zip(
        backward(net, wide, delta.astype(np.float64), output_l1=0.5), expected, strict=True
    ):
        assert g.dtype == np.float32
        assert g.tobytes() == other.tobytes()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("given", [np.float32, np.float64])
def test_data_of_another_precision_become_of_the_networks(dtype: type, given: type) -> None:
    net, rng = network(dtype=dtype), np.random.default_rng(1)
    x, y = rng.normal(size=(9, 6)).astype(np.float32), rng.integers(0, 3, 9)
    expected = net.forward(x.astype(dtype))
    layers = net.forward(x.astype(given))
    delta = softmax_cross_entropy(layers[-1].z, y)[1]
    for g, p in zip(backward(net, layers, delta.astype(given)), net.parameters, strict=True):
        assert g.dtype == p.dtype == dtype
    for one, other in zip(layers, expected, strict=True):
        assert one.x.dtype == one.z.dtype == dtype
        assert one.z.tobytes() == other.z.tobytes()
