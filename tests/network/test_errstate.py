"""What NumPy does about underflow and overflow is the caller's own business.

Every function that computes gives the same bits whether floating-point errors are raised, warned
of or ignored; the numbers here underflow, and would raise an error if it were left to NumPy.
"""

from collections.abc import Callable

import numpy as np
import pytest

from minirelprune import (
    ACTIVATIONS,
    MLP,
    Activation,
    Adam,
    Training,
    accuracy,
    adam_update,
    backward,
    softmax_cross_entropy,
    train,
)
from minirelprune.network.losses import output_l1

Z = np.array([[-1e4, -800.0, -1e-300, 0.0, 1e-310, 1e-160, 800.0, 1e4]])
Z32 = Z.astype(np.float32)
FAINT = np.array([1e-200, -1e-310, 5e-324, 1.0])
VANISHING = Activation(
    "vanishing",
    f=np.exp,
    slope=np.exp,
    blind=lambda tolerance: [(-np.inf, np.exp(np.float64(-800)))],
)
STATES = ["raise", "warn", "ignore", "call"]


def network(dtype: type = np.float64) -> MLP:
    """A network some of whose weights vanish when they are multiplied."""
    net = MLP((4, 3, 2), "sigmoid", rng=np.random.default_rng(0), dtype=dtype)
    net.weights[0][:2] *= 1e-30 if dtype is np.float32 else 1e-300
    net.biases[0][:] = -90 if dtype is np.float32 else -740
    net.biases[1][:] = [-800, 800]
    return net


def data(dtype: type = np.float64) -> tuple[np.ndarray, np.ndarray]:
    x = np.random.default_rng(0).normal(size=(20, 4))
    x[0] = FAINT
    with np.errstate(all="ignore"):
        return x.astype(dtype), np.arange(20) % 2


def pass_back() -> list[np.ndarray]:
    net, (x, y) = network(), data()
    layers = net.forward(x)
    return backward(net, layers, 1e-300 * softmax_cross_entropy(layers[-1].z, y)[1], output_l1=1e-9)


def step() -> list[np.ndarray]:
    p = np.ones(4)
    optimiser = Adam([p], epsilon=1e-300)
    for _ in range(3):
        optimiser.step([FAINT])
    return [p, *optimiser.m, *optimiser.v]


def trained(dtype: type) -> list[np.ndarray]:
    net, (x, y) = network(dtype), data(dtype)
    masks = [np.arange(W.size).reshape(W.shape) % 2 == 0 for W in net.weights]
    training = Training(3, 0.01, batch_size=8, output_l1=1e-9)
    rng = np.random.default_rng(0)
    losses = train(net, x, y, training, rng=rng, masks=masks, progress=False)
    return [np.array(losses), *net.parameters]


COMPUTE: dict[str, Callable[[], object]] = {
    "f": lambda: [f(Z) for f in ACTIVATIONS.values()],
    "f of float32": lambda: [f(Z32) for f in ACTIVATIONS.values()],
    "derivative": lambda: [f.derivative(Z) for f in ACTIVATIONS.values()],
    "is_blind": lambda: [f.is_blind(Z, 1e-9) for f in ACTIVATIONS.values()],
    "blind_range": lambda: [
        np.array(ACTIVATIONS[name].blind_range(5e-324)) for name in ("relu", "sigmoid", "tanh")
    ],
    "blind_range of one's own": lambda: [np.array(VANISHING.blind_range())],
    "is_blind of one's own": lambda: [VANISHING.is_blind(Z)],
    "MLP": lambda: network().parameters,
    "forward": lambda: [z for layer in network().forward(data()[0]) for z in layer],
    "forward in float32": lambda: [
        z for layer in network(np.float32).forward(data()[0]) for z in layer
    ],
    "layers": lambda: [z for layer in network().layers(data()[0]) for z in layer],
    "inputs": lambda: list(network().inputs(data()[0])),
    "predict": lambda: [network().predict(data()[0])],
    "accuracy": lambda: [np.array(accuracy(network(np.float32), *data()))],
    "softmax_cross_entropy": lambda: [*softmax_cross_entropy(Z, [2])],
    "output_l1": lambda: [np.array(output_l1([Z, FAINT[None]], 1e-300))],
    "output_l1 beyond the range": lambda: [np.array(output_l1([np.full((1, 2), 1e308)], 1.0))],
    "backward": pass_back,
    "Adam": step,
    "adam_update": lambda: adam_update(FAINT, FAINT, FAINT, FAINT[[0, 0, 2, 3]], t=2),
    "train": lambda: trained(np.float64),
    "train in float32": lambda: trained(np.float32),
}


def bits(compute: Callable[[], object], state: str) -> list[bytes]:
    def complain(kind: str, flag: int) -> None:
        raise AssertionError(f"the caller heard of {kind}")

    with np.errstate(all=state, call=complain):
        arrays = compute()
        assert np.geterr() == dict.fromkeys(("divide", "over", "under", "invalid"), state)
    return [np.asarray(array).tobytes() for array in arrays]


@pytest.mark.parametrize("name", COMPUTE)
def test_the_bits_do_not_depend_on_errstate(name: str) -> None:
    expected = bits(COMPUTE[name], "ignore")
    for state in STATES:
        assert bits(COMPUTE[name], state) == expected


def test_the_callers_errstate_is_the_callers_between_two_layers() -> None:
    x, _ = data()
    with np.errstate(all="raise"):
        for _ in network().layers(x):
            with pytest.raises(FloatingPointError):
                np.exp(np.array([-800.0]))


def test_a_callback_of_training_runs_under_the_callers_errstate() -> None:
    seen = []
    net, (x, y) = network(), data()
    look = lambda epoch, net: seen.append(np.geterr()["under"])  # noqa: E731
    with np.errstate(all="raise"):
        rng = np.random.default_rng(0)
        train(net, x, y, Training(1, 0.01), rng=rng, on_epoch=look, progress=False)
    assert seen == ["raise", "raise"]
