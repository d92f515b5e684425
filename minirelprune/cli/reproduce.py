"""`minirelprune reproduce`: run what a table or figure needs, print it, write it."""

import argparse
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from minirelprune.cli import arguments
from minirelprune.data import NAMES, load_dataset
from minirelprune.experiments import reproduce
from minirelprune.experiments.workers import Workers
from minirelprune.support.threads import cores

HELP = "a table of the paper, beside the paper's numbers, or a figure, or all of them"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    argument = parser.add_argument
    argument("experiment", choices=reproduce.NAMES, help="what to reproduce")
    argument(
        "--seeds",
        type=arguments.whole(1),
        default=1,
        metavar="N",
        help="repetitions (default: 1; fig1 to fig3 have no more)",
    )
    argument(
        "--data", choices=NAMES, default="auto", help="default: MNIST, or else synthetic digits"
    )
    argument("--out", type=Path, default=Path("out"), help="folder to write to (default: out)")
    argument("--fresh", action="store_true", help="run finished trials again too")
    argument(
        "--dry-run", action="store_true", help="say what would run, and how long it should take"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--workers",
        type=arguments.whole(1),
        metavar="N",
        help="trials at a time, each on one core (default: as many as there are cores)",
    )
    where.add_argument("--dask", metavar="ADDRESS", help="run the trials on this dask cluster")
    parser.set_defaults(
        after_stop="; finished trials are kept, and the same command goes on after them"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    seeds = range(options.seeds)
    on_data = reproduce.needs_data(options.experiment)
    dataset = load_dataset(options.data) if on_data else None
    workers = options.workers or cores()
    if options.dry_run:
        if dataset is None or not reproduce.has_trials(options.experiment):
            print(f"{options.experiment} has no trials: it is computed anew each time")
            return 0
        for line in reproduce.plan(options.experiment, dataset.name, seeds, options.out, workers):
            print(line)
        return 0
    with _executor(options, workers) as executor:
        reproduce.reproduce(
            options.experiment,
            dataset,
            seeds=seeds,
            out=options.out,
            executor=executor,
            fresh=options.fresh,
            say=tqdm.write,
        )
    return 0


@contextmanager
def _executor(options: argparse.Namespace, workers: int) -> Iterator[Executor | None]:
    if options.dask:
        try:
            from distributed import Client
        except ImportError as error:
            raise ValueError('--dask needs `pip install "minirelprune[cluster]"`') from error
        with Client(options.dask) as client:
            yield client.get_executor()
    elif workers > 1 and reproduce.has_trials(options.experiment):
        with Workers(workers) as processes:
            yield processes
    else:
        yield None
