"""All accuracies of the paper beside ours: which of them can be had again, criterion by criterion.

A claim compares two numbers, and either may be what fails; here the numbers stand alone.
"""

from collections.abc import Iterator
from statistics import median

from minirelprune.experiments import cells
from minirelprune.experiments.cells import Cell
from minirelprune.experiments.estimates import rms
from minirelprune.experiments.table import Table
from minirelprune.experiments.tables import Repeats, rounds_of, tuned
from minirelprune.experiments.tidy import Row
from minirelprune.experiments.trials import Trial

CRITERIA = ("random", "magnitude", "wanda", "ours")


def trials_of(data: str, seed: int) -> list[Trial]:
    """The trials of one seed: those of all five tables."""
    return list(
        dict.fromkeys(t for number in range(1, 6) for t in cells.trials_of(number, data, seed))
    )


def agreement_table(data: str, results: Repeats) -> list[Table]:
    """How far our means are from the paper's numbers."""
    published = list(_published(data))
    tidy = [
        {
            "table": cell.table,
            "row": cell.row,
            "column": cell.column,
            "criterion": cell.trial.criterion,
            "paper": cell.paper,
            "accuracy": round(tuned(rounds_of(cell, results)).mean, 4),
        }
        for cell in published
        if rounds_of(cell, results)
    ]
    rows = [_row(name, [row for row in tidy if row["criterion"] == name]) for name in CRITERIA]
    caption = (
        f"{len(tidy)} of the {len(published)} accuracies of Tables 1 to 5: ours, a mean over "
        "seeds, less the paper's, in percentage points."
    )
    header = ["Criterion", "Cells", "Median", "Least", "Most", "Root mean square"]
    return [Table(caption, header, [row for row in rows if row], tidy)]


def _published(data: str) -> Iterator[Cell]:
    for number in range(1, 6):
        yield from (cell for cell in cells.cells(number, data) if cell.paper is not None)


def _row(name: str, mine: list[Row]) -> list[str]:
    pairs = [(row["accuracy"], row["paper"]) for row in mine]
    if not pairs:
        return []
    gaps = [ours - paper for ours, paper in pairs]
    spread = [f"{gap:+.2f}" for gap in (median(gaps), min(gaps), max(gaps))]
    return [name, str(len(gaps)), *spread, f"{rms(pairs):.2f}"]
