"""Section 3 proposes to prune by mutual information: how accurate is that, in Table 2's setting?

Scoring takes minutes on 60,000 images, so that it is done on a tenth of them. Beside it stand
Eq. (2) and Wanda scored on the same tenth; and magnitude, which needs no data, and the control.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.intervals import Estimate, estimate
from minirelprune.experiments.outputs import Contents, Row, Table
from minirelprune.experiments.paper.cells import EQ_2, Cell, find, rounds_of
from minirelprune.experiments.paper.labels import share
from minirelprune.experiments.paper.names import CRITERIA, data_label
from minirelprune.experiments.trials.repeats import Repeats
from minirelprune.experiments.trials.trial import CONTROL, Trial, of_seed

INFORMATION = "mutual_information"
SHARE = 0.10
RIVALS = (EQ_2, "wanda", "magnitude", CONTROL)


def rivals(data: str) -> list[Cell]:
    """The cells of Table 2 that mutual information is compared with."""
    return [
        cell
        for name in RIVALS
        for cell in find(2, data, criterion=name, scoring_fraction=_share(name))
    ]


def information(cell: Cell) -> Cell:
    """Mutual information in the column of a cell of Table 2, run no deeper than the table asks."""
    trial = replace(cell.trial, criterion=INFORMATION, scoring_fraction=SHARE, target=cell.target)
    return replace(cell, trial=trial, published=None)


def trials_of(data: str, seed: int) -> list[Trial]:
    """The trials of one seed, those it is compared with included."""
    cells = [*map(information, rivals(data)), *rivals(data)]
    return of_seed((cell.trial for cell in cells), seed)


def compute(data: str, results: Repeats) -> Contents:
    """The accuracies by column, and what mutual information gains on each rival, paired by seed."""
    numbers = [_compared([cell], results) for cell in rivals(data)]
    for name in RIVALS:
        row = [cell for cell in rivals(data) if cell.trial.criterion == name]
        numbers.append(_compared(row, results) | {"per_round": None})
    numbers = [row for row in numbers if row["seeds"]]
    if not numbers:
        return Contents()
    return Contents(_tables(numbers, data), {"information_rows": numbers})


def _share(criterion: str) -> float:
    """The share of the data in its trial; 1 for those that use none."""
    return SHARE if criterion in (EQ_2, "wanda") else 1.0


def _compared(cells: Sequence[Cell], results: Repeats) -> Row:
    """Mutual information and a rival, over some columns and the seeds that have all of them."""
    pairs = [(rounds_of(information(cell), results), rounds_of(cell, results)) for cell in cells]
    seeds = sorted(set.intersection(*(set(rounds) for pair in pairs for rounds in pair)))
    trial = cells[0].trial
    row: Row = {
        "data": trial.data,
        "other": trial.criterion,
        "scoring_fraction": trial.scoring_fraction,
        "per_round": trial.per_round,
        "seeds": len(seeds),
    }
    if not seeds:
        return row
    tuned = np.array([[[each[s].accuracy_tuned for s in seeds] for each in pair] for pair in pairs])
    mine, other = tuned.mean(axis=0)  # (seeds,) each, means over the columns
    for name, values in (
        ("mutual_information", mine),
        ("accuracy_other", other),
        ("difference", mine - other),
    ):
        row |= estimate(values).columns(name)
    return row


def _tables(numbers: Sequence[Row], data: str) -> list[Table]:
    """The accuracies, one column for each step, and the differences."""
    columns = list(dict.fromkeys(row["per_round"] for row in numbers))
    header = ["", *("All columns" if c is None else f"{c:.0%} per round" for c in columns)]
    first = {row["per_round"]: row for row in reversed(numbers)}
    mine = [_text(first[c], "mutual_information") for c in columns]
    accuracies, differences = [[f"{CRITERIA[INFORMATION]}, {share(SHARE)}", *mine]], []
    for name in dict.fromkeys(row["other"] for row in numbers):
        rows = {row["per_round"]: row for row in numbers if row["other"] == name}
        label = CRITERIA[name] if _share(name) == 1 else f"{CRITERIA[name]}, {share(SHARE)}"
        accuracies.append([label, *(_text(rows.get(c), "accuracy_other") for c in columns)])
        differences.append([label, *(_text(rows.get(c), "difference", "+.2f") for c in columns)])
    seeds = " to ".join(str(n) for n in sorted({row["seeds"] for row in numbers}))
    caption = (
        "Pruning by mutual information (section 3; R13, the reading mask) in the setting of Table "
        f"2: {data_label(data)}, ReLU, 50% pruned. Test accuracy in percent after fine-tuning, "
        f"mean ± 95% interval over seeds ({seeds}); a single seed has no interval. A percentage "
        "after a criterion is the share of the training data it is scored on."
    )
    paired = "Mutual information minus each of the others, in percentage points, paired by seed."
    return [Table(caption, header, accuracies), Table(paired, header, differences)]


def _text(row: Row | None, name: str, form: str = ".2f") -> str:
    if row is None:
        return ""
    return Estimate.of(row, name).text(form)


EXHIBIT = OfTrials(
    name="information_rows",
    sentence="pruning by mutual information in the setting of Table 2",
    makes=("table", "CSV"),
    trials=trials_of,
    compute=compute,
    partial=True,
)
