"""Verdicts on the paper's claims: paired comparisons over seeds.

A claim is that one thing is more accurate than another, in one or in many cells. Each cell is
compared seed by seed: both start from the same network and see the same minibatches. Then

- the claim replicates if the 95% interval of the difference is above 0 in every cell it speaks of;
- it does not if the interval of some cell is below 0, at a level divided by the number of cells
  (Bonferroni), because with many cells, one will differ by chance alone;
- otherwise, it is undecided. One seed decides nothing.
"""

from collections.abc import Sequence

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.intervals import estimate
from minirelprune.experiments.outputs import Contents, Row, Table
from minirelprune.experiments.paper.cells import rounds_of, trials_of
from minirelprune.experiments.paper.claimed import Claim, Pair, claims
from minirelprune.experiments.trials.repeats import Repeats

CAPTION = (
    "What the paper's tables are said to show, and whether it holds here. Differences are in "
    "percentage points of test accuracy, paired by seed: the mean over the cells ± its 95% "
    "interval over seeds. Cells: above 0, open, below 0, each by its own 95% interval. A claim "
    "replicates if all its cells are above; it does not if one is below at a level divided by "
    "their number, because with many cells, one will differ by chance alone; otherwise it is "
    "undecided."
)
HEADER = ["Claim", "Published", "Measured", "Cells: above / open / below", "Verdict"]


def compute(data: str, results: Repeats) -> Contents:
    """Each claim, the published difference, the measured one, and the verdict."""
    numbers = [_judge(claim, results) for claim in claims(data)]
    return Contents([Table(CAPTION, HEADER, list(map(_shown, numbers)))], {"claims": numbers})


def verdict(cells: Sequence[Sequence[float]]) -> str:
    """The verdict on a claim from each cell's differences, one for each seed, in favour if > 0.

    >>> verdict([[0.3, 0.2, 0.3], [0.1, 0.2, 0.2]]), verdict([[0.3, 0.2, 0.3], [0.3, -0.2, 0.1]])
    ('replicates', 'undecided')
    """
    seeds = min(map(len, cells))
    if seeds == 0:
        return "not run"
    if seeds == 1:
        return "no verdict from one seed"
    if all(estimate(cell).low > 0 for cell in cells):
        return "replicates"
    if any(estimate(cell, 1 - 0.05 / len(cells)).high < 0 for cell in cells):
        return "does not replicate"
    return "undecided"


def _judge(claim: Claim, results: Repeats) -> Row:
    """The numbers of one claim, over the seeds that all its cells have."""
    differences = [_differences(pair, results) for pair in claim.pairs]
    seeds = sorted(set.intersection(*map(set, differences)))
    cells = [[cell[seed] for seed in seeds] for cell in differences]
    published = [
        better.published - other.published
        for better, other in claim.pairs
        if better.published is not None and other.published is not None
    ]
    row: Row = {
        "claim": claim.sentence,
        "cells": len(cells),
        "seeds": len(seeds),
        "published": round(sum(published) / len(published), 4) if published else None,
        "verdict": verdict(cells),
    }
    if not seeds:
        return row | dict.fromkeys(("difference", "half_width_95", "cells_above", "cells_below"))
    mean = estimate([sum(cell[k] for cell in cells) / len(cells) for k in range(len(seeds))])
    each = [estimate(cell) for cell in cells]
    return row | {
        "difference": round(mean.mean, 4),
        "half_width_95": round(mean.half_width, 4),
        "cells_above": sum(one.low > 0 for one in each),
        "cells_below": sum(one.high < 0 for one in each),
    }


def _shown(row: Row) -> list[str]:
    """A line of the table."""
    published = "" if row["published"] is None else f"{row['published']:+.2f}"
    if not row["seeds"]:
        return [row["claim"], published, "", "", row["verdict"]]
    interval = f" ± {row['half_width_95']:.2f}" if row["seeds"] > 1 else ""
    above, below = row["cells_above"], row["cells_below"]
    cells = f"{above} / {row['cells'] - above - below} / {below}"
    return [row["claim"], published, f"{row['difference']:+.2f}{interval}", cells, row["verdict"]]


def _differences(pair: Pair, results: Repeats) -> dict[int, float]:
    """The first cell minus the second, of each seed that has both, in percentage points."""
    one, other = (rounds_of(cell, results) for cell in pair)
    return {s: one[s].accuracy_tuned - other[s].accuracy_tuned for s in one if s in other}


EXHIBIT = OfTrials(
    name="claims",
    sentence="the paper's claims, each with the measured difference and a verdict",
    makes=("table", "CSV", "picture"),
    trials=lambda data, seed: trials_of(
        [c for one in claims(data) for p in one.pairs for c in p], seed
    ),
    compute=compute,
    partial=True,
)
