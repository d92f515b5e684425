"""The claims as a table to read: its caption, its lines, and the rule below it."""

from collections.abc import Sequence

from minirelprune.experiments.exhibits.paper_table import data_in_words
from minirelprune.experiments.exhibits.verdicts import in_favour
from minirelprune.experiments.outputs import Row, Table
from minirelprune.experiments.paper.published import DATA

CAPTION = (
    "What the paper's tables are said to show, and whether it holds. {data}. Differences are in "
    "percentage points of test accuracy, paired by seed: the mean over the cells of a claim ± its "
    "95% interval over seeds."
)
RULE = (
    "**Rule.** A claim holds (it replicates, or is supported) if every cell is for it, it fails "
    "(it does not replicate, or is refuted) if some cell is against it at the level 1 - 0.05 / "
    "cells, because with many cells, one will differ by chance alone, and it is undecided "
    "otherwise."
)
CELLS = (
    "**Cells.** A cell is for the claim if the 95% interval of its difference is above 0, against "
    "it if the interval is below 0, and open if it contains 0. Only the sign counts, not the size. "
    "A claim that two criteria are on average within 0.2 points of each other has one cell, the "
    "average: it is for the claim if the interval is inside ±0.2, against it if outside, and open "
    "if the interval contains an end."
)
P_AND_INTERVALS = (
    "**p (Holm)** is the p-value of a paired t test over seeds: of the mean over cells, two-sided, "
    "against 0 (or against the nearer end of ±0.2), corrected by Holm's method over all {tested} "
    "claims. The verdict does not depend on it; where a claim holds or fails with p ≥ 0.05, the "
    "reason says so. Intervals and p cover what differs from seed to seed, such as the initial "
    "weights and the minibatches. They do not cover the choice of the test images."
)
WORDS = (
    '**Words.** "Replicates" and "does not replicate" are said of claims that the paper makes and '
    'that its numbers show. "Supported" and "refuted" are said of claims that the paper does not '
    'make (added), for which it has no pair of numbers ("none"), or which its own numbers deny '
    '("denied"): these are judged by the measured difference alone. "Denied in 3 of 24" says in '
    "how many cells the published difference is not in favour of the claim, although it is on "
    "average."
)
NOT_PUBLISHED = (
    "**Words.** The paper has no numbers on this data. Each claim is therefore judged by the "
    "measured difference alone, and is supported, refuted or undecided."
)


def claims_table(data: str, rows: Sequence[Row]) -> Table:
    """The table of the claims.

    Parameters
    ----------
    data : the name of the data set; there is a column of published differences for MNIST only.
    rows : of claims.csv.
    """
    beside = data == DATA
    tested = sum(row["p_holm"] is not None for row in rows)
    words = WORDS if beside else NOT_PUBLISHED
    note = "\n\n".join([RULE, CELLS, P_AND_INTERVALS.format(tested=tested), words])
    measured = ["Measured", "Cells: for / open / against", "p (Holm)", "Verdict", "Reason"]
    header = ["Claim", *["Published"] * beside, *measured]
    lines = [[row["claim"], *[_published(row)] * beside, *_measured(row)] for row in rows]
    return Table(CAPTION.format(data=data_in_words(data)), header, lines, note)


def _published(row: Row) -> str:
    """The published difference, and whether the paper's numbers deny the claim."""
    if row["published"] is None:
        return "none"
    text, denied = f"{row['published']:+.2f}", row["cells"] - row["published_for"]
    if in_favour([row["published"]], row["margin"])[0] <= 0:
        return f"{text}, denied"
    return f"{text}, denied in {denied} of {row['cells']}" if denied > 0 else text


def _measured(row: Row) -> list[str]:
    """The measured difference, the cells, p, the verdict and the reason."""
    if not row["seeds"]:
        return ["", "", "", row["verdict"], ""]
    interval = f" ± {row['half_width_95']:.2f}" if row["seeds"] > 1 else ""
    favour, against = row["cells_for"], row["cells_against"]
    return [
        f"{row['difference']:+.2f}{interval}",
        f"{favour} / {row['cells'] - favour - against} / {against}",
        _p(row["p_holm"]),
        row["verdict"],
        row["reason"],
    ]


def _p(value: float | None) -> str:
    if value is None:
        return ""
    return "< 0.001" if value < 0.001 else f"{value:.3f}"
