"""How much of a network is blind on data: how often section 2.1's blind range is met.

Section 2.1 argues from the shape of f. How often a unit is in the flat part of f also depends on
the data and on training. `figures/blind_share.csv` and notebook 02 show what was measured on MNIST.
"""

import numpy as np

from minirelprune.network.parts import examples_at_once
from minirelprune.network.protocol import EXAMPLE, Network
from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array


def blind_share(net: Network, x: Array, tolerance: float = 0.0) -> list[float]:
    """The share of (example, unit) pairs whose z is in the blind range of f (section 2.1).

    Parameters
    ----------
    net : the network, trained or not.
    x : (N, n_in), its inputs, finite, N >= 1. They become the dtype of the network.
    tolerance : the largest slope abs(f'(z)) that still counts as blind, >= 0.

    Returns
    -------
    One share in [0, 1] per hidden layer, the first layer first. The last layer is linear and never
    blind. The range of the exact f counts: at tolerance 0 tanh is nowhere blind, although in
    float32 its output is constant beyond about abs(z) = 9. An f without a closed form of its blind
    range is judged by the slope at each z, in float64.

    Raises
    ------
    ValueError : x is empty, not finite or does not fit the network, a z leaves the range of its
        dtype, or the tolerance is negative.

    Two units, z = x and z = -x: one of them is always in ReLU's blind range, and both at x = 0.

    >>> from minirelprune import MLP
    >>> net = MLP((1, 2, 2), "relu", rng=np.random.default_rng(0))
    >>> net.weights[0][:], net.biases[0][:] = [[1, -1]], 0
    >>> blind_share(net, np.array([[-2.0], [0.0], [1.0], [3.0]]))
    [0.625]
    """
    checks.instance("net", net, Network, EXAMPLE)
    x = convert.numbers("x", x, ("N", net.n_inputs), dtype=net.dtype)
    checks.examples("x", x)
    hidden = net.activations[:-1]
    blind, pairs = [0] * len(hidden), [0] * len(hidden)
    some = examples_at_once(net, x)
    for start in range(0, len(x), some):
        layers = net.layers(x[start : start + some])
        for l, (f, (_, z)) in enumerate(zip(hidden, layers, strict=False)):
            blind[l] += int(np.count_nonzero(f.is_blind(z, tolerance)))
            pairs[l] += z.size
    return [n / of for n, of in zip(blind, pairs, strict=True)]
