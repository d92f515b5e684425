"""What `prune` is to do: its settings, as the command line says or as usual."""

import argparse
from collections.abc import Mapping
from typing import Any

from minirelprune.cli import arguments, criteria, datasets
from minirelprune.cli.criteria import flag
from minirelprune.experiments.trials.trial import EPOCHS, LAYER_SIZES
from minirelprune.network.activations import ACTIVATIONS
from minirelprune.network.settings import sizes_of
from minirelprune.pruning.masks import GRANULARITIES, SCOPES

HIDDEN = list(LAYER_SIZES[1:-1])
OF_TRAINING: dict[str, Any] = {
    "layers": HIDDEN,
    "activation": "relu",
    "epochs": EPOCHS,
    "learning_rate": 1e-3,
}
USUAL: dict[str, Any] = {
    "data": "auto",
    "label": None,
    "test_share": None,
    "network": None,
    **OF_TRAINING,
    "output_l1": 0.0,
    "criterion": "relative_contribution",
    **dict.fromkeys(criteria.OPTIONS),
    "target": 0.75,
    "per_round": 0.05,
    "scoring_fraction": 1.0,
    "scope": "global",
    "granularity": "weight",
    "seed": 0,
}


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of all settings; what is not given is None."""
    datasets.add(parser, "MNIST, or else synthetic digits")
    _add_network(parser)
    criteria.add(parser)
    _add_rounds(parser)


def _add_network(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("network")
    group.add_argument(
        "--network",
        metavar="FILE",
        help="prune this saved network instead of training one; a pruned one is pruned further",
    )
    group.add_argument(
        "--layers",
        type=arguments.sizes,
        metavar="SIZES",
        help="units per layer, such as 784,392,196,10: either all layers, the first as wide as an "
        "example and the last with one unit per class, or the hidden layers alone "
        f"(default: {','.join(map(str, HIDDEN))})",
    )
    group.add_argument(
        "--activation",
        choices=[name for name in ACTIVATIONS if name != "identity"],
        help="of the hidden layers (default: relu)",
    )
    group.add_argument(
        "--epochs", type=arguments.whole(0), help=f"of training, >= 0 (default: {EPOCHS})"
    )
    group.add_argument(
        "--learning-rate",
        type=arguments.positive,
        metavar="RATE",
        help="of training, > 0 (default: 0.001; fine-tuning always has 0.0001)",
    )
    group.add_argument(
        "--output-l1",
        type=arguments.at_least(0),
        metavar="LAMBDA",
        help="lambda of Eq. (3), in training and in fine-tuning, >= 0 (default: 0)",
    )


def _add_rounds(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("rounds")
    for name, whole in (("target", "in the end"), ("per-round", "in each round")):
        group.add_argument(
            f"--{name}",
            type=arguments.fraction,
            metavar="SHARE",
            help=f"share of all weights that is pruned {whole}, in (0, 1) "
            f"(default: {USUAL[name.replace('-', '_')]:g})",
        )
    group.add_argument(
        "--scoring-fraction",
        type=arguments.fraction_or_one,
        metavar="SHARE",
        help="share of the training data to score on, in (0, 1] (default: 1)",
    )
    group.add_argument("--scope", choices=SCOPES, help="what is ranked with what (default: global)")
    group.add_argument(
        "--granularity",
        choices=GRANULARITIES,
        help="prune single weights, or all weights that leave an input (column) or that enter a "
        "unit, by their mean score (default: weight)",
    )
    group.add_argument(
        "--seed",
        type=arguments.whole(0),
        help="of the initial weights and all that is drawn, >= 0 (default: 0)",
    )


def given_or_usual(options: argparse.Namespace) -> dict[str, Any]:
    """The settings of a new run."""
    given = {name: value for name in USUAL if (value := getattr(options, name)) is not None}
    settings = USUAL | given
    if options.network:
        for name in OF_TRAINING:
            if name in given:
                raise ValueError(f"{flag(name)} is for training, and --network names a trained one")
        settings |= dict.fromkeys(OF_TRAINING)
    return settings


def check_shares(asked: Mapping[str, Any], n_weights: int) -> None:
    """A share of the weights that is less than one of them prunes nothing."""
    for name in ("target", "per_round"):
        if asked[name] * n_weights < 1:
            raise ValueError(
                f"{flag(name)} must be at least {1 / n_weights:.3g}, one of {n_weights:,} weights, "
                f"got {asked[name]:g}"
            )


def layer_sizes(given: list[int], inputs: int, classes: int) -> tuple[int, ...]:
    """All sizes of a network, from all of them or from those of the hidden layers.

    >>> layer_sizes([392, 196], 784, 10), layer_sizes([784, 392, 196, 10], 784, 10)
    ((784, 392, 196, 10), (784, 392, 196, 10))
    """
    ends = given[0] == inputs, given[-1] == classes
    if all(ends) and len(given) > 1:
        return sizes_of(given)
    if any(ends):
        raise ValueError(
            f"--layers must name the hidden layers alone, or begin with {inputs} inputs and end "
            f"with {classes} outputs, got {','.join(map(str, given))}"
        )
    return sizes_of([inputs, *given, classes])
