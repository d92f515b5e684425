"""The network of section 4: fully connected layers, a forward pass, and a backward pass by hand."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.support import checkpoint, checks, convert
from minirelprune.support.arrays import Array, Labels

CHUNK = 10_000  # examples per forward pass where only the prediction is wanted


class LayerValues(NamedTuple):
    """What passed through one layer: its input x (N, n_in), and z = x @ W + b (N, n_out)."""

    x: Array
    z: Array


class MLP:
    """A multi-layer perceptron: f(x W + b) layer after layer, the last one linear.

    Parameters
    ----------
    layer_sizes : units per layer, inputs first: (784, 392, 196, 10) in the paper.
    activation : a key of `ACTIVATIONS`, used in every hidden layer.
    rng : draws the initial W and b from U(-1/sqrt(n_in), 1/sqrt(n_in)), torch's default (R8).
    dtype : float32 or float64.

    Raises
    ------
    ValueError : fewer than two sizes, a size below 1, an unknown activation or dtype.

    Attributes
    ----------
    weights, biases : lists of (n_in, n_out) and (n_out,) arrays, to be changed in place.
    activations : the f of each layer; the identity last.

    >>> net = MLP((784, 392, 196, 10), "relu", rng=np.random.default_rng(0))
    >>> [W.shape for W in net.weights], net.n_weights
    ([(784, 392), (392, 196), (196, 10)], 386120)
    """

    def __init__(
        self,
        layer_sizes: Sequence[int],
        activation: str = "relu",
        *,
        rng: np.random.Generator,
        dtype: DTypeLike = np.float32,
    ) -> None:
        sizes = _checked_sizes(layer_sizes)
        checks.one_of("activation", activation, ACTIVATIONS)
        self.dtype = np.dtype(dtype)
        checks.one_of("dtype", self.dtype.name, ("float32", "float64"))
        self.layer_sizes, self.activation = sizes, activation
        self.weights: list[Array] = []
        self.biases: list[Array] = []
        for n_in, n_out in pairwise(sizes):
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
        """Pass x (N, n_in) through the network; (x, z) of every layer, the logits last."""
        return list(self.layers(x))

    def layers(self, x: Array) -> Iterator[LayerValues]:
        """(x, z) of each layer in turn, for data so large that `forward` would keep too much."""
        checks.shape("x", x.shape, ("N", self.layer_sizes[0]))
        a = np.asarray(x, self.dtype)
        for W, b, f in zip(self.weights, self.biases, self.activations, strict=True):
            z = a @ W
            z += b  # Eq. (4), with the bias
            yield LayerValues(a, z)
            a = f(z)

    def inputs(self, x: Array) -> Iterator[Array]:
        """The input of each layer in turn."""
        return (layer.x for layer in self.layers(x))

    def predict(self, x: Array) -> NDArray[np.intp]:
        """The class of the largest logit for each row of x: (N,)."""
        chunks = [x[start : start + CHUNK] for start in range(0, max(1, len(x)), CHUNK)]
        return np.concatenate([self.forward(chunk)[-1].z.argmax(axis=1) for chunk in chunks])

    def copy(self) -> MLP:
        """A network of its own with the same bits."""
        twin = object.__new__(MLP)
        twin.layer_sizes, twin.activation, twin.dtype = (
            self.layer_sizes,
            self.activation,
            self.dtype,
        )
        twin.weights = [W.copy() for W in self.weights]
        twin.biases = [b.copy() for b in self.biases]
        return twin

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the network to one .npz file, whole or not at all; see `checkpoint`."""
        arrays, description = self.state()
        checkpoint.write(path, arrays, description)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> MLP:
        """Read a network, or the network of a pruned one, bit for bit as it was saved.

        Raises
        ------
        ValueError : not a minirelprune file, another version, or one that was changed since.
        """
        return cls.from_state(path, *checkpoint.read(path))

    def state(self) -> tuple[dict[str, NDArray[Any]], dict[str, object]]:
        """The arrays and the description that make up the network in a file."""
        arrays = {f"W{l}": W for l, W in enumerate(self.weights)}
        arrays |= {f"b{l}": b for l, b in enumerate(self.biases)}
        return arrays, {"layer_sizes": list(self.layer_sizes), "activation": self.activation}

    @classmethod
    def from_state(
        cls, path: object, arrays: dict[str, NDArray[Any]], description: dict[str, object]
    ) -> MLP:
        """The network that `state` described; `path` is named if it does not add up."""
        try:
            sizes = description["layer_sizes"]
            net = cls(
                sizes,  # type: ignore[arg-type]
                str(description["activation"]),
                rng=np.random.default_rng(0),
                dtype=arrays["W0"].dtype,
            )
            for l in range(len(net.weights)):
                checks.shape(f"W{l}", arrays[f"W{l}"].shape, net.weights[l].shape)
                checks.shape(f"b{l}", arrays[f"b{l}"].shape, net.biases[l].shape)
                net.weights[l], net.biases[l] = arrays[f"W{l}"], arrays[f"b{l}"]
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path} does not hold a network: {error}") from error
        return net


def backward(
    net: MLP, layers: Sequence[LayerValues], delta: Array, *, output_l1: float = 0.0
) -> list[Array]:
    """The gradients of the loss, by the chain rule, from the last layer to the first.

    Parameters
    ----------
    net : the network the pass went through.
    layers : what `net.forward` returned.
    delta : (N, n_classes), dL/dlogits of the batch-mean loss, from `softmax_cross_entropy`.
    output_l1 : lambda of Eq. (3), the weight of the L1 norm of the hidden outputs.

    Returns
    -------
    dL/dW and dL/db layer by layer, in the order of `net.parameters`.

    Agrees with central differences in float64 to a relative 1e-6, and with torch's autograd.
    """
    gradients: list[Array] = []
    for l in reversed(range(len(net.weights))):
        x = layers[l].x
        gradients[:0] = [x.T @ delta, delta.sum(axis=0)]  # dL/dW = x^T delta,  dL/db = sum delta
        if l > 0:
            dx = delta @ net.weights[l].T  # dL/dx = delta W^T
            if output_l1:
                dx += output_l1 / len(x) * np.sign(x)  # Eq. (3): x is the output a of layer l - 1
            delta = dx * net.activations[l - 1].derivative(layers[l - 1].z)  # dL/dz = dL/da f'(z)
    return gradients


def accuracy(net: MLP, x: Array, y: Labels) -> float:
    """The share of examples that the network labels rightly, in percent.

    Parameters
    ----------
    x, y : (N, n_in) inputs and their (N,) labels, N >= 1.

    Raises
    ------
    ValueError : data that do not fit the network, or no examples.
    """
    x, y = data_for(net, x, y)
    return 100 * float(np.mean(net.predict(x) == y))


def data_for(
    net: MLP, x: object, y: object, names: tuple[str, str] = ("x", "y")
) -> tuple[Array, Labels]:
    """Inputs and labels that fit the network, in its dtype; ValueError if they do not."""
    inputs = convert.numbers(names[0], x, ("N", net.layer_sizes[0]), dtype=net.dtype)
    return inputs, convert.labels(names[1], y, len(inputs), net.layer_sizes[-1])


def _checked_sizes(layer_sizes: Sequence[int]) -> tuple[int, ...]:
    sizes = tuple(layer_sizes)
    if len(sizes) < 2:
        raise ValueError(f"layer_sizes must name inputs and outputs at least, got {sizes}")
    for size in sizes:
        checks.whole("layer_sizes", size, minimum=1)
    return tuple(int(size) for size in sizes)
