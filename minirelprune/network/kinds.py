"""The kinds of networks that a file may hold."""

from typing import Any

from numpy.typing import NDArray

from minirelprune.network.conv_net import ConvNet
from minirelprune.network.layered import Layered
from minirelprune.network.mlp import MLP
from minirelprune.network.protocol import Network
from minirelprune.network.transformer import Transformer
from minirelprune.support import checks

KINDS: dict[str, type[Layered]] = {kind.KIND: kind for kind in (MLP, ConvNet, Transformer)}


def network_from_state(
    path: object, arrays: dict[str, NDArray[Any]], description: dict[str, object]
) -> Network:
    """The network that a file describes; one that does not say its kind is an `MLP`.

    Parameters
    ----------
    path : of the file, for messages.
    arrays, description : what `state` gave.

    Raises
    ------
    ValueError : a file that does not hold a network.
    """
    kind = description.get("kind", MLP.KIND)
    try:
        checks.one_of("kind", kind, KINDS)
    except ValueError as error:
        raise ValueError(f"{path} does not hold a network: {error}") from error
    return KINDS[str(kind)].from_state(path, arrays, description)
