"""From the differences of a claim's cells, seed by seed, to a verdict and the reason for it.

A cell is for the claim if the 95% interval of its difference is above 0, against it if the interval
is below 0, and open otherwise. Then the claim

- holds if every cell is for it;
- fails if some cell is against it at a level divided by the number of cells (Bonferroni), because
  with many cells, one will differ by chance alone;
- is undecided otherwise. One seed decides nothing.

A claim that two things differ by less than a margin on average has one cell, the average, which
`in_favour` turns into this form.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from minirelprune.experiments.intervals import estimate

LEVEL = 0.05  # of all intervals and tests

Cells = Sequence[Sequence[float]]  # of each cell, one difference for each seed


class Words(NamedTuple):
    """What a claim that holds and one that fails are called."""

    holds: str
    fails: str


PUBLISHED = Words("replicates", "does not replicate")  # the published numbers show it
ADDED = Words("supported", "refuted")  # they do not, or the paper does not say it
UNDECIDED = "undecided"


def verdict(cells: Cells, words: Words = PUBLISHED) -> str:
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
        return words.holds
    if any(estimate(cell, 1 - LEVEL / len(cells)).high < 0 for cell in cells):
        return words.fails
    return UNDECIDED


def sides(cells: Cells) -> tuple[int, int]:
    """How many cells are for the claim, and how many against it."""
    each = [estimate(cell) for cell in cells]
    return sum(one.low > 0 for one in each), sum(one.high < 0 for one in each)


def mean_of(cells: Cells) -> list[float]:
    """The mean over cells, seed by seed."""
    return [float(mean) for mean in np.mean(cells, axis=0)] if len(cells[0]) else []


def in_favour(values: Sequence[float], margin: float | None) -> list[float]:
    """Differences as they are; or for a margin, how far inside it, on the side of their mean.

    >>> in_favour([-0.1, -0.3], None), in_favour([-0.125, -0.25], 0.25)
    ([-0.1, -0.3], [0.125, 0.0])
    """
    if margin is None or not values:
        return list(values)
    side = 1 if np.mean(values) >= 0 else -1
    return [margin - side * value for value in values]


def reason(cells: Cells, mean: Sequence[float], said: str, p_holm: float) -> str:
    """Why a verdict is not what the interval of the mean, or p, suggests; "" where it is.

    Parameters
    ----------
    cells : the differences in favour of the claim.
    mean : that over cells, in favour of the claim.
    said : the verdict.
    p_holm : the p-value of the mean, corrected over all claims.
    """
    total, whole, (favour, against) = len(cells), estimate(mean), sides(cells)
    fails = said in (PUBLISHED.fails, ADDED.fails)
    if fails and whole.low > 0:
        return f"the mean is for it, but {against} of {total} cells against"
    if said != UNDECIDED:
        return f"p = {p_holm:.2f} after Holm's correction" if p_holm >= LEVEL else ""
    if whole.low > 0:
        return f"{total - favour - against} of {total} cells open, {against} against"
    if whole.high < 0:
        return f"{against} of {total} cells against, none at the stricter level"
    return ""
