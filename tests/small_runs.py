"""Runs of `minirelprune prune` on data so small that a test has time for many."""

from pathlib import Path
from typing import Any

import numpy as np

from minirelprune import Pruned
from minirelprune.cli import main

SMALL = ("--layers", "8,6", "--epochs", "2", "--target", "0.6", "--per-round", "0.2")


def arrays(**changes: Any) -> dict[str, Any]:
    """Images of 3 x 4 pixels of three kinds."""
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, 70)
    x = rng.random((70, 3, 4)) + (y[:, None, None] == np.arange(3)[:, None])
    given = {"x_train": x[:50], "y_train": y[:50], "x_test": x[50:], "y_test": y[50:]}
    return given | changes


def own(folder: Path, **changes: Any) -> str:
    """The path of such data."""
    np.savez(folder / "mine.npz", **arrays(**changes))
    return str(folder / "mine.npz")


def command(folder: Path, *more: str) -> list[str]:
    """A whole command line, which writes p.npz."""
    if not (folder / "mine.npz").exists():
        own(folder)
    return [
        "prune",
        "--data",
        str(folder / "mine.npz"),
        *SMALL,
        "--out",
        str(folder / "p.npz"),
        *more,
    ]


def prune(folder: Path, *more: str) -> Pruned:
    """What `command` leaves in p.npz."""
    assert main(command(folder, *more)) == 0
    return Pruned.load(folder / "p.npz")


def bits(result: Pruned) -> object:
    """All that does not depend on how fast the machine is."""
    shown = [array.tobytes() for array in result.net.parameters + result.masks]
    rounds = [(one.pruned, one.accuracy_pruned, one.accuracy_tuned) for one in result.rounds]
    return shown, rounds, result.complete, result.configuration, result.generators
