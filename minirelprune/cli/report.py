"""`minirelprune report`: every table and picture again, from the finished trials alone."""

import argparse
from pathlib import Path

from minirelprune.experiments.report import report
from minirelprune.experiments.trials.store import Store

HELP = "write every table and picture again, from finished trials"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("out"),
        help="the folder with trials.jsonl, to write to; results on data other than MNIST go to a "
        "folder of its name in it (default: out)",
    )


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    names, lacking = report(Store(options.out / "trials.jsonl"), options.out)
    print(f"written to {options.out}: {', '.join(names)}")
    for line in lacking:
        print(line)
    return 0
