"""How much of a network is blind on data: how often section 2.1's blind range is met.

Section 2.1 argues from the shape of f. How often a unit is in the flat part of f also depends on
the data and on training. `figures/blind_share.csv` and notebook 02 show what was measured on MNIST.
"""

import numpy as np

from minirelprune.network.mlp import CHUNK, MLP
from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array


def blind_share(net: MLP, x: Array, tolerance: float = 0.0) -> list[float]:
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

    >>> net = MLP((1, 2, 2), "relu", rng=np.random.default_rng(0))
    >>> net.weights[0][:], net.biases[0][:] = [[1, -1]], 0
    >>> blind_share(net, np.array([[-2.0], [0.0], [1.0], [3.0]]))
    [0.625]
    """
    checks.instance("net", net, MLP, "MLP((784, 10), rng=rng)")
    x = convert.numbers("x", x, ("N", net.layer_sizes[0]), dtype=net.dtype)
    checks.examples("x", x)
    hidden = net.activations[:-1]
    blind = [0] * len(hidden)
    for start in range(0, len(x), CHUNK):
        layers = net.forward(x[start : start + CHUNK])
        for l, f in enumerate(hidden):
            blind[l] += int(np.count_nonzero(f.is_blind(layers[l].z, tolerance)))
    return [n / (len(x) * units) for n, units in zip(blind, net.layer_sizes[1:-1], strict=True)]
