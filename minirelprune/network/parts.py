"""A network's layers on data of any size: some examples at a time, as many as memory allows."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from minirelprune.network.passes import LayerValues
from minirelprune.network.protocol import Network
from minirelprune.support.arrays import Array

AT_ONCE = 1 << 27  # numbers of all layers together: 60,000 examples of section 4's network

Parts = Callable[[], Iterator[LayerValues]]


def layers_in_parts(net: Network, x: Array) -> Iterator[Parts]:
    """Of each layer, a function that gives its (x, z) for some examples at a time.

    Parameters
    ----------
    net : the network.
    x : (N, n_inputs), N >= 1.

    Returns
    -------
    One function per layer, in order; each call begins with the first examples again. Where all of
    them fit into memory there is one part, and each layer is computed once; otherwise each call
    passes the examples through the network up to its layer.

    >>> import numpy as np
    >>> from minirelprune import MLP
    >>> net = MLP.from_arrays([[[2.0]], [[3.0]]], [[0.0], [1.0]])
    >>> [[z.item() for _, z in parts()] for parts in layers_in_parts(net, np.ones((1, 1)))]
    [[2.0], [7.0]]
    """
    some = examples_at_once(net, x)
    if some >= len(x):
        for layer in net.layers(x):
            yield partial(iter, [layer])
    else:
        for l in range(len(net.weights)):
            yield partial(_layer, net, x, some, l)


def examples_at_once(net: Network, x: Array) -> int:
    """How many examples may pass through the network together."""
    numbers = sum(a.size + z.size for a, z in net.layers(x[:1]))
    return max(1, AT_ONCE // numbers)


def _layer(net: Network, x: Array, some: int, l: int) -> Iterator[LayerValues]:
    for start in range(0, len(x), some):
        yield from islice(net.layers(x[start : start + some]), l, l + 1)
