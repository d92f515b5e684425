"""What a transformer is: its image, its patches, its widths, and the shapes they give."""

from __future__ import annotations

import numpy as np

from minirelprune.network import settings
from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.network.layered import Layered
from minirelprune.support.arrays import Array

MAPS = ("q", "k", "v", "o", "up", "down")  # the linear maps of a block
SIZES = ("patch", "width", "heads", "blocks", "hidden", "classes")
WAVES = 1e4  # the longest wave of the positions is 2 pi times this (Vaswani et al., 2017)


class Transforming(Layered):
    """The part of `Transformer` that computes nothing.

    Parameters
    ----------
    image, patch, width, heads, blocks, hidden, classes, activation : as for `Transformer`.
    tokens : how many patches an image has.
    """

    KIND = "transformer"
    SETTINGS = ("image", *SIZES, "activation")
    image: tuple[int, ...]
    tokens: int

    def _set(self, **given: object) -> None:
        self.image = settings.wholes("image", given["image"], 3)
        each = [settings.wholes(name, [given[name]])[0] for name in SIZES]
        self.patch, self.width, self.heads, self.blocks, self.hidden, self.classes = each
        self.activation = settings.name_of(given["activation"])
        height, width, _ = self.image
        if height % self.patch or width % self.patch:
            raise ValueError(f"patch must divide {height} and {width}, got {self.patch}")
        if self.width % self.heads or self.width % 2:
            raise ValueError(
                f"width must be even and a multiple of heads, which is {self.heads}, "
                f"got {self.width}"
            )
        self.tokens = (height // self.patch) * (width // self.patch)

    @property
    def title(self) -> str:
        """Its image, patch, width, heads, blocks and activation in a few words."""
        image = "x".join(map(str, self.image))
        parts = f"{image}-{self.patch}@{self.width}", f"{self.blocks}x{self.heads}", self.hidden
        return f"{'-'.join(map(str, parts))}-{self.classes} {self.activation}"

    @property
    def shapes(self) -> list[tuple[int, int]]:
        """n_in and n_out of each linear map: the patches', six in each block, the classes'."""
        d, m = self.width, self.hidden
        block = [(d, d)] * 4 + [(d, m), (m, d)]
        return [(self.patch**2 * self.image[2], d), *block * self.blocks, (d, self.classes)]

    @property
    def n_inputs(self) -> int:
        """How many numbers an example has."""
        return int(np.prod(self.image))

    @property
    def n_classes(self) -> int:
        """How many logits there are."""
        return self.classes

    @property
    def activations(self) -> list[Activation]:
        """f of each linear map: the activation after "up", and the identity everywhere else."""
        own, identity = ACTIVATIONS[self.activation], ACTIVATIONS["identity"]
        block = [own if name == "up" else identity for name in MAPS]
        return [identity, *block * self.blocks, identity]

    def _positions(self) -> Array:
        """Sines and cosines that say where a token is: (T, width)."""
        place = np.arange(self.tokens)[:, None]
        speed = WAVES ** (-np.arange(0, self.width, 2) / self.width)
        waves = np.stack([np.sin(place * speed), np.cos(place * speed)], axis=-1)
        return waves.reshape(self.tokens, self.width).astype(self.dtype)
