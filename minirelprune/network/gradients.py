"""The gradients of the loss by the weights and biases of a network."""

from collections.abc import Sequence

import numpy as np

from minirelprune.network.evaluation import data_for
from minirelprune.network.losses import cross_entropy
from minirelprune.network.mlp import MLP
from minirelprune.network.passes import LayerValues, backward_deltas, forward_pass
from minirelprune.network.protocol import EXAMPLE, Network
from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array, Labels


def backward(
    net: Network, layers: Sequence[LayerValues], delta: Array, *, output_l1: float = 0.0
) -> list[Array]:
    """The gradients of the loss, by the chain rule, from the last layer to the first.

    Parameters
    ----------
    net : the network the pass went through.
    layers : what `net.forward` returned: x (N, n_in) and z (N, n_out) of each layer of an MLP; of
        other networks, a row for each patch or token.
    delta : (N, n_classes), dL/dlogits of the batch-mean loss, from `softmax_cross_entropy`.
    output_l1 : lambda of Eq. (3), the weight of the L1 norm of the hidden outputs, >= 0.

    Returns
    -------
    dL/dW and dL/db layer by layer, in the order of `net.parameters`, in the dtype of the network.

    Raises
    ------
    ValueError : a net that is no network, layers or delta that do not fit it or are not finite, or
        a negative output_l1.

    Agrees with central differences in float64 to a relative 1e-6, and with torch's autograd.

    In a network of one layer, dL/dW is x^T delta:

    >>> net, x = MLP((2, 2), rng=np.random.default_rng(0)), np.array([[3.0, 5.0]])
    >>> dW, db = backward(net, net.forward(x), np.array([[0.5, -0.5]]))
    >>> dW.tolist(), db.tolist()
    ([[1.5, -1.5], [2.5, -2.5]], [0.5, -0.5])
    """
    checks.instance("net", net, Network, EXAMPLE)
    checks.at_least("output_l1", output_l1, 0)
    delta = convert.numbers("delta", delta, ("N", net.n_classes), dtype=net.dtype)
    with np.errstate(all="ignore"):
        return net._backward(_checked(net, layers, len(delta)), delta, float(output_l1))


def _checked(net: Network, layers: Sequence[LayerValues], n: int) -> list[LayerValues]:
    """The layers, once it is known that they are those of n examples."""
    one = net._forward(np.zeros((1, net.n_inputs), net.dtype))  # how many rows an example has
    shapes = [(n * len(x), *W.shape) for (x, _), W in zip(one, net.weights, strict=True)]
    passed = []
    for l, layer in enumerate(checks.sequence("layers", layers, len(shapes))):
        x, z = checks.sequence(f"layers[{l}]", layer, 2)
        rows, n_in, n_out = shapes[l]
        x = convert.numbers(f"layers[{l}].x", x, (rows, n_in), dtype=net.dtype)
        z = convert.numbers(f"layers[{l}].z", z, (rows, n_out), dtype=net.dtype)
        passed.append(LayerValues(x, z))
    return passed


def input_gradient(net: MLP, x: Array, y: Labels) -> Array:
    """How the loss of each example changes with its inputs: one step of the chain rule further.

    Parameters
    ----------
    net : the network.
    x, y : (N, n_in) finite inputs and their (N,) labels, whole numbers in [0, n_classes).

    Returns
    -------
    (N, n_in), the gradient of each example's own cross-entropy by its inputs.

    Raises
    ------
    ValueError : data that do not fit the network.

    Agrees with torch's autograd. Of one layer it is (softmax - onehot) W^T:

    >>> net = MLP.from_arrays([[[1.0, 3.0]]], [[0.0, 0.0]])
    >>> input_gradient(net, [[0.0]], [0]).tolist()  # (-0.5, 0.5) times (1, 3)
    [[1.0]]
    """
    checks.instance("net", net, MLP, EXAMPLE)
    x, y = data_for(net, x, y)
    with np.errstate(all="ignore"):
        layers = list(forward_pass(x, net.weights, net.biases, net.activations))
        _, delta = cross_entropy(layers[-1].z, y)
        delta *= len(x)  # of each example's own loss, not of the mean
        *_, delta = backward_deltas(layers, delta, net.weights, net.activations, 0.0)
        gradient: Array = delta @ net.weights[0].T  # dL/dx = delta W^T
        return gradient
