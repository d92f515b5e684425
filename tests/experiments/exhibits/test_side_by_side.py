import pytest

from minirelprune.experiments.exhibits.side_by_side import (
    DIFFERENT,
    NO_VERDICT,
    OPEN,
    SAME,
    agreement,
    claim_by_claim,
    table,
)
from minirelprune.experiments.exhibits.verdicts import UNDECIDED
from minirelprune.experiments.outputs import Row


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        (("holds", "holds"), SAME),
        (("fails", "fails"), SAME),
        ((UNDECIDED, UNDECIDED), SAME),
        (("holds", "fails"), DIFFERENT),
        (("holds", UNDECIDED), OPEN),
        ((UNDECIDED, "fails"), OPEN),
        (("holds", NO_VERDICT), ""),
        (("holds",), ""),
        (("holds", "holds", "holds", "holds"), SAME),
        (("holds", "holds", "holds", UNDECIDED), OPEN),
        (("holds", UNDECIDED, "fails"), DIFFERENT),
        (("holds", "fails", NO_VERDICT), ""),
    ],
)
def test_whether_outcomes_agree(outcomes: tuple[str, ...], said: str) -> None:
    assert agreement(outcomes) == said


def row(claim: str, verdict: str, reason: str = "") -> Row:
    numbers = {"seeds": 3, "difference": 0.5, "half_width_95": 0.25, "margin": None, "cells": 2}
    return {"data": "mnist", "claim": claim, "verdict": verdict, "reason": reason, **numbers}


FOUND = {
    "one": [
        row("A", "replicates"),
        row("B", "refuted", "1 of 2 cells against"),
        row("C", UNDECIDED),
    ],
    "two": [row("A", "supported"), row("B", "supported"), row("C", "does not replicate")],
}


def test_a_claim_is_named_alike_whether_it_is_the_papers_or_not() -> None:
    rows = claim_by_claim(FOUND)
    assert [(r["claim"], r["setting"], r["outcome"]) for r in rows] == [
        ("A", "one", "holds"),
        ("A", "two", "holds"),
        ("B", "one", "fails"),
        ("B", "two", "holds"),
        ("C", "one", UNDECIDED),
        ("C", "two", "fails"),
    ]
    assert [r["agreement"] for r in rows[::2]] == [SAME, DIFFERENT, OPEN]


def test_the_table_counts_agreements_and_gives_reasons() -> None:
    made = table("What.", claim_by_claim(FOUND))
    assert made.header == ["Claim", "one", "Outcome", "two", "Outcome", "Agreement"]
    assert made.rows[1][2] == "fails: 1 of 2 cells against"
    assert made.rows[0][1:3] == ["+0.50 ± 0.25", "holds"]
    assert made.caption == (
        "What. Seeds: one: 3, two: 3. Of 3 claims 1 have the same outcome everywhere, 1 hold in "
        "one setting and fail in another, and 1 are undecided in some."
    )
