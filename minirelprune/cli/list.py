"""`minirelprune list`: everything that can be reproduced, one line each."""

import argparse

from minirelprune.experiments.registry import listing

HELP = "everything that can be reproduced: what it needs, how long it takes, and what it shows"


def add(parser: argparse.ArgumentParser) -> None:
    """The command has no arguments."""


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    print(listing())
    print("\ntime: from nothing, on one core: one seed of MNIST where data or trials are needed")
    return 0
