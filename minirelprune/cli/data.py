"""`minirelprune data`: where the data sets are, and whether they are genuine."""

import argparse

from minirelprune.data import local, mnist
from minirelprune.data.catalogue import CATALOGUE
from minirelprune.data.local import FileStatus

HELP = "where the data sets are, and whether they are genuine"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--download", action="store_true", help="fetch what is missing or damaged")
    parser.add_argument("--data", choices=CATALOGUE, help="one data set (default: all)")


def run(options: argparse.Namespace) -> int:
    """Run the command: 0 if every data set that is asked for can be used, and 1 otherwise."""
    names = [options.data] if options.data else list(CATALOGUE)
    if options.download:
        for name in names:
            mnist.load(name)
    usable = [_usable(name) for name in names]
    print("synthetic\n  drawn when asked for, needs no file")
    return 0 if all(usable) else 1


def _usable(name: str) -> bool:
    """Print what is known of a data set, and what to do if it cannot be used."""
    print(name)
    files = mnist.status(name)
    usable = all(file.verified for file in files)
    if not usable:
        print(f"  looked for in {local.looked_in(name)}")
    for file in files:
        state = "verified" if file.verified else file.problem or "missing"
        print(f"  {file.file:24} {state:9} {file.location or ''}".rstrip())
    if not usable:
        print("\n".join(f"  {line}" for line in _advice(name, files)))
    return usable


def _advice(name: str, files: list[FileStatus]) -> list[str]:
    """What to type, or where to put the files."""
    own, fetch = local.own_folder(), f"minirelprune data --download --data {name}"
    if not own:
        return [
            f"to get it, type: {fetch}",
            f"or set {local.FOLDER_VARIABLE} to a folder that holds {name}/ with these files",
        ]
    damaged = [file.location for file in files if file.location and not file.verified]
    put = f"replace {damaged[0]}" if damaged else f"put these files into {own / name}"
    return [f"to use it, {put}", f"or type: unset {local.FOLDER_VARIABLE}; {fetch}"]
