"""The network of section 4: fully connected layers, and what they make of their inputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import DTypeLike, NDArray

from minirelprune.network import settings
from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.network.passes import LayerValues, forward_pass
from minirelprune.network.stored import Stored
from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array

CHUNK = 10_000  # examples per forward pass where only the prediction is wanted


class MLP(Stored):
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

    def __init__(
        self,
        layer_sizes: Sequence[int],
        activation: str | Activation = "relu",
        *,
        rng: np.random.Generator,
        dtype: DTypeLike = np.float32,
    ) -> None:
        checks.generator("rng", rng)
        self.layer_sizes = settings.sizes_of(layer_sizes)
        self.activation = settings.name_of(activation)
        self.dtype = settings.dtype_of(dtype)
        self.weights: list[Array] = []
        self.biases: list[Array] = []
        for n_in, n_out in pairwise(self.layer_sizes):
            bound = 1 / np.sqrt(n_in)
            self.weights.append(rng.uniform(-bound, bound, (n_in, n_out)).astype(self.dtype))
            self.biases.append(rng.uniform(-bound, bound, n_out).astype(self.dtype))

    @property
    def activations(self) -> list[Activation]:
        """f of each layer: the hidden activation, and the identity on the logits (R3)."""
        hidden = [ACTIVATIONS[self.activation]] * (len(self.weights) - 1)
        return [*hidden, ACTIVATIONS["identity"]]

    def forward(self, x: Array) -> list[LayerValues]:
        """(x, z) of every layer, the logits last.

        Parameters
        ----------
        x : (N, n_in), finite numbers.

        Returns
        -------
        One pair per layer: its input x (N, n_in), and z = x @ W + b (N, n_out).

        Raises
        ------
        ValueError : x does not fit the network, or a z leaves the range of the dtype.
        """
        return list(self.layers(x))

    def layers(self, x: Array) -> Iterator[LayerValues]:
        """As `forward`, but one layer at a time, for data so large that it would keep too much."""
        return self._finite_layers(self._checked(x))

    def inputs(self, x: Array) -> Iterator[Array]:
        """As `layers`, but only the input of each layer, without its z."""
        return (layer.x for layer in self.layers(x))

    def predict(self, x: Array) -> NDArray[np.intp]:
        """The class of the largest logit for each row of x, which is as for `forward`.

        Returns
        -------
        (N,), whole numbers in [0, n_classes).
        """
        x = self._checked(x)
        chunks = (x[start : start + CHUNK] for start in range(0, max(1, len(x)), CHUNK))
        logits = ([*self._finite_layers(chunk)][-1].z for chunk in chunks)
        return np.concatenate([z.argmax(axis=1) for z in logits])

    def _checked(self, x: object) -> Array:
        return convert.numbers("x", x, ("N", self.layer_sizes[0]), dtype=self.dtype)

    def _finite_layers(self, x: Array) -> Iterator[LayerValues]:
        passing = forward_pass(x, self.weights, self.biases, self.activations)
        for l in range(len(self.weights)):
            with np.errstate(all="ignore"):  # not while the caller looks at what is yielded
                layer = next(passing)
            checks.finite(f"z of layer {l}", layer.z)
            yield layer
