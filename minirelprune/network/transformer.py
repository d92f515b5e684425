"""A small transformer on the patches of an image, with its backward pass by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NoReturn

import numpy as np
from numpy.typing import DTypeLike

from minirelprune.network import settings
from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.network.attention import attend_back, attention, merge, norm, norm_back, split
from minirelprune.network.passes import LayerValues
from minirelprune.network.transformer_layout import MAPS, Transforming
from minirelprune.support import checks
from minirelprune.support.arrays import Array


class Transformer(Transforming):
    """Patches as tokens, blocks of self-attention and an MLP, the mean of the tokens, and logits.

    A block is h + o(attention of q, k, v) and then h + down(f(up(h))), both on the normalised h
    (Vaswani et al., 2017; the normalisation comes first). The normalisation has no weights, and
    positions are fixed waves, so that all that is learned is in linear maps.

    Parameters
    ----------
    image : height, width and channels; an example is a row of their product, line by line.
    patch : pixels of a token, in each direction.
    width, heads, blocks : numbers of a token, heads that share them, and blocks.
    hidden : units of the MLP in a block.
    classes : logits.
    activation : a key of `ACTIVATIONS`, or what is kept there, in the MLP.
    rng : draws W and b as for `MLP` (R8).
    dtype : float32 or float64; inputs of every dtype become this one.

    Raises
    ------
    ValueError : an argument that is none of these, a patch that does not divide the image, or a
        width that is odd or no multiple of heads.

    >>> net = Transformer((28, 28, 1), rng=np.random.default_rng(0))
    >>> net.tokens, net.n_weights
    (16, 69312)
    """

    CHUNK = 1_000

    def __init__(
        self,
        image: Sequence[int],
        *,
        patch: int = 7,
        width: int = 64,
        heads: int = 4,
        blocks: int = 2,
        hidden: int = 128,
        classes: int = 10,
        activation: str | Activation = "gelu",
        rng: np.random.Generator,
        dtype: DTypeLike = np.float32,
    ) -> None:
        checks.generator("rng", rng)
        sizes = {"patch": patch, "width": width, "heads": heads, "blocks": blocks}
        sizes |= {"hidden": hidden, "classes": classes}
        self._set(image=image, activation=activation, **sizes)
        self._drawn(rng, settings.dtype_of(dtype))

    def _forward(self, x: Array) -> Iterator[LayerValues]:
        maps = iter(zip(self.weights, self.biases, strict=True))

        def passed(rows: Array) -> LayerValues:
            W, b = next(maps)
            return LayerValues(rows, rows @ W + b)

        embedded = passed(self._tokens(x))
        yield embedded
        h = self._placed(embedded.z)
        for _ in range(self.blocks):
            normed = norm(h)
            qkv = [passed(normed) for _ in range(3)]
            yield from qkv
            q, k, v = (split(one.z, self.tokens, self.heads) for one in qkv)
            mixed = passed(merge(attention(q, k) @ v))
            yield mixed
            h = h + mixed.z
            up = passed(norm(h))
            yield up
            down = passed(self._f(up.z))
            yield down
            h = h + down.z
        yield passed(self._mean(norm(h)))

    def _backward(
        self, layers: Sequence[LayerValues], delta: Array, output_l1: float
    ) -> list[Array]:
        """The chain rule, from the logits to the patches. h is found again from the z."""
        gradients: list[Array] = []

        def back(l: int, dz: Array) -> Array:
            """Keep dL/dW and dL/db of map l, and give dL/dx."""
            gradients[:0] = [layers[l].x.T @ dz, dz.sum(axis=0)]
            dx: Array = dz @ self.weights[l].T
            return dx

        n, streams = len(delta), self._streams(layers)
        d_mean = back(len(layers) - 1, delta)
        dh = norm_back(d_mean.repeat(self.tokens, axis=0) / self.tokens, streams.pop())
        for first in range(len(MAPS) * (self.blocks - 1) + 1, 0, -len(MAPS)):
            q, k, v, o, up, down = range(first, first + len(MAPS))
            da = back(down, dh)
            if output_l1:
                da = da + output_l1 / n * np.sign(layers[down].x)  # Eq. (3)
            dz = da * self.activations[up].slope(layers[up].z)
            dh = dh + norm_back(back(up, dz), streams.pop())
            parts = [split(layers[l].z, self.tokens, self.heads) for l in (q, k, v)]
            dc = split(back(o, dh), self.tokens, self.heads)
            dq, dk, dv = map(merge, attend_back(dc, *parts))
            dn = back(v, dv) + back(k, dk) + back(q, dq)
            dh = dh + norm_back(dn, streams.pop())
        back(0, dh)
        return gradients

    def _streams(self, layers: Sequence[LayerValues]) -> list[Array]:
        """h before each normalisation: of attention, of the MLP, block by block, and at the end."""
        streams = [self._placed(layers[0].z)]
        for first in range(1, len(layers) - 1, len(MAPS)):
            for l in (first + MAPS.index("o"), first + MAPS.index("down")):
                streams.append(streams[-1] + layers[l].z)
        return streams

    def _tokens(self, x: Array) -> Array:
        """The patches as rows (N T, patch patch C), image by image, line by line."""
        height, width, channels = self.image
        p = self.patch
        blocks = x.reshape(-1, height // p, p, width // p, p, channels)
        return blocks.transpose(0, 1, 3, 2, 4, 5).reshape(-1, p * p * channels)

    def _placed(self, z: Array) -> Array:
        placed: Array = z.reshape(-1, self.tokens, self.width) + self._positions()
        return placed.reshape(z.shape)

    def _mean(self, rows: Array) -> Array:
        means: Array = rows.reshape(-1, self.tokens, self.width).mean(axis=1)
        return means

    def _f(self, z: Array) -> Array:
        return ACTIVATIONS[self.activation].f(z)

    def _outputs(self, layers: Sequence[LayerValues]) -> list[Array]:
        hidden = layers[1 + MAPS.index("down") : -1 : len(MAPS)]
        return [one.x.reshape(len(layers[-1].z), -1) for one in hidden]

    def _curvatures(self, layers: Sequence[LayerValues], curvature: Array) -> NoReturn:
        raise ValueError("net must be no Transformer for Obd: attention multiplies its inputs")

    def _linear(self) -> NoReturn:
        raise ValueError("net must be no Transformer for SynFlow: attention multiplies its inputs")
