"""What every network of layers does with its inputs, whatever its layers are: look and predict."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.network.passes import LayerValues
from minirelprune.network.stored import Stored
from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array


class Layered(Stored):
    """The checks around a forward pass; a network says how it passes on, and back.

    Parameters
    ----------
    activation : f of the hidden layers, a key of `ACTIVATIONS`.
    CHUNK : examples per forward pass where only the prediction is wanted.
    """

    CHUNK: ClassVar[int]
    activation: str

    @property
    @abstractmethod
    def n_inputs(self) -> int:
        """How many numbers an example has."""

    @property
    @abstractmethod
    def n_classes(self) -> int:
        """How many logits there are."""

    @property
    def activations(self) -> list[Activation]:
        """f of each layer: the hidden activation, and the identity on the logits (R3)."""
        hidden = [ACTIVATIONS[self.activation]] * (len(self.shapes) - 1)
        return [*hidden, ACTIVATIONS["identity"]]

    @abstractmethod
    def _forward(self, x: Array) -> Iterator[LayerValues]:
        """(x, z) of each layer on its rows. Nothing is checked."""

    @abstractmethod
    def _backward(
        self, layers: Sequence[LayerValues], delta: Array, output_l1: float
    ) -> list[Array]:
        """dL/dW and dL/db of each layer, from dL/dlogits. Nothing is checked."""

    @abstractmethod
    def _outputs(self, layers: Sequence[LayerValues]) -> list[Array]:
        """a of each hidden layer, a row for each example."""

    @abstractmethod
    def _curvatures(self, layers: Sequence[LayerValues], curvature: Array) -> list[Array]:
        """d2L/dW2 of each layer, from that by the logits (LeCun et al., 1990)."""

    def _linear(self) -> Self:
        """A copy with the identity in place of f."""
        other = self.copy()
        other.activation = "identity"
        return other

    def layers(self, x: Array) -> Iterator[LayerValues]:
        """(x, z) of each layer on its rows, one layer at a time.

        Parameters
        ----------
        x : (N, n_inputs), finite numbers.

        Returns
        -------
        Of a fully connected layer its input x (N, n_in), and z = x @ W + b (N, n_out); of a
        convolution its patches (N positions, k k C), and z (N positions, M).

        Raises
        ------
        ValueError : x does not fit the network, or a z leaves the range of the dtype.
        """
        return self._finite_layers(self._checked(x))

    def forward(self, x: Array) -> list[LayerValues]:
        """As `layers`, all layers at once: `backward` needs them.

        Parameters
        ----------
        x : (N, n_inputs), finite numbers.

        Returns
        -------
        (x, z) of each layer, the logits (N, n_classes) as the last z.

        Raises
        ------
        ValueError : x does not fit the network, or a z leaves the range of the dtype.
        """
        return list(self.layers(x))

    def inputs(self, x: Array) -> Iterator[Array]:
        """As `layers`, but only the input of each layer, without its z."""
        return (layer.x for layer in self.layers(x))

    def predict(self, x: Array) -> NDArray[np.intp]:
        """The class of the largest logit for each row of x, which is as for `layers`.

        Returns
        -------
        (N,), whole numbers in [0, n_classes).
        """
        x = self._checked(x)
        chunks = (x[start : start + self.CHUNK] for start in range(0, max(1, len(x)), self.CHUNK))
        logits = ([*self._finite_layers(chunk)][-1].z for chunk in chunks)
        return np.concatenate([z.argmax(axis=1) for z in logits])

    def _checked(self, x: object) -> Array:
        return convert.numbers("x", x, ("N", self.n_inputs), dtype=self.dtype)

    def _finite_layers(self, x: Array) -> Iterator[LayerValues]:
        passing = self._forward(x)
        for l in range(len(self.weights)):
            with np.errstate(all="ignore"):  # not while the caller looks at what is yielded
                layer = next(passing)
            checks.finite(f"z of layer {l}", layer.z)
            yield layer
