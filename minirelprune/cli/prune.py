"""`minirelprune prune`: train one network, or load it, and prune it round by round."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from minirelprune import __version__
from minirelprune.cli import arguments
from minirelprune.data import NAMES, Dataset, load_dataset
from minirelprune.experiments.trials.trial import EPOCHS, LAYER_SIZES
from minirelprune.network.activations import ACTIVATIONS
from minirelprune.network.mlp import MLP, accuracy
from minirelprune.network.training import Training, train
from minirelprune.pruning.algorithm import prune
from minirelprune.pruning.criteria import CRITERIA
from minirelprune.pruning.masks import SCOPES
from minirelprune.pruning.pruned import Pruned, load_network, zeros
from minirelprune.support.arrays import Mask

HELP = "train one network and prune it, round by round"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    argument = parser.add_argument
    argument(
        "--data", choices=NAMES, default="auto", help="default: MNIST, or else synthetic digits"
    )
    argument(
        "--criterion",
        choices=[*CRITERIA, "none"],
        default="relative_contribution",
        help="default: relative_contribution, which is Eq. (2)",
    )
    argument(
        "--target",
        type=arguments.fraction,
        default=0.75,
        help="share of all weights (default: 0.75)",
    )
    argument(
        "--per-round", type=arguments.fraction, default=0.05, help="share per round (default: 0.05)"
    )
    argument(
        "--scoring-fraction",
        type=arguments.fraction_or_one,
        default=1.0,
        metavar="SHARE",
        help="share of the training data to score on (default: 1)",
    )
    argument("--scope", choices=SCOPES, default="global", help="what is ranked with what")
    argument(
        "--activation",
        choices=[name for name in ACTIVATIONS if name != "identity"],
        help="of the hidden layers (default: relu)",
    )
    argument("--epochs", type=arguments.whole(0), help=f"of training (default: {EPOCHS})")
    argument(
        "--network",
        type=Path,
        metavar="FILE",
        help="prune this saved network instead of training one; a pruned one is pruned further",
    )
    argument("--seed", type=arguments.whole(0), default=0, help="default: 0")
    argument("--out", type=arguments.npz, metavar="FILE.npz", help="save the pruned network here")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    data = load_dataset(options.data)
    rng = np.random.default_rng(options.seed)
    net, masks = _network(options, data, rng)
    print(
        f"{data.name}: {'-'.join(map(str, net.layer_sizes))} {net.activation}, "
        f"{accuracy(net, data.x_test, data.y_test):.2f}% on {len(data.y_test):,} test images"
    )
    if masks is not None:
        print(f"{zeros(masks):,} of {net.n_weights:,} weights are pruned already")
    print(f"{options.criterion} to {options.target:.0%}, {options.per_round:.0%} per round")
    criterion = None if options.criterion == "none" else CRITERIA[options.criterion]()
    result = prune(
        net,
        data.x_train,
        data.y_train,
        criterion=criterion,
        target=options.target,
        per_round=options.per_round,
        scoring_fraction=options.scoring_fraction,
        scope=options.scope,
        rng=rng,
        evaluation=(data.x_test, data.y_test),
        masks=masks,
        on_round=_print_round,
    )
    if options.out:
        configuration: dict[str, object] = {
            key: str(value)
            for key, value in vars(options).items()
            if key not in ("run", "after_stop")
        }
        configuration |= {"data": data.name, "version": __version__}
        replace(result, configuration=configuration).save(options.out)
        print(f"saved to {options.out}")
    if not result.complete:
        print("minirelprune: stopped; the last whole round is kept", file=sys.stderr)
    return 0 if result.complete else 130


def _network(
    options: argparse.Namespace, data: Dataset, rng: np.random.Generator
) -> tuple[MLP, list[Mask] | None]:
    """The network to prune, the saved one or one that is trained now, and its masks if it has."""
    if options.network:
        for option in ("activation", "epochs"):
            if getattr(options, option) is not None:
                raise ValueError(f"--{option} is for training, and --network names a trained one")
        return load_network(options.network)
    net = MLP(LAYER_SIZES, options.activation or "relu", rng=rng)
    epochs = EPOCHS if options.epochs is None else options.epochs
    train(net, data.x_train, data.y_train, Training(epochs, learning_rate=1e-3), rng=rng)
    return net, None


def _print_round(result: Pruned) -> None:
    one = result.rounds[-1]
    if one.number == 0:
        tqdm.write(
            "round  pruned   sparsity  by layer              pruned%  tuned%  score s  tune s"
        )
    layers = " ".join(f"{share:6.1%}" for share in one.layer_sparsity)
    tqdm.write(
        f"{one.number:5}  {one.pruned:7,}  {one.sparsity:7.1%}  {layers}  "
        f"{one.accuracy_pruned:6.2f}  {one.accuracy_tuned:6.2f}  "
        f"{one.seconds_scoring:7.1f}  {one.seconds_tuning:6.1f}"
    )
