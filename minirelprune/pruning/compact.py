"""A smaller dense network that computes the same: units that no longer matter are left out."""

from collections.abc import Sequence

import numpy as np

from minirelprune.network.mlp import MLP
from minirelprune.pruning.masks import masked
from minirelprune.support.arrays import Array, Mask


def compact(net: MLP, masks: Sequence[Mask]) -> MLP:
    """Leave out the hidden units that lost all their inputs, or all their outputs.

    The output of a unit without inputs is constant, f(b): it is added to the biases of the next
    layer. Nothing depends on a unit without outputs. What is left can lose its last input, or
    output, by that, and goes too. A hidden layer keeps at least one unit.

    Parameters
    ----------
    net : the pruned network; it is not changed.
    masks : one boolean (n_in, n_out) array per layer; False weights count as 0.

    Returns
    -------
    An MLP with the same inputs and outputs and as many or fewer hidden units. Its logits are those
    of the masked network, up to rounding.

    Raises
    ------
    ValueError : masks that do not fit the network, or weights that are not finite.

    The first hidden unit has lost its input, and is always relu(2) = 2; the second is kept:

    >>> net = MLP.from_arrays([np.ones((1, 2)), np.full((2, 1), 3.0)], [[2.0, 0.0], [0.0]])
    >>> small = compact(net, [np.array([[False, True]]), np.ones((2, 1), bool)])
    >>> small.layer_sizes, small.biases[1].tolist(), small.forward([[5.0]])[1].z.item()
    ((1, 1, 1), [6.0], 21.0)
    """
    net, _ = masked(net, masks)
    weights, biases = net.weights, net.biases
    for l, f in enumerate(net.activations[:-1]):
        _fold(weights, biases, f(biases[l]), l)
    for l in range(len(weights) - 2, -1, -1):
        used: Mask = np.asarray(weights[l + 1].any(axis=1))
        _keep(weights, biases, _some(used), l)
    return MLP.from_arrays(weights, biases, net.activation)


def _fold(weights: list[Array], biases: list[Array], constant: Array, l: int) -> None:
    """Add the units of layer l that have no inputs to the next layer's biases, and drop them."""
    alive: Mask = np.asarray(weights[l].any(axis=0))
    biases[l + 1] += np.where(alive, 0, constant) @ weights[l + 1]
    weights[l + 1][~alive] = 0
    _keep(weights, biases, _some(alive), l)


def _keep(weights: list[Array], biases: list[Array], kept: Mask, l: int) -> None:
    """Keep these units of hidden layer l, with what enters and what leaves them."""
    weights[l], biases[l] = weights[l][:, kept], biases[l][kept]
    weights[l + 1] = weights[l + 1][kept]


def _some(kept: Mask) -> Mask:
    """A layer has at least one unit."""
    return kept if kept.any() else np.arange(len(kept)) == 0
