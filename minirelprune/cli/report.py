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
        help="the folder with trials.jsonl, to write to (default: out)",
    )
    parser.add_argument("--data", default="mnist", help="of which data set (default: mnist)")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    names, lacking = report(Store(options.out / "trials.jsonl"), options.out, data=options.data)
    print(f"written to {options.out}: {', '.join(names)}")
    for line in lacking:
        print(line)
    return 0
