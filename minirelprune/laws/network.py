"""Laws of the forward and the backward pass, and of training."""

from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from minirelprune.laws.inputs import close, known, names, seeds, smooth_at
from minirelprune.laws.law import law
from minirelprune.network.activations import ACTIVATIONS
from minirelprune.network.training import Training
from minirelprune.support.arrays import Array, Labels

sizes = st.lists(st.integers(1, 6), min_size=2, max_size=4).map(lambda s: (*s, 3))
KINK = 1e-3  # for a gradient check no z may be this near to where f' or f'' jumps


def problem(impl: Any, seed: int, sizes: tuple[int, ...], name: str) -> tuple[Any, Array, Labels]:
    """A float64 network and a batch of five examples."""
    known(impl, name)
    rng = np.random.default_rng(seed)
    net = impl.MLP(sizes, name, rng=rng, dtype=np.float64)
    return net, rng.normal(size=(5, sizes[0])), rng.integers(0, sizes[-1], 5)


@law("MLP", seed=seeds, sizes=sizes, name=names)
def the_forward_pass_is_f_of_x_w_plus_b(impl: Any, seed: int, sizes: Any, name: str) -> None:
    """Layer by layer z = sum_i x_i w_ij + b_j and a = f(z); the last layer is linear."""
    net, x, _ = problem(impl, seed, sizes, name)
    layers = net.forward(x)
    assert len(layers) == len(net.weights)
    a = x
    for (x_l, z_l), W, b in zip(layers, net.weights, net.biases, strict=True):
        close(x_l, a)
        close(z_l, np.einsum("ni,ij->nj", a, W) + b)
        a = ACTIVATIONS[name](z_l)
    assert (net.predict(x) == layers[-1][1].argmax(axis=1)).all()


@law(
    "MLP",
    "backward",
    "softmax_cross_entropy",
    seed=seeds,
    sizes=sizes,
    name=names,
    output_l1=st.sampled_from([0.0, 0.3]),
)
def the_gradient_is_the_slope_of_the_loss(
    impl: Any, seed: int, sizes: Any, name: str, output_l1: float
) -> None:
    """Along any direction the gradient is the central difference of the loss of Eq. (3)."""
    net, x, y = problem(impl, seed, sizes, name)
    layers = net.forward(x)
    f = ACTIVATIONS[name]
    for _, z in layers[:-1]:
        assume(smooth_at(f, z, KINK).all())
        assume(not output_l1 or smooth_at(lambda z: np.abs(f(z)), z, KINK).all())

    has_the_slope_of_the_loss(impl, net, x, y, seed, output_l1=output_l1)


def has_the_slope_of_the_loss(
    impl: Any, net: Any, x: Array, y: Labels, seed: int, *, h: float = 1e-5, output_l1: float = 0.0
) -> None:
    """Whether the gradients are the central difference of the loss along a random direction.

    An output_l1 is for an MLP, where the x of each layer are the outputs of the one before.
    """

    def loss() -> float:
        outputs = net.forward(x)
        value: float = impl.softmax_cross_entropy(outputs[-1][1], y)[0]
        return value + output_l1 * sum(float(np.abs(a).sum()) / len(x) for a, _ in outputs[1:])

    layers = net.forward(x)
    _, delta = impl.softmax_cross_entropy(layers[-1][1], y)
    gradients = impl.backward(net, layers, delta, output_l1=output_l1)
    rng = np.random.default_rng(seed + 1)
    parameters = [p for pair in zip(net.weights, net.biases, strict=True) for p in pair]
    directions = [rng.normal(size=p.shape) for p in parameters]
    slope = sum(float((g * d).sum()) for g, d in zip(gradients, directions, strict=True))
    ends = []
    for step in (h, -2 * h):
        for p, d in zip(parameters, directions, strict=True):
            p += step * d
        ends.append(loss())
    close(slope, (ends[0] - ends[1]) / (2 * h), rtol=1e-6, atol=1e-9)


@law("MLP", "train", seed=seeds, name=names, examples=20)
def momentum_never_revives_a_pruned_weight(impl: Any, seed: int, name: str) -> None:
    """After training with masks every masked weight is 0, and what is not masked has moved."""
    net, x, y = problem(impl, seed, (4, 6, 5, 3), name)
    rng = np.random.default_rng(seed)
    bias = net.biases[-1].copy()
    masks = [rng.random(W.shape) < 0.5 for W in net.weights]
    impl.train(net, x, y, Training(3, 0.01, batch_size=2), rng=rng, masks=masks, progress=False)
    for W, mask in zip(net.weights, masks, strict=True):
        assert not W[~mask].any()
    assert (net.biases[-1] != bias).any()


@law("MLP", "train", seed=seeds, name=names, examples=20)
def the_same_seed_trains_the_same_bits(impl: Any, seed: int, name: str) -> None:
    """Training is a function of the network, the data and the generator, and of nothing else."""
    trained = []
    for _ in range(2):
        net, x, y = problem(impl, seed, (4, 6, 3), name)
        rng = np.random.default_rng(seed)
        impl.train(net, x, y, Training(2, 0.01, batch_size=2), rng=rng, progress=False)
        trained.append([*net.weights, *net.biases])
    for one, other in zip(*trained, strict=True):
        assert one.tobytes() == other.tobytes()
