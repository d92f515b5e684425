"""The forward pass of Eq. (4), and the backward pass by hand. Nothing is checked here.

`mlp` and `gradients` check what they are given, and then call these; `training` checks once.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from minirelprune.network.activations import Activation
from minirelprune.support.arrays import Array


class LayerValues(NamedTuple):
    """What passed through one layer: its input x (N, n_in), and z = x @ W + b (N, n_out)."""

    x: Array
    z: Array


def forward_pass(
    x: Array, weights: Sequence[Array], biases: Sequence[Array], activations: Sequence[Activation]
) -> Iterator[LayerValues]:
    """(x, z) of each layer in turn."""
    a = x
    for W, b, activation in zip(weights, biases, activations, strict=True):
        z = a @ W
        z += b  # Eq. (4), with the bias
        yield LayerValues(a, z)
        a = activation.f(z)


def backward_pass(
    layers: Sequence[LayerValues],
    delta: Array,
    weights: Sequence[Array],
    activations: Sequence[Activation],
    output_l1: float,
) -> list[Array]:
    """dL/dW and dL/db of each layer, by the chain rule, from the last layer to the first."""
    gradients: list[Array] = []
    deltas = backward_deltas(layers, delta, weights, activations, output_l1)
    for (x, _), delta in zip(reversed(layers), deltas, strict=True):
        gradients[:0] = [x.T @ delta, delta.sum(axis=0)]  # dL/dW = x^T delta,  dL/db = sum delta
    return gradients


def backward_deltas(
    layers: Sequence[LayerValues],
    delta: Array,
    weights: Sequence[Array],
    activations: Sequence[Activation],
    output_l1: float,
) -> Iterator[Array]:
    """delta = dL/dz of each layer, (N, n_out), from the last, where it is given, to the first."""
    yield delta
    for l in reversed(range(1, len(weights))):
        dx = delta @ weights[l].T  # dL/dx = delta W^T
        if output_l1:
            x = layers[l].x
            dx += output_l1 / len(x) * np.sign(x)  # Eq. (3): x is the output a of layer l - 1
        delta = dx * activations[l - 1].slope(layers[l - 1].z)  # dL/dz = dL/da f'(z)
        yield delta


def curvature_pass(
    layers: Sequence[LayerValues],
    curvature: Array,
    weights: Sequence[Array],
    activations: Sequence[Activation],
) -> list[Array]:
    """d2L/dW2 of each layer, from d2L/dz2 of the logits, (N, n_classes).

    Each unit's is passed back by itself, and without the terms of f'', which keeps them from being
    negative: the Levenberg-Marquardt approximation, LeCun et al. (1990), Eq. (9) to (11).
    """
    second: list[Array] = []
    for l in reversed(range(len(layers))):
        second.insert(0, np.square(layers[l].x).T @ curvature)  # h_w = sum x^2 h_z
        if l > 0:
            slope = activations[l - 1].slope(layers[l - 1].z)
            curvature = np.square(slope) * (curvature @ np.square(weights[l]).T)
    return second
