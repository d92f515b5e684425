"""`minirelprune evaluate`: how good a saved network is, class by class, and how sparse."""

import argparse
import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from minirelprune.cli import datasets, networks
from minirelprune.data.own import OwnData
from minirelprune.experiments.outputs import Table
from minirelprune.network.protocol import Network
from minirelprune.pruning.rounds import zeros
from minirelprune.support.arrays import Mask

HELP = "the accuracy of a saved network, class by class, and its sparsity, layer by layer"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", metavar="FILE", help="a network, pruned or not, in an .npz file")
    datasets.add(parser, "what the file was made with, or else MNIST or synthetic digits")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    net, pruned = networks.load(options.file)
    asked = {name: getattr(options, name) for name in datasets.ARGUMENTS}
    if asked["data"] is None:
        kept = pruned.configuration if pruned else {}
        made_with = {name: kept.get(name) for name in datasets.ARGUMENTS}
        asked = made_with | {name: value for name, value in asked.items() if value is not None}
        asked["data"] = asked["data"] or "auto"
    own = networks.data_for(options.file, net, pruned, asked)
    masks = pruned.masks if pruned else [W != 0 for W in net.weights]
    found = {"file": options.file, **measured(net, masks, own)}
    print(json.dumps(found, indent=2) if options.json else _text(found))
    return 0


def measured(net: Network, masks: Sequence[Mask], own: OwnData) -> dict[str, Any]:
    """Accuracies in percent, shares of weights that are 0, and units whose weights are all 0.

    Parameters
    ----------
    net : the network.
    masks : one boolean (n_in, n_out) array per layer; False weights are 0.
    own : the data; the network is measured on its test examples.
    """
    data = own.data
    right = net.predict(data.x_test) == data.y_test
    return {
        **net.architecture,
        "data": data.name,
        "test_examples": len(right),
        "accuracy": 100 * float(right.mean()),
        "classes": [
            _of_class(name, right[data.y_test == k]) for k, name in enumerate(_names(own, net))
        ],
        **_sparsity(masks),
        "layers": [
            {"layer": l, **_sparsity([mask]), "units": mask.shape[1], "empty_units": _empty(mask)}
            for l, mask in enumerate(masks)
        ],
    }


def _names(own: OwnData, net: Network) -> Sequence[str]:
    return own.classes or [str(k) for k in range(net.n_classes)]


def _of_class(name: str, right: Mask) -> dict[str, Any]:
    """One class; without examples it has no accuracy."""
    share = 100 * float(right.mean()) if len(right) else None
    return {"class": name, "test_examples": len(right), "accuracy": share}


def _sparsity(masks: Sequence[Mask]) -> dict[str, Any]:
    weights, gone = sum(mask.size for mask in masks), zeros(masks)
    return {"weights": weights, "zeros": gone, "sparsity": gone / weights}


def _empty(mask: Mask) -> int:
    """How many units have no weight left, so that their output is constant."""
    return int(np.count_nonzero(~mask.any(axis=0)))


def _text(found: dict[str, Any]) -> str:
    layers = Table(
        f"{found['file']}: {'-'.join(map(str, found['layer_sizes']))} {found['activation']}",
        ("layer", "weights", "zero", "sparsity", "units", "empty units"),
        [
            (str(one["layer"]), *_counts(one), f"{one['units']:,}", f"{one['empty_units']:,}")
            for one in found["layers"]
        ]
        + [("all", *_counts(found), *_sums(found["layers"]))],
        "An empty unit has no weight left: its output is constant.",
    )
    classes = Table(
        f"{found['accuracy']:.2f}% of the {found['test_examples']:,} test examples of "
        f"{found['data']} are labelled rightly",
        ("class", "test examples", "accuracy, %"),
        [
            (
                one["class"],
                f"{one['test_examples']:,}",
                "" if one["accuracy"] is None else f"{one['accuracy']:.2f}",
            )
            for one in found["classes"]
        ],
    )
    return f"{classes.markdown()}\n{layers.markdown()}".rstrip()


def _counts(one: dict[str, Any]) -> tuple[str, str, str]:
    return f"{one['weights']:,}", f"{one['zeros']:,}", f"{one['sparsity']:.1%}"


def _sums(layers: list[dict[str, Any]]) -> list[str]:
    return [f"{sum(one[key] for one in layers):,}" for key in ("units", "empty_units")]
