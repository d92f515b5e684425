"""How much of a network is blind on data: section 2.1's blind range, met rather than drawn.

Section 2.1 argues from the shape of f. How often a unit is in the flat part of f hangs on the data
and on training too. Measured on MNIST (`minirelprune reproduce blind_share`, seed 0): of the
(example, unit) pairs of the first hidden layer ReLU is blind on 51% before training and on 80%
after ten epochs, of those of the second on 49% and 56%. With slopes up to 0.01 counted as blind,
the sigmoid goes from 0 to 33% in the first layer and to 11% in the second, tanh from 0 to 19% and
to 61%. Training raises the share in every case (that of leaky ReLU's second layer hardly, from 49
to 52%), and which f is the blinder hangs on the layer. By the paper's own definition, slope 0,
three of the four activations have no blind range.
"""

import numpy as np

from minirelprune.network.mlp import CHUNK, MLP
from minirelprune.support import checks
from minirelprune.support.arrays import Array


def blind_share(net: MLP, x: Array, tolerance: float = 0.0) -> list[float]:
    """The share of (example, unit) pairs whose z is in the blind range of f (section 2.1).

    Parameters
    ----------
    net : the network, trained or not.
    x : (N, n_in), its inputs, N >= 1.
    tolerance : the largest slope abs(f'(z)) that still counts as blind, >= 0.

    Returns
    -------
    One share in [0, 1] a hidden layer, the first layer first. The last layer is linear and never
    blind. It is the range of the exact f that counts: at tolerance 0 none of tanh is blind, though
    in float32 its output stays where it is beyond abs(z) = 9 or so.

    Raises
    ------
    ValueError : x is empty or does not fit the network, or the tolerance is negative.

    Two units, z = x and z = -x: one of them is always in ReLU's blind range, and both at x = 0.

    >>> net = MLP((1, 2, 2), "relu", rng=np.random.default_rng(0))
    >>> net.weights[0][:], net.biases[0][:] = [[1, -1]], 0
    >>> blind_share(net, np.array([[-2.0], [0.0], [1.0], [3.0]]))
    [0.625]
    """
    if len(x) == 0:
        raise ValueError("x must hold at least one example, got 0")
    checks.shape("x", x.shape, ("N", net.layer_sizes[0]))
    ranges = [f.blind_range(tolerance) for f in net.activations[:-1]]
    blind = [0] * len(ranges)
    for start in range(0, len(x), CHUNK):
        layers = net.forward(x[start : start + CHUNK])
        for l, intervals in enumerate(ranges):
            z = layers[l].z  # (n, n_units)
            for low, high in intervals:
                blind[l] += int(np.count_nonzero((low <= z) & (z <= high)))
    return [n / (len(x) * units) for n, units in zip(blind, net.layer_sizes[1:-1], strict=True)]
