"""How many examples a network labels rightly, and data that fit it."""

import numpy as np

from minirelprune.network.protocol import EXAMPLE, Network
from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array, Labels


def accuracy(net: Network, x: Array, y: Labels) -> float:
    """The share of examples that the network labels rightly, in percent.

    Parameters
    ----------
    net : the network.
    x, y : (N, n_in) finite inputs and their (N,) labels, whole numbers in [0, n_classes), N >= 1.

    Returns
    -------
    Percent, from 0 to 100.

    Raises
    ------
    ValueError : data that do not fit the network, no examples, or a z that is not finite.

    >>> from minirelprune import MLP
    >>> accuracy(MLP((2, 2), rng=np.random.default_rng(0)), np.eye(2), [0, 0])
    50.0
    """
    checks.instance("net", net, Network, EXAMPLE)
    predicted = net.predict(x)
    labels = convert.labels("y", y, len(predicted), net.n_classes)
    return 100 * float(np.mean(predicted == labels))


def data_for(
    net: Network, x: object, y: object, names: tuple[str, str] = ("x", "y")
) -> tuple[Array, Labels]:
    """Inputs and labels that fit the network, in its dtype; ValueError if they do not."""
    inputs = convert.numbers(names[0], x, ("N", net.n_inputs), dtype=net.dtype)
    return inputs, convert.labels(names[1], y, len(inputs), net.n_classes)
