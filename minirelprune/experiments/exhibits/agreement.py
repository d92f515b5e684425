"""All published accuracies beside the measured ones: which of them could we reproduce?

A claim compares two numbers, and either may be what fails; here the numbers stand alone. The
published ones are of MNIST: on other data there is nothing to agree with, and the table says so.
"""

from statistics import median

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.intervals import rms
from minirelprune.experiments.outputs import Contents, Row, Table
from minirelprune.experiments.paper.cells import TABLES, Cell, cells, rounds_of, trials_of
from minirelprune.experiments.paper.labels import column_label, row_label
from minirelprune.experiments.paper.names import CRITERIA, data_label
from minirelprune.experiments.trials.repeats import Repeats, tuned

HEADER = ("Criterion", "Cells", "Median", "Smallest", "Largest", "Root mean square")
MNIST_ONLY = "The published accuracies are of MNIST. On **{data}** there is nothing to compare."
SHOWN = ("random", "magnitude", "wanda", "relative_contribution")


def published_cells(data: str) -> list[Cell]:
    """The cells of the five tables that have a published number: none on other data than MNIST."""
    every = [cell for table in TABLES for cell in cells(table, data)]
    return [cell for cell in every if cell.published is not None]


def compute(data: str, results: Repeats) -> Contents:
    """How far the measured means are from the published numbers, criterion by criterion."""
    cells_ = published_cells(data)
    numbers = [
        {
            "table": cell.table,
            "row": row_label(cell),
            "column": column_label(cell),
            "criterion": cell.trial.criterion,
            "published": cell.published,
            "measured": round(tuned(rounds).mean, 4),
        }
        for cell in cells_
        if (rounds := rounds_of(cell, results))
    ]
    if not cells_:
        return Contents([Table(MNIST_ONLY.format(data=data_label(data)), HEADER, [])])
    groups = {name: [row for row in numbers if row["criterion"] == name] for name in SHOWN}
    caption = (
        f"{len(numbers)} of the {len(cells_)} accuracies of Tables 1 to 5: measured, a mean over "
        "seeds, minus published, in percentage points."
    )
    rows = [_row(CRITERIA[name], mine) for name, mine in groups.items() if mine]
    return Contents([Table(caption, HEADER, rows)], {"agreement": numbers})


def _row(name: str, mine: list[Row]) -> list[str]:
    pairs = [(row["measured"], row["published"]) for row in mine]
    gaps = [measured - published for measured, published in pairs]
    spread = [f"{gap:+.2f}" for gap in (median(gaps), min(gaps), max(gaps))]
    return [name, str(len(gaps)), *spread, f"{rms(pairs):.2f}"]


EXHIBIT = OfTrials(
    name="agreement",
    sentence="all 213 published accuracies beside the measured ones",
    makes=("table", "CSV", "picture"),
    trials=lambda data, seed: trials_of(published_cells(data), seed),
    compute=compute,
    partial=True,
)
