"""The network of section 4: fully connected layers, and what they make of their inputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import DTypeLike, NDArray

from minirelprune.network import settings
from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.network.exchange import Exchanged
from minirelprune.network.losses import cross_entropy, l1_term, logit_curvature
from minirelprune.network.passes import LayerValues, backward_pass, curvature_pass, forward_pass
from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array, Labels

CHUNK = 10_000  # examples per forward pass where only the prediction is wanted


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
        self._drawn(rng, settings.dtype_of(dtype))

    @property
    def n_inputs(self) -> int:
        """How many numbers an example has."""
        return self.layer_sizes[0]

    @property
    def n_classes(self) -> int:
        """How many logits there are."""
        return self.layer_sizes[-1]

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

    def loss_and_gradients(
        self, x: Array, y: Labels, *, output_l1: float = 0.0, negligible: float = 0.0
    ) -> tuple[float, list[Array]]:
        """The mean loss of a batch in nats, and its gradients.

        Parameters
        ----------
        x, y : (N, n_in) and (N,), the examples and their labels, whole numbers in [0, n_classes).
        output_l1 : lambda of Eq. (3), >= 0.
        negligible : gradients of logits below this size count as 0, >= 0.

        Returns
        -------
        The loss, and dL/dW and dL/db layer by layer, in the order of `parameters`.

        Raises
        ------
        ValueError : data that do not fit the network, or a negative setting.

        >>> net = MLP.from_arrays([[[0.0, 0.0]]], [[0.0, 0.0]])
        >>> loss, (dW, db) = net.loss_and_gradients([[3.0]], [0])
        >>> round(loss, 4), dW.tolist(), db.tolist()  # ln 2, and x (p - onehot)
        (0.6931, [[-1.5, 1.5]], [-0.5, 0.5])
        """
        checks.at_least("output_l1", output_l1, 0)
        checks.at_least("negligible", negligible, 0)
        x, y = self._pairs(x, y)
        with np.errstate(all="ignore"):
            layers = list(forward_pass(x, self.weights, self.biases, self.activations))
            loss, delta = cross_entropy(layers[-1].z, y)
            if output_l1:
                loss += l1_term([layer.x for layer in layers[1:]], output_l1)  # Eq. (3)
            if negligible:
                delta[np.abs(delta) < negligible] = 0
            return loss, backward_pass(layers, delta, self.weights, self.activations, output_l1)

    def second_derivatives(self, x: Array, y: Labels) -> list[Array]:
        """d2L/dW2 of each layer, L being the mean loss of a batch, by the rules of LeCun (1990).

        Parameters
        ----------
        x, y : (N, n_in) and (N,), as for `loss_and_gradients`; no label changes the result.

        Returns
        -------
        One (n_in, n_out) array per layer; never negative, as the terms of f'' are left out.

        Raises
        ------
        ValueError : data that do not fit the network.

        >>> net = MLP.from_arrays([[[0.0, 0.0]]], [[0.0, 0.0]])
        >>> net.second_derivatives([[3.0]], [0])[0].tolist()  # x^2 p (1 - p)
        [[2.25, 2.25]]
        """
        x, y = self._pairs(x, y)
        with np.errstate(all="ignore"):
            layers = list(forward_pass(x, self.weights, self.biases, self.activations))
            curvature = logit_curvature(layers[-1].z, y)
            return curvature_pass(layers, curvature, self.weights, self.activations)

    def _pairs(self, x: object, y: object) -> tuple[Array, Labels]:
        inputs = self._checked(x)
        return inputs, convert.labels("y", y, len(inputs), self.n_classes)

    def _checked(self, x: object) -> Array:
        return convert.numbers("x", x, ("N", self.layer_sizes[0]), dtype=self.dtype)

    def _finite_layers(self, x: Array) -> Iterator[LayerValues]:
        passing = forward_pass(x, self.weights, self.biases, self.activations)
        for l in range(len(self.weights)):
            with np.errstate(all="ignore"):  # not while the caller looks at what is yielded
                layer = next(passing)
            checks.finite(f"z of layer {l}", layer.z)
            yield layer
