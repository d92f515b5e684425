"""What a convolutional network is: its image, its maps, its units, and the shapes they give."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from minirelprune.network import settings
from minirelprune.network.convolution import POOL, Shape
from minirelprune.network.layered import Layered


class Convolutional(Layered):
    """The part of `ConvNet` that computes nothing.

    Parameters
    ----------
    image, maps, units, activation, kernel : as for `ConvNet`.
    input_shapes : the shapes of what goes into each convolution, and into the first full layer.
    """

    KIND = "convolutional"
    SETTINGS = ("image", "maps", "units", "kernel", "activation")
    image: Shape
    maps: Shape
    units: Shape
    kernel: int
    input_shapes: list[Shape]

    def _set(self, **given: object) -> None:
        self.image = settings.wholes("image", given["image"], 3)
        self.maps = settings.wholes("maps", given["maps"])
        self.units = settings.wholes("units", given["units"])
        self.activation = settings.name_of(given["activation"])
        [self.kernel] = settings.wholes("kernel", [given["kernel"]])
        self.input_shapes = [self.image]
        for m in self.maps:
            sides = [side - self.kernel + 1 for side in self.input_shapes[-1][:2]]
            if min(sides) < POOL or any(side % POOL for side in sides):
                raise ValueError(
                    f"image must leave an even number of pixels after each convolution of "
                    f"{self.kernel} x {self.kernel}, got {self.image}, which leaves {sides}"
                )
            self.input_shapes.append((sides[0] // POOL, sides[1] // POOL, m))

    @property
    def title(self) -> str:
        """Its image, maps, units and activation in a few words."""
        parts = ("x".join(map(str, self.image)), *(f"{m}@{self.kernel}" for m in self.maps))
        return f"{'-'.join([*parts, *map(str, self.units)])} {self.activation}"

    @property
    def shapes(self) -> list[tuple[int, int]]:
        """n_in and n_out of each layer; n_in of a convolution is the size of a patch."""
        channels = (self.image[-1], *self.maps)
        patch = self.kernel**2
        full = (int(np.prod(self.input_shapes[-1])), *self.units)
        return [*((patch * c, m) for c, m in pairwise(channels)), *pairwise(full)]

    @property
    def n_inputs(self) -> int:
        """How many numbers an example has."""
        return int(np.prod(self.image))

    @property
    def n_classes(self) -> int:
        """How many logits there are."""
        return self.units[-1]
