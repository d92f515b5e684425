"""The network of section 4: fully connected layers, and what they make of their inputs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from minirelprune.network import settings
from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.network.passes import LayerValues, forward_pass
from minirelprune.support import checkpoint, checks, convert
from minirelprune.support.arrays import Array, Labels

CHUNK = 10_000  # examples per forward pass where only the prediction is wanted


class MLP:
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

    @property
    def parameters(self) -> list[Array]:
        """W and b of the first layer, then of the second, and so on: the arrays, not copies."""
        return [p for pair in zip(self.weights, self.biases, strict=True) for p in pair]

    @property
    def n_weights(self) -> int:
        """How many weights there are, pruned ones included, biases not."""
        return sum(W.size for W in self.weights)

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

    def copy(self) -> MLP:
        """A network of its own with the same bits."""
        parameters = [W.copy() for W in self.weights], [b.copy() for b in self.biases]
        return _network(self.layer_sizes, self.activation, *parameters)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the network to one file, whole or not at all; see `checkpoint`.

        Parameters
        ----------
        path : of the file; it must end in .npz.

        Raises
        ------
        ValueError : another ending, or what `load` would refuse, such as a weight that is NaN.
        """
        arrays, description = self.state()
        checkpoint.write(path, arrays, description)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> MLP:
        """Read a network, also a pruned one's, bit for bit as it was saved; path as for `save`.

        Raises
        ------
        FileNotFoundError : no such file.
        ValueError : no network, another version, or a file that was changed; the path is named.
        """
        return cls.from_state(path, *checkpoint.read(path))

    def state(self) -> tuple[dict[str, NDArray[Any]], dict[str, object]]:
        """The arrays and the description that make up the network in a file."""
        arrays = {f"W{l}": W for l, W in enumerate(self.weights)}
        arrays |= {f"b{l}": b for l, b in enumerate(self.biases)}
        settings.parameters_of(self.layer_sizes, arrays)
        return arrays, {"layer_sizes": list(self.layer_sizes), "activation": self.activation}

    @classmethod
    def from_state(
        cls, path: object, arrays: dict[str, NDArray[Any]], description: dict[str, object]
    ) -> MLP:
        """The network that `state` described; path and errors are as for `load`.

        Parameters
        ----------
        arrays, description : what `state` gave, with W (n_in, n_out) and b (n_out,) of each layer.
        """
        try:
            sizes = settings.sizes_of(description.get("layer_sizes"))
            activation = settings.name_of(description.get("activation"))
            return _network(sizes, activation, *settings.parameters_of(sizes, arrays))
        except ValueError as error:
            raise ValueError(f"{path} does not hold a network: {error}") from error


def accuracy(net: MLP, x: Array, y: Labels) -> float:
    """The share of examples that the network labels rightly, in percent.

    Parameters
    ----------
    net : the network.
    x, y : (N, n_in) finite inputs and their (N,) labels, whole numbers in [0, n_classes), N >= 1.

    Returns
    -------
    Percent, from 0 to 100.

    Raises
    ------
    ValueError : data that do not fit the network, no examples, or a z that is not finite.

    >>> accuracy(MLP((2, 2), rng=np.random.default_rng(0)), np.eye(2), [0, 0])
    50.0
    """
    checks.instance("net", net, MLP, "MLP((784, 10), rng=rng)")
    predicted = net.predict(x)
    labels = convert.labels("y", y, len(predicted), net.layer_sizes[-1])
    return 100 * float(np.mean(predicted == labels))


def data_for(
    net: MLP, x: object, y: object, names: tuple[str, str] = ("x", "y")
) -> tuple[Array, Labels]:
    """Inputs and labels that fit the network, in its dtype; ValueError if they do not."""
    inputs = convert.numbers(names[0], x, ("N", net.layer_sizes[0]), dtype=net.dtype)
    return inputs, convert.labels(names[1], y, len(inputs), net.layer_sizes[-1])


def _network(
    sizes: tuple[int, ...], activation: str, weights: list[Array], biases: list[Array]
) -> MLP:
    """A network of arrays that are there already, and so without drawing any."""
    net = object.__new__(MLP)
    net.layer_sizes, net.activation, net.dtype = sizes, activation, weights[0].dtype
    net.weights, net.biases = weights, biases
    return net
