"""`minirelprune prune`: train one network, or load it, and prune it round by round."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from minirelprune.cli import arguments, criteria, datasets, networks, resuming, rounds, settings
from minirelprune.data.own import OwnData
from minirelprune.network.evaluation import accuracy
from minirelprune.network.mlp import MLP
from minirelprune.network.training import Training, train
from minirelprune.pruning.algorithm import FINE_TUNING, prune
from minirelprune.pruning.pruned import Pruned
from minirelprune.pruning.rounds import zeros
from minirelprune.pruning.scoring import Criterion
from minirelprune.support import files
from minirelprune.support.arrays import Mask

HELP = "train one network and prune it, round by round"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    settings.add(parser)
    group = parser.add_argument_group("file")
    group.add_argument(
        "--out",
        type=arguments.npz,
        metavar="FILE.npz",
        help="save the network here after each round, with all that is needed to go on",
    )
    there = group.add_mutually_exclusive_group()
    there.add_argument(
        "--resume",
        action="store_true",
        help="go on after the last round in --out, to the same bits as a run that was never "
        "stopped; what is not given is as in the file, and what is given must agree with it",
    )
    there.add_argument("--force", action="store_true", help="overwrite --out if it is there")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    stopped = _stopped(options)
    asked = resuming.settings_of(stopped, options) if stopped else settings.given_or_usual(options)
    criterion, values = criteria.make(asked)
    asked |= values
    if stopped:
        own = resuming.data_of(stopped, asked, options.out)
        start: dict[str, Any] = {"net": stopped, "rng": None}
    else:
        own, start = _new_run(asked)
    configuration = resuming.configuration(asked, own)
    if stopped:
        _print_rounds_so_far(stopped, options.out)
    else:
        _print_start(start["net"], own, asked, start["masks"])

    kept = len(stopped.rounds) if stopped else 0

    def keep(so_far: Pruned) -> None:
        nonlocal kept
        if options.out and kept < len(so_far.rounds):
            replace(so_far, configuration=configuration).save(options.out)
            kept = len(so_far.rounds)

    def on_round(so_far: Pruned) -> None:
        keep(so_far)
        _print_round(so_far)

    result = _prune(start, own, asked, criterion, on_round)
    keep(result)  # for Ctrl-C may have come while a round was being saved
    return _end(result, options.out)


def _stopped(options: argparse.Namespace) -> Pruned | None:
    """The run in --out that is to go on; None if a new one begins. --out is checked in any case."""
    if not options.out:
        for name in ("resume", "force"):
            if getattr(options, name):
                raise ValueError(f"--{name} is about a file, and needs --out FILE.npz")
        return None
    stopped = Pruned.load(options.out) if options.resume else None
    files.check_writable(options.out)
    if options.out.exists() and not options.resume and not options.force:
        raise ValueError(
            f"--out {options.out} is there already: --force overwrites it, --resume goes on from it"
        )
    return stopped


def _new_run(asked: dict[str, Any]) -> tuple[OwnData, dict[str, Any]]:
    """The data, and the network, masks and generator that `prune` starts from."""
    rng = np.random.default_rng(asked["seed"])
    if asked["network"]:
        net, pruned = networks.load(asked["network"])
        own = networks.data_for(asked["network"], net, pruned, asked)
        settings.check_shares(asked, net.n_weights)
        return own, {"net": net, "rng": rng, "masks": pruned.masks if pruned else None}
    own = datasets.load(asked["data"], asked["label"], asked["test_share"])
    (examples, inputs), classes = own.data.x_train.shape, own.n_classes
    if classes > examples:
        raise ValueError(f"{own.data.name} has {classes:,} classes and only {examples:,} examples")
    sizes = settings.layer_sizes(asked["layers"], inputs, classes)
    net = MLP(sizes, asked["activation"], rng=rng)
    settings.check_shares(asked, net.n_weights)
    training = Training(asked["epochs"], asked["learning_rate"], output_l1=asked["output_l1"])
    train(net, own.data.x_train, own.data.y_train, training, rng=rng)
    return own, {"net": net, "rng": rng, "masks": None}


def _prune(
    start: dict[str, Any],
    own: OwnData,
    asked: dict[str, Any],
    criterion: Criterion | None,
    on_round: Callable[[Pruned], None],
) -> Pruned:
    """`prune` as the settings ask for it."""
    return prune(
        **start,
        x=own.data.x_train,
        y=own.data.y_train,
        criterion=criterion,
        target=asked["target"],
        per_round=asked["per_round"],
        scoring_fraction=asked["scoring_fraction"],
        scope=asked["scope"],
        granularity=asked["granularity"],
        tuning=replace(FINE_TUNING, output_l1=asked["output_l1"]),
        evaluation=(own.data.x_test, own.data.y_test),
        on_round=on_round,
    )


def _print_start(
    net: MLP, own: OwnData, asked: dict[str, Any], masks: Sequence[Mask] | None
) -> None:
    data, what = own.data, "images" if own.image else "examples"
    print(
        f"{data.name}: {net.title}, "
        f"{accuracy(net, data.x_test, data.y_test):.2f}% on {len(data.y_test):,} test {what}"
    )
    if masks is not None:
        print(f"{zeros(masks):,} of {net.n_weights:,} weights are pruned already")
    shares = [f"{100 * asked[name]:.6g}%" for name in ("target", "per_round")]
    print(f"{asked['criterion']} to {shares[0]}, {shares[1]} per round")


def _print_rounds_so_far(stopped: Pruned, path: Path) -> None:
    done = "all rounds" if stopped.complete else f"rounds 0 to {stopped.rounds[-1].number}"
    print(f"{path}: {done} are done already")
    for number in range(len(stopped.rounds)):
        _print_round(replace(stopped, rounds=stopped.rounds[: number + 1]))


def _print_round(so_far: Pruned) -> None:
    one = so_far.rounds[-1]
    if one.number == 0:
        tqdm.write(rounds.header(len(one.layer_sparsity)))
    tqdm.write(rounds.line(one))


def _end(result: Pruned, out: Path | None) -> int:
    """Say where the result is; the exit code says whether it is whole."""
    if result.complete:
        if out:
            print(f"saved to {out}")
        return 0
    kept = f"; the last whole round is kept in {out}, and --resume goes on from there"
    print(f"minirelprune: stopped{kept if out else ''}", file=sys.stderr)
    return 130
