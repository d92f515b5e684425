"""Is Eq. (2) above Wanda in any reading of the paper? And what does a reading change?

A part of `readings`.
"""

from collections.abc import Mapping, Sequence

from minirelprune.experiments.intervals import estimate
from minirelprune.experiments.outputs import Row, Table
from minirelprune.experiments.paper.cells import EQ_2, Cell
from minirelprune.support.arrays import Array


def readings_lead(
    cells: Sequence[Cell], tuned: Mapping[str, Array], over: str
) -> tuple[list[Table], list[Row]]:
    """Eq. (2) minus Wanda in each reading, and Eq. (2) minus what it has by default.

    Parameters
    ----------
    cells : those that every reading is run on.
    tuned : of each reading, the default first, the accuracies, (cells, seeds), in percent.
    over : which data and seeds, for the captions.
    """
    if not tuned:
        return [], []
    places = [(cell.target, cell.trial.per_round) for cell in cells if _is(cell, EQ_2)]
    own, wanda = (
        {name: each[[_is(cell, criterion) for cell in cells]] for name, each in tuned.items()}
        for criterion in (EQ_2, "wanda")
    )
    default = next(iter(own.values()))
    rows: list[Row] = []
    for name, accuracy in own.items():
        for k, (target, step) in enumerate(places):
            lead = estimate(accuracy[k] - wanda[name][k])
            change = estimate(accuracy[k] - default[k])
            row: Row = {"reading": name, "target": target, "per_round": step}
            row |= lead.columns("lead") | change.columns("change") | {"seeds": lead.n}
            rows.append(row | {"texts": (lead.text("+.2f"), change.text("+.2f"))})
    header = ["Reading", *(f"{target:.0%} by {step:.0%}" for target, step in places)]
    paired = f"in percentage points: paired by seed, with 95% intervals over seeds. {over}"
    captions = (
        f"Eq. (2) minus Wanda, {paired}",
        f"Eq. (2) in this reading minus Eq. (2) by default, {paired}",
    )
    tables = [
        Table(caption, header, _lines(rows, list(own)[first:], which))
        for caption, first, which in zip(captions, (0, 1), (0, 1), strict=True)
    ]
    for row in rows:
        del row["texts"]
    return tables, rows


def _is(cell: Cell, criterion: str) -> bool:
    return cell.trial.criterion == criterion


def _lines(rows: Sequence[Row], readings: Sequence[str], which: int) -> list[list[str]]:
    return [[r, *(row["texts"][which] for row in rows if row["reading"] == r)] for r in readings]
