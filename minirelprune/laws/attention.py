"""Laws of a transformer: tokens are normalised, and attention mixes those of one image."""

from typing import Any

import numpy as np
from hypothesis import assume

from minirelprune.laws.inputs import close, known, names, seeds, smooth_at
from minirelprune.laws.law import law
from minirelprune.laws.network import KINK, has_the_slope_of_the_loss
from minirelprune.network.activations import ACTIVATIONS
from minirelprune.support.arrays import Array, Labels

TOKENS, WIDTH, HIDDEN = 4, 4, 3
Q, K, V, O, UP = range(1, 6)  # where the maps of the first block are
STEEP = 0.999  # normalised tokens of a smaller variance were so alike that a step is too long


def problem(impl: Any, seed: int, name: str) -> tuple[Any, Array, Labels]:
    """A float64 network of two blocks and a batch of three images."""
    known(impl, name)
    rng = np.random.default_rng(seed)
    sizes = {"patch": 2, "width": WIDTH, "heads": 2, "hidden": HIDDEN, "classes": 3}
    net = impl.Transformer((4, 4, 1), **sizes, activation=name, rng=rng, dtype=np.float64)
    return net, rng.normal(size=(3, 16)), rng.integers(0, 3, 3)


@law("Transformer", seed=seeds, name=names)
def every_token_is_normalised(impl: Any, seed: int, name: str) -> None:
    """What goes into q, k, v and up has mean 0 and variance 1 in each token, or less."""
    net, x, _ = problem(impl, seed, name)
    layers = net.forward(x)
    for l in (Q, K, V, UP):
        rows = layers[l][0]
        assert rows.shape == (len(x) * TOKENS, WIDTH)
        close(rows.mean(axis=1), np.zeros(len(rows)), atol=1e-9)
        assert (rows.var(axis=1) <= 1 + 1e-9).all()
        assert (rows.var(axis=1) >= 0.9).all()  # 1 but for what keeps a division by 0 away


@law("Transformer", seed=seeds, name=names)
def without_queries_a_token_looks_at_all_alike(impl: Any, seed: int, name: str) -> None:
    """Where q is 0, attention gives each token the mean of v over the tokens of its image."""
    net, x, _ = problem(impl, seed, name)
    net.weights[Q][:], net.biases[Q][:] = 0, 0
    layers = net.forward(x)
    means = layers[V][1].reshape(len(x), TOKENS, WIDTH).mean(axis=1)
    close(layers[O][0], means.repeat(TOKENS, axis=0))


@law("Transformer", seed=seeds, name=names)
def a_head_looks_by_the_softmax_of_its_products(impl: Any, seed: int, name: str) -> None:
    """Each head gives token t the sum over s of v_s times softmax(q_t k_s / sqrt(d))."""
    net, x, _ = problem(impl, seed, name)
    layers = net.forward(x)
    q, k, v = (layers[l][1].reshape(len(x), TOKENS, 2, WIDTH // 2) for l in (Q, K, V))
    scores = np.einsum("nthd,nshd->nhts", q, k) / np.sqrt(WIDTH // 2)
    p = np.exp(scores) / np.exp(scores).sum(axis=-1, keepdims=True)
    close(layers[O][0], np.einsum("nhts,nshd->nthd", p, v).reshape(-1, WIDTH))


@law("Transformer", "backward", "softmax_cross_entropy", seed=seeds, name=names)
def the_gradient_of_attention_is_the_slope_of_the_loss(impl: Any, seed: int, name: str) -> None:
    """Along any direction the gradient is the central difference of the loss."""
    net, x, y = problem(impl, seed, name)
    layers = net.forward(x)
    for l in range(UP, len(layers) - 1, 6):
        assume(smooth_at(ACTIVATIONS[name], layers[l][1], KINK).all())
        assume((layers[l][0].var(axis=1) > STEEP).all())
    has_the_slope_of_the_loss(impl, net, x, y, seed, h=1e-6)


@law("Transformer", "blind_share", seed=seeds, name=names)
def a_map_without_an_activation_is_never_blind(impl: Any, seed: int, name: str) -> None:
    """At a tolerance that f' reaches, only the maps that f follows have a blind share."""
    net, x, _ = problem(impl, seed, name)
    layers, f = net.forward(x), ACTIVATIONS[name]
    shares = impl.blind_share(net, x, 0.5)
    assert len(shares) == len(layers) - 1
    for l, share in enumerate(shares):
        slope = np.abs(f.derivative(layers[l][1])) if l % 6 == UP else np.ones(1)
        assert np.mean(slope < 0.5 - 1e-9) <= share <= np.mean(slope <= 0.5 + 1e-9)
