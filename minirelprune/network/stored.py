"""What a network keeps, its weights and biases: copied, saved and loaded."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from minirelprune.network import settings
from minirelprune.support import checkpoint
from minirelprune.support.arrays import Array


class Stored(ABC):
    """The part of a network that computes nothing.

    Parameters
    ----------
    weights, biases : (n_in, n_out) and (n_out,) of each layer, all of one dtype.
    KIND : what a file calls a network of this class; an `MLP`, the first, has no name there.
    SETTINGS : the attributes that make the network, beside its weights and biases.
    """

    KIND: ClassVar[str] = ""
    SETTINGS: ClassVar[tuple[str, ...]]
    dtype: np.dtype[Any]
    weights: list[Array]
    biases: list[Array]

    @property
    @abstractmethod
    def title(self) -> str:
        """Its layers and its activation in a few words, such as "784-392-196-10 relu"."""

    @property
    @abstractmethod
    def shapes(self) -> list[tuple[int, int]]:
        """n_in and n_out of each layer."""

    @abstractmethod
    def _set(self, **given: object) -> None:
        """Take the settings, by their names, once it is known that they make a network."""

    @property
    def architecture(self) -> dict[str, object]:
        """All that makes it but the numbers in its weights and biases, as JSON can hold it."""
        settings = {name: getattr(self, name) for name in self.SETTINGS}
        listed = {k: list(v) if isinstance(v, tuple) else v for k, v in settings.items()}
        return {"kind": self.KIND, **listed} if self.KIND else listed

    @classmethod
    def _described(cls, architecture: dict[str, object]) -> Self:
        """A network of this architecture, checked, without weights and biases yet."""
        net = cls.__new__(cls)
        net._set(**{name: architecture.get(name) for name in cls.SETTINGS})
        return net

    @property
    def parameters(self) -> list[Array]:
        """W and b of the first layer, then of the second, and so on: the arrays, not copies."""
        return [p for pair in zip(self.weights, self.biases, strict=True) for p in pair]

    @property
    def n_weights(self) -> int:
        """How many weights there are, pruned ones included, biases not."""
        return sum(W.size for W in self.weights)

    def __repr__(self) -> str:
        title = self.title.replace(" ", ", ")
        return f"{type(self).__name__}({title}, {self.dtype}, {self.n_weights:,} weights)"

    def copy(self) -> Self:
        """A network of its own with the same bits."""
        other = self._described(self.architecture)
        return other._filled([W.copy() for W in self.weights], [b.copy() for b in self.biases])

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
        """The arrays and the architecture that make up the network in a file."""
        arrays = {f"W{l}": W for l, W in enumerate(self.weights)}
        arrays |= {f"b{l}": b for l, b in enumerate(self.biases)}
        settings.parameters_of(self.shapes, arrays)
        return arrays, self.architecture

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
            net = cls._described(description)
            return net._filled(*settings.parameters_of(net.shapes, arrays))
        except ValueError as error:
            raise ValueError(f"{path} does not hold a network: {error}") from error

    def _filled(self, weights: list[Array], biases: list[Array]) -> Self:
        """The network with these arrays, which are there already: none is drawn."""
        self.weights, self.biases, self.dtype = weights, biases, weights[0].dtype
        return self

    def _drawn(self, rng: np.random.Generator, dtype: np.dtype[Any]) -> None:
        """W and b of each layer from U(-1/sqrt(n_in), 1/sqrt(n_in)), torch's default (R8)."""
        weights, biases = [], []
        for n_in, n_out in self.shapes:
            bound = 1 / np.sqrt(n_in)
            weights.append(rng.uniform(-bound, bound, (n_in, n_out)).astype(dtype))
            biases.append(rng.uniform(-bound, bound, n_out).astype(dtype))
        self._filled(weights, biases)
