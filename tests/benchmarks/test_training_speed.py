"""One epoch on 60,000 examples in batches of 64, beside PyTorch with the same threads."""

import time
from itertools import pairwise

import numpy as np
import pytest

from minirelprune import MLP, Dataset, Training, train

pytestmark = pytest.mark.benchmark
SIZES = (784, 392, 196, 10)


class Clock(np.random.Generator):
    """A generator that notes when it is asked for an order of the examples: once an epoch."""

    def permutation(self, *arguments, **settings):
        self.ticks = [*getattr(self, "ticks", []), time.perf_counter()]
        return super().permutation(*arguments, **settings)

    def epochs(self) -> list[float]:
        """The seconds of every epoch but the last, which has no end on this clock."""
        return [end - start for start, end in pairwise(self.ticks)]


def by_hand(data: Dataset, epochs: int, *, masked: bool = False) -> list[float]:
    clock = Clock(np.random.PCG64(0))
    net = MLP(SIZES, rng=clock)
    masks = [clock.random(W.shape) < 0.5 for W in net.weights] if masked else None
    train(
        net,
        data.x_train,
        data.y_train,
        Training(epochs + 1, learning_rate=1e-3),
        rng=clock,
        masks=masks,
        progress=False,
    )
    return clock.epochs()


def torchs(data: Dataset, epochs: int, *, fused: bool) -> list[float]:
    torch = pytest.importorskip("torch", reason="not installed")
    layers = [torch.nn.Linear(n, m) for n, m in pairwise(SIZES)]
    relu = torch.nn.ReLU()
    net = torch.nn.Sequential(layers[0], relu, layers[1], relu, layers[2])
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-3, fused=fused)
    x, y = torch.tensor(data.x_train), torch.tensor(data.y_train)
    seconds = []
    for _ in range(epochs):
        begin, order = time.perf_counter(), torch.randperm(len(x))
        for start in range(0, len(x), 64):
            batch = order[start : start + 64]
            optimiser.zero_grad()
            torch.nn.functional.cross_entropy(net(x[batch]), y[batch]).backward()
            optimiser.step()
        seconds.append(time.perf_counter() - begin)
    return seconds


def report(name: str, seconds: list[float], base: float) -> float:
    mean = float(np.mean(seconds[1:6]))
    print(
        f"{name:24} {mean:5.2f} s an epoch (2 to 6), {mean / (base or mean):4.2f} of minirelprune"
    )
    return mean


def test_an_epoch_beside_pytorchs(data: Dataset) -> None:
    print()
    seconds = by_hand(data, 10)
    base = report("minirelprune", seconds, 0)
    print(f"{'':24} epoch 10 took {seconds[9] / seconds[1]:.2f} of epoch 2")
    report("minirelprune, with masks", by_hand(data, 6, masked=True), base)
    report("PyTorch, Adam", torchs(data, 6, fused=False), base)
    report("PyTorch, fused Adam", torchs(data, 6, fused=True), base)
