"""What criteria ask of the inputs of each layer."""

from collections.abc import Callable
from typing import Any

import numpy as np

from minirelprune.network.parts import layers_in_parts
from minirelprune.network.protocol import Network
from minirelprune.support.arrays import Array


def summed(net: Network, x: Array, of: Callable[[Array], Array]) -> list[Array]:
    """For each layer, the sum of a function of its inputs over some examples at a time.

    Parameters
    ----------
    net, x : the network, and the examples (N, n_inputs), of which a few need to fit into memory.
    of : of the input rows (n, n_in) of some examples; what it gives can be added up.

    >>> from minirelprune import MLP
    >>> net = MLP.from_arrays([[[1.0], [1.0]]], [[0.0]])
    >>> summed(net, np.array([[1.0, 2.0], [3.0, 0.0]]), squares)[0].tolist()
    [10.0, 4.0]
    """
    of_layers = []
    for parts in layers_in_parts(net, x):
        first, *others = (of(a) for a, _ in parts())
        of_layers.append(sum(others, start=first))
    return of_layers


def squares(x: Array, dtype: Any = None) -> Array:
    """The sum of the squares of each input, in their own dtype or in this one: (n_in,).

    Its root is norm(x, axis=0), bit for bit, without an array of squares as large as x.
    """
    total: Array = np.einsum("ni,ni->i", x, x, dtype=dtype)
    return total
