"""What a network keeps, its weights and biases: taken from elsewhere, copied, saved and loaded."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from minirelprune.network import settings, torch_layers
from minirelprune.network.activations import Activation
from minirelprune.network.torch_layers import Module
from minirelprune.support import checkpoint
from minirelprune.support.arrays import Array


class Stored:
    """The part of `MLP` that computes nothing.

    Parameters
    ----------
    layer_sizes, activation, weights, biases : as `MLP` keeps them.
    """

    layer_sizes: tuple[int, ...]
    activation: str
    dtype: np.dtype[Any]
    weights: list[Array]
    biases: list[Array]

    @property
    def parameters(self) -> list[Array]:
        """W and b of the first layer, then of the second, and so on: the arrays, not copies."""
        return [p for pair in zip(self.weights, self.biases, strict=True) for p in pair]

    @property
    def n_weights(self) -> int:
        """How many weights there are, pruned ones included, biases not."""
        return sum(W.size for W in self.weights)

    @classmethod
    def from_arrays(
        cls,
        weights: Sequence[Array],
        biases: Sequence[Array],
        activation: str | Activation = "relu",
    ) -> Self:
        """A network of weights that were trained elsewhere, as copies.

        Parameters
        ----------
        weights, biases : (n_in, n_out) and (n_out,) of each layer, inputs first: `coefs_` and
            `intercepts_` of scikit-learn's MLPClassifier. All float32, or else float64.
        activation : as for `MLP`; scikit-learn's "logistic" is the "sigmoid".

        Raises
        ------
        ValueError : arrays that are not finite or do not fit each other, or another activation.

        >>> from minirelprune import MLP
        >>> net = MLP.from_arrays([np.ones((2, 1))], [np.zeros(1)])
        >>> net.forward([[1.0, 2.0]])[0].z.item()
        3.0
        """
        sizes, arrays = settings.chained(weights, biases)
        return cls._of(sizes, settings.name_of(activation), *settings.parameters_of(sizes, arrays))

    @classmethod
    def from_torch(cls, module: Module) -> Self:
        """What a `torch.nn.Sequential` of Linear layers has learned, as copies.

        Parameters
        ----------
        module : Linear layers with one activation between them, the same everywhere. Dropout, a
            Flatten at the beginning and a Softmax at the end are left out: the network gives
            logits, and is not being trained.

        Raises
        ------
        ValueError : another kind of layer, another activation, or two of them.
        """
        return cls.from_arrays(*torch_layers.read(module))

    def to_torch(self) -> Module:
        """A `torch.nn.Sequential` with the same numbers, the zeros of a pruned network included.

        Raises
        ------
        ModuleNotFoundError : torch is not installed.
        ValueError : torch has no layer for the activation.
        """
        return torch_layers.write(self.weights, self.biases, self.activation)

    def __repr__(self) -> str:
        sizes = "-".join(map(str, self.layer_sizes))
        return f"MLP({sizes}, {self.activation}, {self.dtype}, {self.n_weights:,} weights)"

    def copy(self) -> Self:
        """A network of its own with the same bits."""
        parameters = [W.copy() for W in self.weights], [b.copy() for b in self.biases]
        return self._of(self.layer_sizes, self.activation, *parameters)

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
    def load(cls, path: str | os.PathLike[str]) -> Self:
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
    ) -> Self:
        """The network that `state` described; path and errors are as for `load`.

        Parameters
        ----------
        arrays, description : what `state` gave, with W (n_in, n_out) and b (n_out,) of each layer.
        """
        try:
            sizes = settings.sizes_of(description.get("layer_sizes"))
            activation = settings.name_of(description.get("activation"))
            return cls._of(sizes, activation, *settings.parameters_of(sizes, arrays))
        except ValueError as error:
            raise ValueError(f"{path} does not hold a network: {error}") from error

    @classmethod
    def _of(
        cls, sizes: tuple[int, ...], activation: str, weights: list[Array], biases: list[Array]
    ) -> Self:
        """A network of arrays that are there already, and so without drawing any."""
        net = cls.__new__(cls)
        net.layer_sizes, net.activation, net.dtype = sizes, activation, weights[0].dtype
        net.weights, net.biases = weights, biases
        return net
