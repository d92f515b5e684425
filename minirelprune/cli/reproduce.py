"""`minirelprune reproduce`: run what a table or figure needs, print it, write it."""

import argparse
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from minirelprune.cli import arguments
from minirelprune.data import NAMES, load_dataset
from minirelprune.experiments.registry import ALL, EXHIBITS, trials_for
from minirelprune.experiments.reproduce import check_request, dry_run, has_trials, reproduce
from minirelprune.experiments.trials.workers import Workers
from minirelprune.support.files import check_writable
from minirelprune.support.threads import cores

HELP = "a table of the paper, beside the published numbers, or a figure, or all of them"
OF_TRIALS = ("fresh", "workers", "dask")  # options that mean nothing where there are no trials


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    argument = parser.add_argument
    argument(
        "exhibit",
        choices=[*EXHIBITS, ALL],
        metavar="NAME",
        help="what to make: one of those below, or all",
    )
    argument(
        "--seeds",
        type=arguments.whole(1),
        default=1,
        metavar="N",
        help="repetitions, >= 1 (default: 1; exhibits of one network have no more)",
    )
    argument("--data", choices=NAMES, help="default: MNIST, or else synthetic digits")
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
        help="trials at a time, >= 1, each on one core (default: as many as there are cores)",
    )
    where.add_argument("--dask", metavar="ADDRESS", help="run the trials on this dask cluster")
    width = max(map(len, EXHIBITS)) + 2
    shown = "\n".join(f"  {name:{width}}{one.sentence}" for name, one in EXHIBITS.items())
    parser.epilog = f"what can be made:\n{shown}\n\n{parser.epilog}"
    parser.set_defaults(
        after_stop="; finished trials are kept, and the same command goes on after them"
    )


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    name, seeds = options.exhibit, range(options.seeds)
    if not has_trials(name):
        for option in OF_TRIALS:
            if getattr(options, option):
                raise ValueError(f"--{option} is for trials, and {name} needs none")
    needs_data = name == ALL or EXHIBITS[name].needs != "nothing"
    asked = options.data or ("auto" if needs_data else None)
    check_request(name, asked, seeds)  # before any data is fetched
    if not options.dry_run:
        _check_out(options.out)  # and before anything is run
    data = load_dataset(asked).name if asked else None  # "auto" is MNIST where it can be had
    workers = options.workers or cores()
    if options.dry_run:
        print("\n".join(dry_run(name, data, seeds, options.out, workers)))
        return 0
    for other in {trial.data for trial in trials_for(name, data, [0])} if data else ():
        load_dataset(other)  # to have it where trials look for it
    with _executor(name, options.dask, workers) as executor:
        reproduce(
            name,
            data,
            seeds=seeds,
            out=options.out,
            executor=executor,
            fresh=options.fresh,
            say=tqdm.write,
        )
    return 0


def _check_out(out: Path) -> None:
    """Raise ValueError, which names the folder, unless files can be written there."""
    trials = out / "trials.jsonl"
    try:
        check_writable(out / "any")
        if trials.exists():
            trials.open("ab").close()
    except OSError as error:
        reason = "it is a file" if out.is_file() else error.strerror
        if error.filename == str(trials):
            reason = f"its {trials.name}: {reason}"
        raise ValueError(
            f"--out must be a folder that can be written to, got '{out}' ({reason})"
        ) from error


@contextmanager
def _executor(name: str, dask: str | None, workers: int) -> Iterator[Executor | None]:
    if dask:
        try:
            from distributed import Client
        except ImportError as error:
            raise ValueError('--dask needs `pip install "minirelprune[cluster]"`') from error
        with Client(dask) as client:
            yield client.get_executor()
    elif workers > 1 and has_trials(name):
        with Workers(workers) as processes:
            yield processes
    else:
        yield None
