"""E and sigma of every weight of the network over 60,000 examples, by engine."""

import time
from collections.abc import Callable

import numpy as np
import pytest

from minirelprune import MLP, Dataset, contribution_moments

pytestmark = pytest.mark.benchmark


def moments(net: MLP, x: np.ndarray, engine: str) -> None:
    """As Eq. (2) scores a network: the forward pass that gives x and z of each layer included."""
    layers = zip(net.layers(x), net.weights, net.biases, net.activations, strict=True)
    for (a, z), W, b, f in layers:
        engine = engine if f.name == net.activation else "auto"
        contribution_moments(a, W, b, f, z=z, engine=engine)


def columns_in_torch(net: MLP, x: np.ndarray) -> None:
    """The column method, layer by layer, in PyTorch on the CPU."""
    torch = pytest.importorskip("torch", reason="not installed")
    activations = {"relu": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh}
    for layer, (a, W, b) in enumerate(zip(net.inputs(x), net.weights, net.biases, strict=True)):
        f = activations[net.activation] if layer < len(net.weights) - 1 else torch.nn.Identity()
        a, W = torch.tensor(a), torch.tensor(W)
        total = torch.zeros(2, *W.shape)
        for start in range(0, len(a), 668):
            x_chunk = a[start : start + 668]
            z = x_chunk @ W + torch.tensor(b)
            out = f(z)
            size = torch.where(out == 0, torch.inf, out.abs())
            for i in range(len(W)):
                c = (out - f(z - x_chunk[:, i : i + 1] * W[i])).abs() / size
                total[0, i] += c.sum(dim=0)
                total[1, i] += c.square().sum(dim=0)


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "tanh"])
@pytest.mark.parametrize("method", ["forward pass", "auto", "column", "column in PyTorch"])
def test_moments(
    benchmark, data: Dataset, trained: dict[str, MLP], activation: str, method: str
) -> None:
    benchmark.group = f"moments of the whole network, {activation}"
    net, x = trained[activation], data.x_train
    if method == "forward pass":
        benchmark.pedantic(net.forward, (x,), warmup_rounds=1, rounds=5)
    elif method == "auto":
        benchmark.pedantic(moments, (net, x, "auto"), warmup_rounds=1, rounds=3)
    elif method == "column":
        benchmark.pedantic(moments, (net, x, "column"), rounds=1)
    else:
        benchmark.pedantic(columns_in_torch, (net, x), rounds=1)


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The mean of some rounds."""
    start = time.perf_counter()
    for _ in range(rounds):
        work()
    return (time.perf_counter() - start) / rounds


@pytest.mark.parametrize(
    ("activation", "most"), [("relu", 6), ("leaky_relu", 12), ("sigmoid", 14), ("tanh", 14)]
)
def test_the_moments_given_z_take_a_few_forward_passes(
    data: Dataset, trained: dict[str, MLP], activation: str, most: float
) -> None:
    relu, net, x = trained["relu"], trained[activation], data.x_train
    layers = list(zip(net.layers(x), net.weights, net.biases, net.activations, strict=True))

    def all_moments() -> None:
        for (a, z), W, b, f in layers:
            contribution_moments(a, W, b, f, z=z)

    relu.forward(x)
    passes = seconds(all_moments, 2) / seconds(lambda: relu.forward(x), 5)
    print(f"{activation}: E and sigma take {passes:.1f} forward passes of the ReLU network")
    assert passes <= most
