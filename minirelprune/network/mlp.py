"""The network of section 4: fully connected layers, and what they make of their inputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import DTypeLike

from minirelprune.network import settings
from minirelprune.network.activations import Activation
from minirelprune.network.exchange import Exchanged
from minirelprune.network.passes import LayerValues, backward_pass, curvature_pass, forward_pass
from minirelprune.support import checks
from minirelprune.support.arrays import Array


class MLP(Exchanged):
    """A multi-layer perceptron: f(x W + b) layer after layer, the last one linear.

    Parameters
    ----------
    layer_sizes : units per layer, inputs first: (784, 392, 196, 10) in the paper. The network keeps
        `weights` and `biases`, lists of (n_in, n_out) and (n_out,) arrays to be changed in place.
    activation : a key of `ACTIVATIONS`, or what is kept there, used in every hidden layer.
    rng : draws the initial W and b from U(-1/sqrt(n_in), 1/sqrt(n_in)), torch's default (R8).
    dtype : float32 or float64; inputs of every dtype become this one.

    Raises
    ------
    ValueError : fewer than two sizes, a size below 1, or an argument that is none of these.

    >>> net = MLP((784, 392, 196, 10), "relu", rng=np.random.default_rng(0))
    >>> [W.shape for W in net.weights], net.n_weights
    ([(784, 392), (392, 196), (196, 10)], 386120)
    """

    CHUNK = 10_000

    def __init__(
        self,
        layer_sizes: Sequence[int],
        activation: str | Activation = "relu",
        *,
        rng: np.random.Generator,
        dtype: DTypeLike = np.float32,
    ) -> None:
        checks.generator("rng", rng)
        self._set(layer_sizes=layer_sizes, activation=activation)
        self._drawn(rng, settings.dtype_of(dtype))

    @property
    def n_inputs(self) -> int:
        """How many numbers an example has."""
        return self.layer_sizes[0]

    @property
    def n_classes(self) -> int:
        """How many logits there are."""
        return self.layer_sizes[-1]

    def _forward(self, x: Array) -> Iterator[LayerValues]:
        return forward_pass(x, self.weights, self.biases, self.activations)

    def _backward(
        self, layers: Sequence[LayerValues], delta: Array, output_l1: float
    ) -> list[Array]:
        return backward_pass(layers, delta, self.weights, self.activations, output_l1)

    def _outputs(self, layers: Sequence[LayerValues]) -> list[Array]:
        return [layer.x for layer in layers[1:]]

    def _curvatures(self, layers: Sequence[LayerValues], curvature: Array) -> list[Array]:
        return curvature_pass(layers, curvature, self.weights, self.activations)
