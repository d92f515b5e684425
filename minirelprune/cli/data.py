"""`minirelprune data`: where the data sets are, and whether they are genuine."""

import argparse

from minirelprune.data import local, mnist
from minirelprune.data.catalogue import CATALOGUE

HELP = "where the data sets are, and whether they are genuine"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--download", action="store_true", help="fetch what is missing or damaged")
    parser.add_argument("--data", choices=CATALOGUE, help="one data set (default: all)")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    names = [options.data] if options.data else list(CATALOGUE)
    if options.download:
        for name in names:
            mnist.load(name)
    for name in names:
        print(name)
        files = mnist.status(name)
        if not all(file.verified for file in files):
            print(f"  looked for in {local.looked_in(name)}")
        for file in files:
            state = "verified" if file.verified else file.problem or "missing"
            print(f"  {file.file:24} {state:9} {file.location or ''}")
    print("synthetic\n  drawn when asked for, needs no file")
    return 0
