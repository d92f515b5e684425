"""Do the published baselines fall because whole columns were pruned, and not single weights?

The paper speaks of pruning "neurons" and of "the i-th column". A column is all weights that leave
an input; columns are ranked within their layer, by the mean score of their weights. Random pruning
is drawn anew among everything in each round (R11), as single weights, columns, or whole units.
Nobody outside can know what was done for the paper: this shows what would look like its numbers.
They are of MNIST: on other data there is nothing to compare with, and so no picture and no CSV.
"""

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.exhibits.paper_table import data_in_words
from minirelprune.experiments.exhibits.random_rows import variants
from minirelprune.experiments.intervals import Estimate, rms
from minirelprune.experiments.outputs import Contents, Row, Table
from minirelprune.experiments.paper.cells import EQ_2, TABLES, Cell, find, rounds_of
from minirelprune.experiments.paper.names import CRITERIA
from minirelprune.experiments.paper.published import DATA
from minirelprune.experiments.trials.repeats import Repeats, tuned
from minirelprune.experiments.trials.trial import Trial, of_seed
from minirelprune.pruning.masks import GRANULARITIES

BY_WAY = [f"By {way}s" for way in GRANULARITIES]
WAYS = {  # by criterion, how its weights may go
    "magnitude": ("weight", "column"),
    "random": GRANULARITIES,
    "wanda": ("weight", "column"),
    EQ_2: ("weight", "column"),
}


def published_cells(data: str) -> list[Cell]:
    """The paper's cells, criterion by criterion."""
    return [c for name in WAYS for table in TABLES for c in find(table, data, criterion=name)]


def ways(cell: Cell) -> dict[str, Cell]:
    """The cell with its weights pruned singly, and in whole groups."""
    is_random = cell.trial.criterion == "random"
    trial = variants(cell)["all"].trial if is_random else cell.trial
    grouped = {
        way: replace(trial, granularity=way, scope="global" if way == "weight" else "layer")
        for way in WAYS[cell.trial.criterion]
    }
    return {way: replace(cell, trial=one) for way, one in grouped.items()}


def trials_of(data: str, seed: int) -> list[Trial]:
    """What the table needs of one seed."""
    trials = (one.trial for cell in published_cells(data) for one in ways(cell).values())
    return of_seed(trials, seed)


def compute(data: str, results: Repeats) -> Contents:
    """Each published number beside what its weights give one by one, and in whole groups."""
    numbers, shown = [], []
    for cell in published_cells(data):
        found = {way: rounds_of(one, results) for way, one in ways(cell).items()}
        seeds = set.intersection(*map(set, found.values()))
        if seeds:
            measured = {way: tuned({k: each[k] for k in seeds}) for way, each in found.items()}
            numbers.append(_numbers(cell, measured))
            shown.append(_shown(cell, measured))
    header = ["Criterion", "Activation", "Share", "Target", "Per round"]
    header += [*["Published"] * (data == DATA), *BY_WAY]
    caption = (
        "Whole columns (all weights that leave an input) or units (all that enter a unit) pruned "
        "in place of single weights, ranked within a layer by their mean score; random: drawn anew "
        f"among everything in each round. {data_in_words(data)}: accuracy in percent, mean over "
        "seeds ± 95% interval over seeds."
    )
    tables = [*_summary(data, numbers), Table(caption, header, shown)]
    return Contents(tables, {"structured": numbers} if numbers and data == DATA else {})


def _summary(data: str, numbers: Sequence[Row]) -> list[Table]:
    """How far each way is from the published numbers, criterion by criterion."""
    if data != DATA or not numbers:
        return []
    total = Counter(cell.trial.criterion for cell in published_cells(data))
    rows = []
    for name, its_ways in WAYS.items():
        if mine := [row for row in numbers if row["criterion"] == name]:
            cells, seeds = f"{len(mine)} of {total[name]}", min(row["seeds"] for row in mine)
            each = [_distances(mine, way) if way in its_ways else "" for way in GRANULARITIES]
            rows.append([CRITERIA[name], cells, str(seeds), *each])
    caption = (
        "Distance of the means over seeds to the published numbers, in percentage points, over the "
        "cells that have been run: root mean square, and in brackets the median"
    )
    header = ["Criterion", "Cells", "Seeds, at least", *BY_WAY]
    return [Table(caption, header, rows)]


def _distances(rows: Sequence[Row], way: str) -> str:
    pairs = [(row[way], row["published"]) for row in rows]
    return f"{rms(pairs):.2f} ({statistics.median(abs(a - b) for a, b in pairs):.2f})"


def _shown(cell: Cell, measured: Mapping[str, Estimate]) -> list[str]:
    trial = cell.trial
    share = "" if trial.criterion in ("magnitude", "random") else f"{trial.scoring_fraction:g}"
    place = [CRITERIA[trial.criterion], trial.activation + ", L1" * (trial.output_l1 > 0), share]
    place += [f"{cell.target:.0%}", f"{trial.per_round:.0%}"]
    published = [] if cell.published is None else [f"{cell.published:.2f}"]
    texts = [measured[way].text() if way in measured else "" for way in GRANULARITIES]
    return [*place, *published, *texts]


def _numbers(cell: Cell, measured: Mapping[str, Estimate]) -> Row:
    trial = cell.trial
    row: Row = {
        "data": trial.data,
        "criterion": trial.criterion,
        "activation": trial.activation,
        "output_l1": trial.output_l1,
        "scoring_fraction": trial.scoring_fraction,
        "target": cell.target,
        "per_round": trial.per_round,
        "published": cell.published,
        "seeds": measured["weight"].n,
    }
    for way in GRANULARITIES:
        one = measured.get(way)
        row |= {
            way: None if one is None else round(one.mean, 4),
            f"{way}_half_width_95": None if one is None else round(one.half_width, 4),
        }
    return row


EXHIBIT = OfTrials(
    name="structured",
    sentence="whole columns and units pruned in place of weights, beside the published numbers",
    makes=("table", "CSV", "picture"),
    trials=trials_of,
    compute=compute,
    partial=True,
)
