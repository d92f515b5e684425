"""A network in a file, and data that fit it."""

from collections.abc import Mapping
from typing import Any

from minirelprune.cli import datasets
from minirelprune.data.own import OwnData
from minirelprune.network.protocol import Network
from minirelprune.pruning.pruned import Pruned, load_network


def load(path: str) -> tuple[Network, Pruned | None]:
    """The network in a file, and the run that pruned it if one did."""
    net, masks = load_network(path)
    return net, None if masks is None else Pruned.load(path)


def data_for(path: str, net: Network, pruned: Pruned | None, asked: Mapping[str, Any]) -> OwnData:
    """The data that are asked for, if they fit the network of the file `path`."""
    classes: Any = pruned.configuration.get("classes") if pruned else None
    if classes is not None and not _texts(classes):
        raise ValueError(f"{path} must have texts as classes, got {classes!r}")
    own = datasets.load(asked["data"], asked["label"], asked["test_share"], classes)
    inputs, outputs = own.data.x_train.shape[1], net.n_classes
    if inputs != net.n_inputs:
        raise ValueError(
            f"{own.data.name} has {inputs} inputs, and the network of {path} takes {net.n_inputs}"
        )
    if own.n_classes > outputs:
        raise ValueError(
            f"{own.data.name} has {own.n_classes} classes, and the network of {path} has {outputs}"
        )
    return own


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
