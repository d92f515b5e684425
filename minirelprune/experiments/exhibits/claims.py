"""The verdicts on the paper's claims, and on added ones: paired comparisons over seeds.

A claim is that one thing is more accurate than another, in one or in many cells. Each cell is
compared seed by seed: both start from the same network and see the same minibatches. `verdicts`
has the rule.
"""

from collections.abc import Sequence
from typing import NamedTuple

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.exhibits.claims_table import claims_table
from minirelprune.experiments.exhibits.lead_over_random import lead_over_random
from minirelprune.experiments.exhibits.verdicts import (
    ADDED,
    PUBLISHED,
    Cells,
    in_favour,
    mean_of,
    reason,
    sides,
    verdict,
)
from minirelprune.experiments.intervals import estimate, holm, p_value
from minirelprune.experiments.outputs import Contents, Row
from minirelprune.experiments.paper import claimed
from minirelprune.experiments.paper.cells import rounds_of, trials_of
from minirelprune.experiments.paper.claimed import Claim, claims
from minirelprune.experiments.paper.pairs import Pair
from minirelprune.experiments.trials.repeats import Repeats
from minirelprune.experiments.trials.trial import Trial


class Judged(NamedTuple):
    """A claim's numbers; and what is in its favour, seed by seed: in each cell, and on average.

    A claim on an average has one cell.
    """

    row: Row
    cells: Cells
    mean: list[float]


def trials_of_claims(data: str, seed: int) -> list[Trial]:
    """What the claims need of one seed."""
    pairs = (pair for claim in claims(data) for pair in claim.pairs)
    return trials_of([cell for pair in pairs for cell in pair], seed)


def compute(data: str, results: Repeats) -> Contents:
    """The table of the claims, and how far Eq. (2) is ahead of random pruning."""
    rows = judged(data, claims(data), results)
    lead, lead_rows = lead_over_random(data, results)
    numbers = {"claims": rows} | ({"claims_random": lead_rows} if lead_rows else {})
    return Contents([claims_table(data, rows), *lead], numbers)


def judged(data: str, said: Sequence[Claim], results: Repeats) -> list[Row]:
    """Each claim: the published difference, the measured one, and the verdict with its reason."""
    each = [_judge(data, claim, results) for claim in said]
    tested = [one for one in each if one.row["seeds"] > 1]
    for one, p in zip(tested, holm([p_value(one.mean) for one in tested]), strict=True):
        why = reason(one.cells, one.mean, one.row["verdict"], p)
        one.row.update(p_holm=round(p, 6), reason=why)
    return [one.row for one in each]


def _judge(data: str, claim: Claim, results: Repeats) -> Judged:
    """A claim over the seeds that all its cells have; its p and the reason come later."""
    differences = [_differences(pair, results) for pair in claim.pairs]
    seeds = sorted(set.intersection(*map(set, differences)))
    measured = [[cell[seed] for seed in seeds] for cell in differences]
    mean = mean_of(measured)
    favour = in_favour(mean, claim.margin)
    cells = measured if claim.margin is None else [favour]
    published = _published(claim)
    row: Row = {
        "data": data,
        "group": claim.group,
        "claim": claim.sentence,
        "margin": claim.margin,
        "cells": len(cells),
        "seeds": len(seeds),
        **published,
        "verdict": verdict(cells, PUBLISHED if published["judged_as"] == "published" else ADDED),
        **dict.fromkeys(("difference", "half_width_95", "cells_for", "cells_against", "p_holm")),
        "reason": "",
    }
    if seeds:
        whole = estimate(mean)
        row |= {"difference": round(whole.mean, 4), "half_width_95": round(whole.half_width, 4)}
        row |= dict(zip(("cells_for", "cells_against"), sides(cells), strict=True))
    return Judged(row, cells, favour)


def _published(claim: Claim) -> Row:
    """The published difference, in how many pairs it is in favour, and as what the claim is judged.

    It is judged as published if the paper makes it and its numbers show it, on average over pairs.
    """
    pairs = [(better.published, other.published) for better, other in claim.pairs]
    differences = [one - other for one, other in pairs if one is not None and other is not None]
    if not differences:
        return {"published": None, "published_for": None, "judged_as": "added"}
    mean = sum(differences) / len(differences)
    shown = claim.group != claimed.ADDED and mean > 0
    return {
        "published": round(mean, 4),
        "published_for": sum(in_favour([one], claim.margin)[0] > 0 for one in differences),
        "judged_as": "published" if shown else "added",
    }


def _differences(pair: Pair, results: Repeats) -> dict[int, float]:
    """The first cell minus the second, of each seed that has both, in percentage points."""
    one, other = (rounds_of(cell, results) for cell in pair)
    return {s: one[s].accuracy_tuned - other[s].accuracy_tuned for s in one if s in other}


EXHIBIT = OfTrials(
    name="claims",
    sentence="the paper's claims, each with the measured difference and a verdict",
    makes=("table", "CSV", "picture"),
    trials=trials_of_claims,
    compute=compute,
    partial=True,
)
