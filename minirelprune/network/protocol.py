"""What training, pruning and Eq. (1) need of a network, whatever its layers are.

A network has weighted layers in order. Each is z = x @ W + b on rows: a row is an example in a
fully connected layer, a patch of an image in a convolution, a token in a transformer. Eq. (1) is
defined on these rows, and all that scores, masks or counts weights speaks to this protocol alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any, Protocol, Self, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from minirelprune.network.activations import Activation
from minirelprune.network.passes import LayerValues
from minirelprune.support.arrays import Array

EXAMPLE = "MLP((784, 10), rng=rng)"  # of a network, for messages


@runtime_checkable
class Network(Protocol):
    """A network of weighted layers.

    Parameters
    ----------
    weights, biases : (n_in, n_out) and (n_out,) of each weighted layer, to be changed in place.
    dtype : of both, and of what passes through.

    >>> from minirelprune import MLP
    >>> isinstance(MLP((2, 1), rng=np.random.default_rng(0)), Network), isinstance(MLP, Network)
    (True, False)
    """

    weights: list[Array]
    biases: list[Array]
    dtype: np.dtype[Any]

    @property
    def n_inputs(self) -> int:
        """How many numbers an example has."""

    @property
    def n_classes(self) -> int:
        """How many logits there are."""

    @property
    def n_weights(self) -> int:
        """How many weights there are, pruned ones included, biases not."""

    @property
    def parameters(self) -> list[Array]:
        """W and b of the first layer, then of the second, and so on: the arrays, not copies."""

    @property
    def activations(self) -> list[Activation]:
        """f of each weighted layer: what its z goes through first; the identity on the logits."""

    @property
    def title(self) -> str:
        """Its layers and its activation in a few words, such as "784-392-196-10 relu"."""

    @property
    def architecture(self) -> dict[str, object]:
        """All that makes it but the numbers in its weights and biases, as JSON can hold it."""

    def layers(self, x: Array) -> Iterator[LayerValues]:
        """(x, z) of each weighted layer on its rows, of examples (N, n_inputs)."""

    def inputs(self, x: Array) -> Iterator[Array]:
        """As `layers`, but only the input rows of each, without z."""

    def predict(self, x: Array) -> NDArray[np.intp]:
        """The class of the largest logit for each row of x: (N,)."""

    def _forward(self, x: Array) -> Iterator[LayerValues]:
        """As `layers`, without checks: for training."""

    def _backward(
        self, layers: Sequence[LayerValues], delta: Array, output_l1: float
    ) -> list[Array]:
        """The gradients of the loss in the order of `parameters`, without checks.

        Parameters
        ----------
        layers, delta : what `_forward` gave, and dL/dlogits (N, n_classes).
        output_l1 : lambda of Eq. (3).
        """

    def _outputs(self, layers: Sequence[LayerValues]) -> list[Array]:
        """a of each hidden layer, (N, n): of all positions, a row for each example."""

    def _curvatures(self, layers: Sequence[LayerValues], curvature: Array) -> list[Array]:
        """d2L/dW2 of each layer, from those by the logits: never negative, without f''."""

    def _linear(self) -> Self:
        """A copy with the identity in place of f."""

    def copy(self) -> Self:
        """A network of its own with the same bits."""

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the network to one file, whole or not at all."""

    def state(self) -> tuple[dict[str, NDArray[Any]], dict[str, object]]:
        """The arrays and the architecture that make up the network in a file."""
