"""A network goes to PyTorch and comes back with the same bits; what it cannot be is refused."""

import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minirelprune import ACTIVATIONS, MLP, Activation
from minirelprune.network.torch_layers import LAYERS

torch: Any = pytest.importorskip("torch")
nn = torch.nn
NAMES = [*LAYERS]
# Sums of at most 6 numbers, and at most 4 layers of them, in another order of addition.
TOLERANCE = {np.float32: 1e-4, np.float64: 1e-12}


def network(sizes: list[int], name: str, dtype: type) -> MLP:
    net = MLP(sizes, name, rng=np.random.default_rng(2), dtype=dtype)
    net.weights[0][0] = 0
    return net


@given(
    st.lists(st.integers(1, 6), min_size=2, max_size=5),
    st.sampled_from(NAMES),
    st.sampled_from([np.float32, np.float64]),
)
def test_there_and_back_it_is_the_same_network_zeros_included(
    sizes: list[int], name: str, dtype: type
) -> None:
    net = network(sizes, name, dtype)
    module = net.to_torch()
    x = np.random.default_rng(3).normal(size=(9, sizes[0])).astype(dtype)
    outputs = module(torch.tensor(x)).detach().numpy()
    close = TOLERANCE[dtype]
    np.testing.assert_allclose(outputs, net.forward(x)[-1].z, rtol=close, atol=close)
    back = MLP.from_torch(module)
    assert back.activation == (name if len(sizes) > 2 else "relu")
    for one, other in zip(net.parameters, back.parameters, strict=True):
        assert (one.dtype, one.tobytes()) == (other.dtype, other.tobytes())


def test_every_activation_of_the_library_has_a_layer_of_torch() -> None:
    assert set(LAYERS) == {*ACTIVATIONS}


def test_neither_shares_memory_with_the_other_and_torchs_random_stream_stays() -> None:
    net = network([3, 2, 2], "relu", np.float32)
    state = torch.random.get_rng_state()
    module = net.to_torch()
    back = MLP.from_torch(module)
    assert torch.equal(torch.random.get_rng_state(), state)
    with torch.no_grad():
        module[0].weight += 1
    assert (back.weights[0] == net.weights[0]).all()
    assert module[0].weight.requires_grad


def test_the_module_that_is_read_can_be_nested_and_have_layers_for_training_and_a_softmax() -> None:
    first, last = nn.Linear(4, 3), nn.Linear(3, 2, bias=False)
    plain = nn.Sequential(first, nn.Tanh(), last)
    odd = nn.Sequential(
        nn.Flatten(), nn.Sequential(first, nn.Dropout(0.5), nn.Tanh()), last, nn.Softmax(dim=1)
    )
    one, other = MLP.from_torch(plain), MLP.from_torch(odd)
    for mine, theirs in zip(one.parameters, other.parameters, strict=True):
        assert (mine == theirs).all()
    assert not one.biases[1].any()
    x = np.random.default_rng(0).normal(size=(5, 2, 2)).astype(np.float32)
    assert (one.predict(x.reshape(5, 4)) == odd.eval()(torch.tensor(x)).argmax(1).numpy()).all()


def test_half_precision_becomes_float32() -> None:
    assert MLP.from_torch(nn.Linear(2, 2).to(torch.bfloat16)).dtype == np.float32


@pytest.mark.parametrize(
    ("module", "message"),
    [
        (nn.Sequential(nn.Conv2d(1, 2, 3)), r"module must be a Sequential .* got Conv2d"),
        (nn.Sequential(nn.ReLU()), r"got ReLU\(\) before the first Linear"),
        (nn.Sequential(), r"got Sequential\(\) without a Linear"),
        (nn.Sequential(nn.Linear(2, 2), nn.ReLU()), "must end with a Linear layer, got relu"),
        (
            nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 2)),
            r"module must have one activation between its layers, got relu \| tanh",
        ),
        (
            nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Tanh(), nn.Linear(2, 2)),
            r"module must have one activation between its layers, got tanh, tanh",
        ),
        (
            nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 2)),
            r"got identity \| relu",
        ),
        (
            nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2), nn.Linear(2, 2)),
            r"module must be a Sequential .* got BatchNorm1d",
        ),
        (
            nn.Sequential(nn.Linear(2, 2), nn.LeakyReLU(0.2), nn.Linear(2, 2)),
            r"negative_slope of LeakyReLU must be 0\.01, got 0\.2",
        ),
        (
            nn.Sequential(nn.Linear(2, 2), nn.GELU("tanh"), nn.Linear(2, 2)),
            r"approximate of GELU must be 'none', got 'tanh'",
        ),
        (
            nn.Sequential(nn.Linear(2, 2), nn.Softmax(dim=1), nn.Linear(2, 2)),
            r"module must be a Sequential .* got Softmax",
        ),
        (
            nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(2, 2)),
            r"weights\[1\] must have shape \(3, n_out\), got \(2, 2\)",
        ),
        ("a string", r"module must be a Sequential .* got 'a string'"),
        (None, r"module must be a Sequential .* got None"),
    ],
)
def test_what_is_no_such_network_is_refused(module: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        MLP.from_torch(module)


def test_an_activation_that_torch_does_not_have_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACTIVATIONS, "sine", Activation("sine", f=np.sin, slope=np.cos))
    with pytest.raises(ValueError, match=r"activation must be one of relu, .* got 'sine'"):
        MLP((2, 2, 2), "sine", rng=np.random.default_rng(0)).to_torch()


def test_without_torch_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ModuleNotFoundError, match=r"torch is needed: pip install"):
        MLP((2, 2), rng=np.random.default_rng(0)).to_torch()
