"""A convolutional network of the size of LeNet: convolutions with pooling, then an MLP."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import DTypeLike

from minirelprune.network import settings
from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.network.conv_layout import Convolutional
from minirelprune.network.convolution import POOL, Shape, patches, pool, unpatch, unpool
from minirelprune.network.passes import LayerValues
from minirelprune.support import checks
from minirelprune.support.arrays import Array


class ConvNet(Convolutional):
    """Convolutions, each with f and pooling after it, then fully connected layers, the last linear.

    Parameters
    ----------
    image : height, width and channels; an example is a row of their product, line by line.
    maps : outputs of each convolution, one or more.
    units : of each fully connected layer, the classes last.
    activation : a key of `ACTIVATIONS`, or what is kept there, used everywhere but on the logits.
    kernel : pixels of a patch, in each direction.
    rng : draws W and b as for `MLP` (R8); n_in of a convolution is the size of a patch.
    dtype : float32 or float64; inputs of every dtype become this one.

    Raises
    ------
    ValueError : an argument that is none of these, or an image that is too small for a patch or is
        not even where it is pooled.

    The size of LeNet-5 (LeCun et al., 1998), for 28 x 28 pixels:

    >>> net = ConvNet((28, 28, 1), (6, 16), (120, 84, 10), rng=np.random.default_rng(0))
    >>> net.shapes, net.n_weights
    ([(25, 6), (150, 16), (256, 120), (120, 84), (84, 10)], 44190)
    """

    CHUNK = 500

    def __init__(
        self,
        image: Sequence[int],
        maps: Sequence[int],
        units: Sequence[int],
        activation: str | Activation = "relu",
        *,
        kernel: int = 5,
        rng: np.random.Generator,
        dtype: DTypeLike = np.float32,
    ) -> None:
        checks.generator("rng", rng)
        sizes = {"image": image, "maps": maps, "units": units, "kernel": kernel}
        self._set(**sizes, activation=activation)
        self._drawn(rng, settings.dtype_of(dtype))

    def _forward(self, x: Array) -> Iterator[LayerValues]:
        a = x.reshape(-1, *self.image)
        for l, (W, b) in enumerate(zip(self.weights, self.biases, strict=True)):
            rows = patches(a, self.kernel) if l < len(self.maps) else a.reshape(len(x), -1)
            z = rows @ W
            z += b  # Eq. (4), with the bias
            yield LayerValues(rows, z)
            a = self._f(z)
            if l < len(self.maps):
                a = pool(a.reshape(len(x), *self._positions(l), -1))

    def _backward(
        self, layers: Sequence[LayerValues], delta: Array, output_l1: float
    ) -> list[Array]:
        """The chain rule, from the last layer to the first."""
        n, gradients = len(delta), list[Array]()
        for l in reversed(range(len(layers))):
            gradients[:0] = [layers[l].x.T @ delta, delta.sum(axis=0)]
            if l > 0:
                z = layers[l - 1].z
                da = self._back(l, delta, self.weights[l]).reshape(z.shape)
                if output_l1:
                    da += output_l1 / n * np.sign(self._f(z))  # Eq. (3)
                delta = da * self.activations[l - 1].slope(z)  # dL/dz = dL/da f'(z)
        return gradients

    def _outputs(self, layers: Sequence[LayerValues]) -> list[Array]:
        return [self._f(z).reshape(len(layers[-1].z), -1) for _, z in layers[:-1]]

    def _curvatures(self, layers: Sequence[LayerValues], curvature: Array) -> list[Array]:
        """Each path's by itself; of a weight that is shared over positions, the sum over them."""
        second: list[Array] = []
        for l in reversed(range(len(layers))):
            second.insert(0, np.square(layers[l].x).T @ curvature)  # h_w = sum x^2 h_z
            if l > 0:
                z = layers[l - 1].z
                passed = self._back(l, curvature, np.square(self.weights[l])).reshape(z.shape)
                if l <= len(self.maps):
                    passed /= POOL**2  # a pixel counts a quarter, and its square a sixteenth
                curvature = np.square(self.activations[l - 1].slope(z)) * passed
        return second

    def _back(self, l: int, delta: Array, W: Array) -> Array:
        """From dL/dz of layer l to dL/da of the layer before it, before pooling."""
        da: Array = delta @ W.T  # dL/dx = delta W^T
        if l > len(self.maps):
            return da
        shape = self.input_shapes[l]
        full = l == len(self.maps)
        return unpool(da.reshape(-1, *shape) if full else unpatch(da, shape, self.kernel))

    def _f(self, z: Array) -> Array:
        return ACTIVATIONS[self.activation].f(z)

    def _positions(self, l: int) -> Shape:
        """Height and width of what a convolution gives, before it is pooled."""
        return tuple(side - self.kernel + 1 for side in self.input_shapes[l][:2])
