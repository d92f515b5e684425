"""Verdicts on the paper's claims: paired comparisons over seeds.

A claim is that one thing is more accurate than another, in one or in many cells. Each cell is
compared seed by seed: both start from the same network and see the same minibatches. Then

- the claim replicates if the 95% interval of the difference is above 0 in every cell it speaks of;
- it does not if the interval of some cell is below 0, at a level divided by the number of cells
  (Bonferroni), for among many cells one falls out by chance;
- otherwise, it is undecided. One seed decides nothing.
"""

from collections.abc import Sequence

from minirelprune.experiments.claims import Claim, Pair, claims
from minirelprune.experiments.estimates import Estimate, estimate
from minirelprune.experiments.table import Table
from minirelprune.experiments.tables import Repeats, rounds_of


def claims_table(data: str, results: Repeats) -> list[Table]:
    """Each claim, what the paper has, what we have, and the verdict."""
    judged = [_judge(claim, results) for claim in claims(data)]
    keys = ("claim", "paper", "difference", "cells", "verdict")
    rows = [[shown[key] for key in keys] for shown, _ in judged]
    caption = (
        "What the paper's tables are said to show, and whether it holds here. Differences are in "
        "percentage points of test accuracy, paired by seed: the mean over the cells ± its 95% "
        "interval over seeds. Cells: above 0, open, below 0, each by its own 95% interval. A claim "
        "replicates if all its cells are above; it does not if one is below at a level divided by "
        "their number, for among many one falls out by chance; otherwise it is undecided."
    )
    header = ["Claim", "Paper", "Measured", "Cells: above / open / below", "Verdict"]
    return [Table(caption, header, rows, [tidy for _, tidy in judged])]


def verdict(cells: Sequence[Sequence[float]]) -> str:
    """The verdict on a claim from the differences of its cells, one a seed, in its favour if > 0.

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


def _judge(claim: Claim, results: Repeats) -> tuple[dict[str, str], dict[str, object]]:
    """A line of the table as it is shown, and as numbers."""
    differences = [_differences(pair, results) for pair in claim.pairs]
    seeds = sorted(set.intersection(*map(set, differences)))
    cells = [[cell[seed] for seed in seeds] for cell in differences]
    paper = [one.paper - other.paper for one, other in claim.pairs if one.paper and other.paper]
    papers = sum(paper) / len(paper) if paper else None
    tidy: dict[str, object] = {
        "claim": claim.sentence,
        "cells": len(cells),
        "seeds": len(seeds),
        "paper": papers if papers is None else round(papers, 4),
        "verdict": verdict(cells),
    }
    shown = {
        "claim": claim.sentence,
        "paper": "" if papers is None else f"{papers:+.2f}",
        "verdict": verdict(cells),
    }
    if not seeds:
        nothing = dict.fromkeys(("difference", "half_width_95", "cells_above", "cells_below"))
        return {**shown, "difference": "", "cells": ""}, tidy | nothing
    mean = estimate([sum(cell[k] for cell in cells) / len(cells) for k in range(len(seeds))])
    each = [estimate(cell) for cell in cells]
    above, below = sum(one.low > 0 for one in each), sum(one.high < 0 for one in each)
    shown |= {
        "difference": mean.text("+.2f"),
        "cells": f"{above} / {len(each) - above - below} / {below}",
    }
    return shown, tidy | _numbers(mean, above, below)


def _numbers(mean: Estimate, above: int, below: int) -> dict[str, object]:
    return {
        "difference": round(mean.mean, 4),
        "half_width_95": round(mean.half_width, 4),
        "cells_above": above,
        "cells_below": below,
    }


def _differences(pair: Pair, results: Repeats) -> dict[int, float]:
    """The first cell less the second, of each seed that has both, in percentage points."""
    one, other = (rounds_of(cell, results) for cell in pair)
    return {s: one[s].accuracy_tuned - other[s].accuracy_tuned for s in one if s in other}
