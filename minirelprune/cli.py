"""The command line: `minirelprune data`, `minirelprune prune`, `minirelprune reproduce`."""

import argparse
import sys
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import numpy as np
from tqdm import tqdm

from minirelprune import __version__, arguments
from minirelprune.activations import ACTIVATIONS
from minirelprune.criteria import CRITERIA
from minirelprune.data import NAMES, DatasetUnavailable, load_dataset, mnist
from minirelprune.experiments import reproduce
from minirelprune.experiments.trials import EPOCHS, LAYER_SIZES
from minirelprune.masks import SCOPES
from minirelprune.mlp import MLP, accuracy
from minirelprune.pruned import Round
from minirelprune.pruning import prune
from minirelprune.training import TrainingDiverged, train

EPILOG = """\
exit codes:
  0  done
  1  could not be done: the last line of stderr says why
  2  a wrong command line
  130  stopped with Ctrl-C; what was finished is kept
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code says how it went."""
    options = _parser().parse_args(arguments)
    with warnings.catch_warnings():
        warnings.simplefilter("always", UserWarning)
        warnings.showwarning = _show_warning
        try:
            return int(options.run(options))
        except (DatasetUnavailable, TrainingDiverged, ValueError, OSError) as error:
            print(f"minirelprune: {error}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print(f"minirelprune: stopped{options.after_stop}", file=sys.stderr)
            return 130


def _parser() -> argparse.ArgumentParser:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "minirelprune",
        description="Small Contributions, Small Networks (arXiv 2410.16151), in NumPy.",
        epilog=EPILOG,
        formatter_class=formatter,
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, add, run, text in (
        (
            "reproduce",
            _add_reproduce,
            _reproduce,
            "a table of the paper, beside the paper's numbers, or a figure",
        ),
        ("prune", _add_prune, _prune, "train one network and prune it, round by round"),
        ("data", _add_data, _data, "where the data sets are, and whether they are genuine"),
    ):
        command = commands.add_parser(
            name,
            help=text,
            description=text.capitalize() + ".",
            epilog=EPILOG,
            formatter_class=formatter,
        )
        command.set_defaults(run=run, after_stop="")
        add(command)
    return parser


def _add_reproduce(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("experiment", choices=reproduce.NAMES, help="what to reproduce")
    add(
        "--seeds",
        type=arguments.whole(1),
        default=1,
        metavar="N",
        help="repetitions (default: 1; fig1 to fig3 have no more)",
    )
    add("--data", choices=NAMES, default="auto", help="default: MNIST, or else synthetic digits")
    add("--out", type=Path, default=Path("figures"), help="folder to write to (default: figures)")
    add("--fresh", action="store_true", help="run finished trials again too")
    parser.set_defaults(
        after_stop="; finished trials are kept, and the same command goes on after them"
    )


def _reproduce(options: argparse.Namespace) -> int:
    on_data = reproduce.needs_data(options.experiment)
    reproduce.reproduce(
        options.experiment,
        load_dataset(options.data) if on_data else None,
        seeds=range(options.seeds),
        out=options.out,
        fresh=options.fresh,
        say=tqdm.write,
    )
    return 0


def _add_prune(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--data", choices=NAMES, default="auto", help="default: MNIST, or else synthetic digits")
    add("--criterion", choices=[*CRITERIA, "none"], default="ours", help="default: ours, Eq. (2)")
    add(
        "--target",
        type=arguments.fraction,
        default=0.75,
        help="share of all weights (default: 0.75)",
    )
    add("--per-round", type=arguments.fraction, default=0.05, help="share a round (default: 0.05)")
    add(
        "--scoring-fraction",
        type=arguments.fraction_or_one,
        default=1.0,
        metavar="SHARE",
        help="share of the training data to score on (default: 1)",
    )
    add("--scope", choices=SCOPES, default="global", help="what is ranked with what")
    add(
        "--activation",
        choices=[name for name in ACTIVATIONS if name != "identity"],
        default="relu",
        help="of the hidden layers (default: relu)",
    )
    add(
        "--epochs", type=arguments.whole(0), default=EPOCHS, help=f"of training (default: {EPOCHS})"
    )
    add("--network", type=Path, metavar="FILE", help="prune this saved network instead of training")
    add("--seed", type=arguments.whole(0), default=0, help="default: 0")
    add("--out", type=arguments.npz, metavar="FILE.npz", help="save the pruned network here")


def _prune(options: argparse.Namespace) -> int:
    data = load_dataset(options.data)
    rng = np.random.default_rng(options.seed)
    if options.network:
        net = MLP.load(options.network)
    else:
        net = MLP(LAYER_SIZES, options.activation, rng=rng)
        train(net, data.x_train, data.y_train, epochs=options.epochs, learning_rate=1e-3, rng=rng)
    print(
        f"{data.name}: {'-'.join(map(str, net.layer_sizes))} {net.activation}, "
        f"{accuracy(net, data.x_test, data.y_test):.2f}% on {len(data.y_test):,} test images"
    )
    print(f"{options.criterion} to {options.target:.0%}, {options.per_round:.0%} a round")
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


def _print_round(one: Round) -> None:
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


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--download", action="store_true", help="fetch what is missing or damaged")
    parser.add_argument("--data", choices=mnist.CATALOGUE, help="one data set (default: all)")


def _data(options: argparse.Namespace) -> int:
    names = [options.data] if options.data else list(mnist.CATALOGUE)
    if options.download:
        for name in names:
            mnist.load(name)
    for name in names:
        print(name)
        for file in mnist.status(name):
            state = "verified" if file.verified else file.problem or "missing"
            print(f"  {file.file:24} {state:9} {file.location or ''}")
    print("synthetic\n  drawn when asked for, needs no file")
    return 0


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    tqdm.write(f"minirelprune: {message}", file=sys.stderr)
