"""The convolutional network, held to differences, to torch, and to plain loops."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_checks import (
    agrees_with_torch,
    comes_back_bit_for_bit,
    gradients_are_those_of_differences,
)

from minirelprune import (
    ACTIVATIONS,
    Training,
    accuracy,
    backward,
    contribution_moments,
    contributions,
    train,
)
from minirelprune.network.conv_net import ConvNet
from minirelprune.network.convolution import patches, pool, unpatch, unpool
from minirelprune.network.losses import logit_curvature

seeds = st.integers(0, 2**32 - 1)
names = st.sampled_from(sorted(ACTIVATIONS))


def small(seed: int = 0, activation: str = "tanh") -> ConvNet:
    """10 x 14 pixels of 2 channels: 8 x 12, pooled to 4 x 6; 2 x 4, pooled to 1 x 2."""
    rng = np.random.default_rng(seed)
    shape: Any = ((10, 14, 2), (3, 4), (5, 3))
    return ConvNet(*shape, activation, kernel=3, rng=rng, dtype=np.float64)


def batch(seed: int = 0, n: int = 3) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 280)), rng.integers(0, 3, n)


@given(seeds, names, st.sampled_from([0.0, 0.03]))
def test_the_gradients_are_those_of_central_differences(
    seed: int, name: str, output_l1: float
) -> None:
    rng = np.random.default_rng(seed)
    gradients_are_those_of_differences(small(seed, name), *batch(seed), output_l1, rng)


def test_the_values_and_gradients_are_those_of_torch() -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed")
    net, (x, y) = small(), batch(n=4)
    parameters = [torch.tensor(p, requires_grad=True) for p in net.parameters]
    a = torch.tensor(x.reshape(4, 10, 14, 2).transpose(0, 3, 1, 2))
    for W, b, channels in zip(parameters[0:4:2], parameters[1:4:2], (2, 3), strict=True):
        kernels = W.reshape(3, 3, channels, -1).permute(3, 2, 0, 1)
        a = torch.nn.functional.avg_pool2d(torch.tanh(torch.conv2d(a, kernels, b)), 2)
    a = a.permute(0, 2, 3, 1).reshape(4, -1)
    logits = torch.tanh(a @ parameters[4] + parameters[5]) @ parameters[6] + parameters[7]
    agrees_with_torch(net, x, y, logits, parameters, rtol=(1e-12, 1e-12, 1e-9), atol=1e-15)


@given(seeds)
def test_passing_back_is_the_transpose_of_passing_on(seed: int) -> None:
    """<patches(a), r> = <a, unpatch(r)>, and the same for pooling, as both are linear."""
    rng = np.random.default_rng(seed)
    images = rng.normal(size=(2, 6, 8, 3))
    rows, blocks = patches(images, 3), pool(images)
    r, q = rng.normal(size=rows.shape), rng.normal(size=blocks.shape)
    assert np.vdot(rows, r) == pytest.approx(np.vdot(images, unpatch(r, (6, 8, 3), 3)))
    assert np.vdot(blocks, q) == pytest.approx(np.vdot(images, unpool(q)))


@given(seeds, st.sampled_from(["relu", "tanh"]))
def test_a_convolution_contributes_as_the_definition_says_patch_by_patch(
    seed: int, name: str
) -> None:
    """Eq. (1) on a convolution: each patch of each image is one example of its weights."""
    net, (x, _) = small(seed, name), batch(seed, 2)
    images = x.reshape(2, 10, 14, 2)
    layer = (net.weights[0], net.biases[0], name)
    cut = [images[n, i : i + 3, j : j + 3] for n, i, j in np.ndindex(2, 8, 12)]
    found = np.array([contributions(patch.reshape(1, 18), *layer)[0] for patch in cut])
    rows, z = next(net.layers(x))
    mean, std = contribution_moments(rows, net.weights[0], net.biases[0], name, z=z)
    np.testing.assert_allclose(mean, found.mean(axis=0), rtol=1e-9)
    np.testing.assert_allclose(std, found.std(axis=0), rtol=1e-6, atol=1e-9)


def test_second_derivatives_are_passed_back_unit_by_unit() -> None:
    """Against loops over all pixels: a square for each path, and nothing that two paths share."""
    net, (x, y) = small(), batch()
    layers = [*net.layers(x)]
    p = np.exp(layers[-1].z - layers[-1].z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    h = p * (1 - p) / len(x)  # of the logits
    h = (1 - np.tanh(layers[2].z) ** 2) ** 2 * (h @ (net.weights[3] ** 2).T)
    pooled = (h @ (net.weights[2] ** 2).T).reshape(3, 1, 2, 4)
    expected = np.zeros_like(net.weights[1])
    slopes = (1 - np.tanh(layers[1].z) ** 2).reshape(3, 2, 4, 4)
    inputs = layers[1].x.reshape(3, 2, 4, 27)
    for n, i, j, m in np.ndindex(3, 2, 4, 4):
        h_z = slopes[n, i, j, m] ** 2 * pooled[n, i // 2, j // 2, m] / 16
        expected[:, m] += inputs[n, i, j] ** 2 * h_z
    found = net._curvatures(layers, logit_curvature(layers[-1].z, y))
    np.testing.assert_allclose(found[1], expected, rtol=1e-9)
    assert [one.shape for one in found] == net.shapes
    assert all((one >= 0).all() for one in found)


def test_a_network_comes_back_from_its_file_bit_for_bit(tmp_path: Path) -> None:
    comes_back_bit_for_bit(small(), tmp_path)


def test_a_copy_is_a_network_of_its_own() -> None:
    net = small()
    net.copy().weights[0][:] = 0
    assert (net.weights[0] != 0).all()


def test_it_learns_where_a_bright_square_is() -> None:
    rng = np.random.default_rng(0)
    images, y = rng.random((120, 10, 14, 2)) / 4, rng.integers(0, 3, 120)
    for image, k in zip(images, y, strict=True):
        image[3:6, 1 + 4 * k : 4 + 4 * k] += 1
    x = images.reshape(120, -1)
    net = small(activation="relu")
    losses = train(net, x, y, Training(30, 5e-3, batch_size=20), rng=rng, progress=False)
    assert losses[-1] < losses[0] / 4
    assert accuracy(net, x, y) > 95


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"image": (28, 28)}, "image must be 3 whole numbers, each >= 1, got (28, 28)"),
        ({"image": (9, 9, 1)}, "got (9, 9, 1), which leaves [5, 5]"),
        ({"image": (4, 28, 1)}, "image must leave an even number of pixels after each"),
        ({"maps": ()}, "maps must be one whole number or more, each >= 1, got ()"),
        ({"units": (10, 0)}, "units must be a whole number >= 1, got 0"),
        ({"kernel": 0}, "kernel must be a whole number >= 1, got 0"),
        ({"activation": "softplus"}, "activation must be one of 'relu'"),
        ({"rng": 0}, "rng must be a numpy.random.Generator"),
        ({"dtype": "int8"}, "dtype must be one of 'float32', 'float64', got 'int8'"),
    ],
)
def test_what_cannot_be_a_network_is_named(changes: dict[str, Any], message: str) -> None:
    given: dict[str, Any] = {"image": (28, 28, 1), "maps": (6, 16), "units": (10,)}
    with pytest.raises(ValueError, match=re.escape(message)):
        ConvNet(**{**given, "rng": np.random.default_rng(0), **changes})


def test_data_that_do_not_fit_are_named() -> None:
    with pytest.raises(ValueError, match=r"x must have shape \(N, 280\), got \(2, 100\)"):
        small().predict(np.zeros((2, 100)))
    with pytest.raises(ValueError, match=r"y must be in \[0, 3\)"):
        accuracy(small(), np.zeros((1, 280)), [3])


def test_layers_of_other_rows_than_the_examples_have_are_named() -> None:
    net, (x, _) = small(), batch(n=2)
    layers = net.forward(x)
    rows = len(layers[0].x)
    layers[0] = (layers[0].x[:5], layers[0].z[:5])
    message = rf"^layers\[0\].x must have shape \({rows}, 18\), got \(5, 18\)$"
    with pytest.raises(ValueError, match=message):
        backward(net, layers, np.zeros((2, 3)))
