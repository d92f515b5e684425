"""A column of a table, run here and now, beside the committed numbers."""

from collections.abc import Sequence
from typing import NamedTuple

from minirelprune.experiments.outputs import Table
from minirelprune.experiments.paper.cells import Cell
from minirelprune.experiments.paper.labels import column_label, row_label
from minirelprune.experiments.trials.store import Result
from minirelprune.lab.session import QUICK, live
from minirelprune.lab.stored import accuracies
from minirelprune.lab.tables import show

SAME = 1e-4  # of accuracies in percent; one test image is 0.01


class Rerun(NamedTuple):
    """A cell that was run again: its trial, the accuracy now, and the committed one or None."""

    cell: Cell
    result: Result
    now: float
    stored: float | None

    @property
    def same(self) -> bool:
        """Whether the two accuracies are the same to the last digit."""
        return self.stored is not None and abs(self.now - self.stored) < SAME


def rerun(column: Sequence[Cell], fast: bool, **changes: object) -> list[Rerun]:
    """Run the trials of some cells of seed 0, and show their accuracies beside the committed ones.

    Parameters
    ----------
    column : such as `find` gives.
    fast : run on few examples, which cannot be compared with the committed numbers.
    changes : to every trial, such as target=0.1 to stop at round 2 of a longer trial.

    Returns
    -------
    One for each cell.
    """
    results = live([cell.trial for cell in column], **changes, **(QUICK if fast else {}))
    stored = [None if fast else accuracies(cell).get(0) for cell in column]
    found = [
        Rerun(cell, result, result.rounds[cell.round].accuracy_tuned, before)
        for cell, result, before in zip(column, results, stored, strict=True)
    ]
    lines = [
        [row_label(c), column_label(c), f"{now:.2f}", "" if old is None else f"{old:.2f}"]
        for c, _, now, old in found
    ]
    show(Table("Seed 0, in percent.", ["Row", "Column", "Now", "Committed"], lines))
    compared = [one for one in found if one.stored is not None]
    if compared:
        print(f"{sum(one.same for one in compared)} of {len(compared)} are the same.")
    else:
        print("Shown, not compared: the committed numbers are of all of MNIST.")
    return found
