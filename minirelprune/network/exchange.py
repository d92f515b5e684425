"""An MLP of weights that were trained elsewhere, and its weights for PyTorch."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Self

from minirelprune.network import settings, torch_layers
from minirelprune.network.activations import Activation
from minirelprune.network.layered import Layered
from minirelprune.network.torch_layers import Module
from minirelprune.support.arrays import Array


class Exchanged(Layered):
    """The part of `MLP` that says what it is and speaks with other libraries.

    Parameters
    ----------
    layer_sizes, activation : as `MLP` keeps them.
    """

    SETTINGS = ("layer_sizes", "activation")
    layer_sizes: tuple[int, ...]

    @property
    def title(self) -> str:
        """Its layers and its activation in a few words, such as "784-392-196-10 relu"."""
        return f"{'-'.join(map(str, self.layer_sizes))} {self.activation}"

    @property
    def shapes(self) -> list[tuple[int, int]]:
        """n_in and n_out of each layer."""
        return list(pairwise(self.layer_sizes))

    def _set(self, **given: object) -> None:
        self.layer_sizes = settings.sizes_of(given["layer_sizes"])
        self.activation = settings.name_of(given["activation"])

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
        >>> net = MLP.from_arrays([[[1.0], [1.0]]], [[0.0]])
        >>> net.forward([[1.0, 2.0]])[0].z.item()
        3.0
        """
        sizes, arrays = settings.chained(weights, biases)
        name = settings.name_of(activation)
        net = cls._described({"layer_sizes": list(sizes), "activation": name})
        return net._filled(*settings.parameters_of(net.shapes, arrays))

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
