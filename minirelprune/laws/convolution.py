"""Laws of a convolutional network: its rows are patches, and Eq. (1) is defined on them."""

from typing import Any

import numpy as np
from hypothesis import assume

from minirelprune.contribution.definition import contributions
from minirelprune.laws.criteria import scores
from minirelprune.laws.inputs import close, known, names, seeds, smooth_at
from minirelprune.laws.law import law
from minirelprune.laws.network import KINK, has_the_slope_of_the_loss
from minirelprune.network.activations import ACTIVATIONS
from minirelprune.support.arrays import Array, Labels

IMAGE, MAPS, UNITS, KERNEL = (6, 8, 2), (3,), (4, 3), 3
PLACES = (4, 6)  # where a patch can be


def problem(impl: Any, seed: int, name: str) -> tuple[Any, Array, Labels]:
    """A float64 network and a batch of three images."""
    known(impl, name)
    rng = np.random.default_rng(seed)
    net = impl.ConvNet(IMAGE, MAPS, UNITS, name, kernel=KERNEL, rng=rng, dtype=np.float64)
    return net, rng.normal(size=(3, 6 * 8 * 2)), rng.integers(0, 3, 3)


def cut(x: Array) -> Array:
    """Every patch of every image, as a row: (N places, k k C)."""
    images = x.reshape(len(x), *IMAGE)
    k = KERNEL
    each = [image[r : r + k, c : c + k] for image in images for r, c in np.ndindex(*PLACES)]
    return np.array([patch.ravel() for patch in each])


@law("ConvNet", seed=seeds, name=names)
def a_convolution_multiplies_every_patch_by_the_same_weights(
    impl: Any, seed: int, name: str
) -> None:
    """In the first layer x is every patch of every image, as a row, and z = x W + b."""
    net, x, _ = problem(impl, seed, name)
    rows, z = net.forward(x)[0]
    close(rows, cut(x))
    close(z, np.einsum("ni,ij->nj", cut(x), net.weights[0]) + net.biases[0])


@law("ConvNet", seed=seeds, name=names)
def what_is_pooled_is_the_mean_of_four(impl: Any, seed: int, name: str) -> None:
    """After the convolution each 2 x 2 block of outputs becomes its mean, line by line."""
    net, x, _ = problem(impl, seed, name)
    layers = net.forward(x)
    a = ACTIVATIONS[name](layers[0][1]).reshape(len(x), *PLACES, *MAPS)
    corners = np.array([a[:, i::2, j::2] for i in (0, 1) for j in (0, 1)])
    close(layers[1][0], corners.mean(axis=0).reshape(len(x), -1))


@law("ConvNet", "backward", "softmax_cross_entropy", seed=seeds, name=names)
def the_gradient_of_a_convolution_is_the_slope_of_the_loss(impl: Any, seed: int, name: str) -> None:
    """Along any direction the gradient is the central difference of the loss."""
    net, x, y = problem(impl, seed, name)
    for _, z in net.forward(x)[:-1]:
        assume(smooth_at(ACTIVATIONS[name], z, KINK).all())
    has_the_slope_of_the_loss(impl, net, x, y, seed)


@law("ConvNet", "RelativeContribution", seed=seeds, name=names)
def a_convolution_contributes_patch_by_patch(impl: Any, seed: int, name: str) -> None:
    """E of Eq. (1) is the mean over all patches of all images, each an example."""
    net, x, _ = problem(impl, seed, name)
    f, rows = ACTIVATIONS[name], cut(x)
    z = rows @ net.weights[0] + net.biases[0]
    assume((np.abs(f(z)) > KINK).all() or name == "relu")  # no ratio of what is nearly 0
    score = scores(impl.RelativeContribution(beta=0.0, layer_factor=None), net, x)[0]
    each = contributions(rows, net.weights[0], net.biases[0], f)  # Eq. (1), of every patch
    close(score, each.mean(axis=0), rtol=1e-6)


@law("ConvNet", "Wanda", seed=seeds, name=names)
def wanda_counts_every_patch_of_a_convolution(impl: Any, seed: int, name: str) -> None:
    """Wanda's score of a layer is abs(w) times the root of the sum of x^2 over its rows."""
    net, x, _ = problem(impl, seed, name)
    for score, W, layer in zip(
        scores(impl.Wanda(), net, x), net.weights, net.forward(x), strict=True
    ):
        close(score, np.abs(W) * np.sqrt(np.square(layer[0]).sum(axis=0))[:, None])
