"""The same claims in several settings: what comes out of each, and whether the outcomes agree."""

from collections import Counter
from collections.abc import Mapping, Sequence

from minirelprune.experiments.exhibits.verdicts import ADDED, PUBLISHED, UNDECIDED
from minirelprune.experiments.intervals import Estimate
from minirelprune.experiments.outputs import Contents, Row, Table

OUTCOMES = {
    PUBLISHED.holds: "holds",
    ADDED.holds: "holds",
    PUBLISHED.fails: "fails",
    ADDED.fails: "fails",
    UNDECIDED: UNDECIDED,
}
NO_VERDICT = "no verdict"  # of fewer than two seeds
SAME, DIFFERENT, OPEN = "same", "different", "undecided in some"
KEPT = ("data", "claim", "margin", "cells", "seeds", "difference", "half_width_95", "reason")


def agreement(outcomes: Sequence[str]) -> str:
    """Whether the outcomes of one claim are the same in all settings; "" of fewer than two.

    >>> agreement(["holds", "holds"]), agreement(["holds", "fails"]), agreement(["fails"])
    ('same', 'different', '')
    """
    if len(outcomes) < 2 or NO_VERDICT in outcomes:
        return ""
    if len(set(outcomes)) == 1:
        return SAME
    return DIFFERENT if {"holds", "fails"} <= set(outcomes) else OPEN


def side_by_side(name: str, caption: str, found: Mapping[str, Sequence[Row]]) -> Contents:
    """The table of the claims in all settings, and its numbers.

    Parameters
    ----------
    name, caption : of the exhibit, and of its table.
    found : of each setting, by its name, the rows of `claims.judged` for the same claims.
    """
    rows = claim_by_claim(found)
    return Contents([table(caption, rows)], {name: rows})


def claim_by_claim(found: Mapping[str, Sequence[Row]]) -> list[Row]:
    """One row for each claim and setting."""
    rows: list[Row] = []
    for same_claim in zip(*found.values(), strict=True):
        outcomes = [OUTCOMES.get(row["verdict"], NO_VERDICT) for row in same_claim]
        said = agreement(outcomes)
        for setting, row, outcome in zip(found, same_claim, outcomes, strict=True):
            kept = {"setting": setting} | {key: row[key] for key in KEPT}
            rows.append(kept | {"outcome": outcome, "agreement": said})
    return rows


def table(caption: str, rows: Sequence[Row]) -> Table:
    """One line for each claim; how many seeds there are, and how many claims agree, is said too."""
    settings = list(dict.fromkeys(row["setting"] for row in rows))
    header = ["Claim"]
    for setting in settings:
        header += [setting, "Outcome"]
    lines = []
    for k in range(0, len(rows), len(settings)):
        each = rows[k : k + len(settings)]
        cells = [text for row in each for text in (_difference(row), _outcome(row))]
        lines.append([each[0]["claim"], *cells, each[0]["agreement"]])
    said = f"{caption} {_seeds(rows)} {_tally(rows[:: len(settings)])}".rstrip()
    return Table(said, [*header, "Agreement"], lines)


def _difference(row: Row) -> str:
    if row["difference"] is None:
        return ""
    return Estimate(row["difference"], row["half_width_95"], row["seeds"]).text("+.2f")


def _outcome(row: Row) -> str:
    """The outcome; and why, where the difference suggests another one."""
    return ": ".join(filter(None, (row["outcome"], row["reason"])))


def _seeds(rows: Sequence[Row]) -> str:
    """How many seeds each setting has, claim by claim."""
    seeds: dict[str, set[int]] = {}
    for row in rows:
        seeds.setdefault(row["setting"], set()).add(row["seeds"])
    each = (f"{name}: {' to '.join(map(str, sorted(n)))}" for name, n in seeds.items())
    return f"Seeds: {', '.join(each)}."


def _tally(one_per_claim: Sequence[Row]) -> str:
    """How many claims have the same outcome, and how many have opposite ones."""
    counts = Counter(row["agreement"] for row in one_per_claim)
    if not counts[SAME] + counts[DIFFERENT] + counts[OPEN]:
        return ""
    return (
        f"Of {len(one_per_claim)} claims {counts[SAME]} have the same outcome everywhere, "
        f"{counts[DIFFERENT]} hold in one setting and fail in another, and {counts[OPEN]} are "
        "undecided in some."
    )
