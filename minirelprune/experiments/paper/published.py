"""The paper's own numbers: accuracies in percent, as printed.

`published.csv` holds the 213 of Tables 1 to 5, one in each line.
"""

import csv
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from minirelprune.experiments.trials.trial import Option

DATA = "mnist"  # the data set of all published numbers; on any other there are none to compare with

# Section 4: trained networks, nothing pruned.
DENSE = {"relu": 97.02, "leaky_relu": 97.35, "sigmoid": 97.64, "tanh": 96.12}

# Table 5: the same, trained with the L1 term of Eq. (3). The paper leaves sigmoid's out.
DENSE_L1 = {"relu": 97.4, "tanh": 95.78, "sigmoid": None}

BETA = 1e-7  # the paper's choice after Table 1, which is the default of `RelativeContribution`


class Published(NamedTuple):
    """One accuracy of the paper's tables, and where it stands there."""

    table: int
    activation: str
    criterion: str
    options: tuple[Option, ...]  # what differs from the paper's final choice, in Table 1
    scoring_fraction: float | None  # None for criteria that look at no data
    per_round: float
    target: float
    output_l1: bool
    accuracy: float


@lru_cache
def tables() -> tuple[Published, ...]:
    """All 213 accuracies, table by table, row by row."""
    text = (files(__package__) / "published.csv").read_text("utf-8")
    return tuple(
        Published(
            table=int(row["table"]),
            activation=row["activation"],
            criterion=row["criterion"],
            options=_options(row["beta"], row["s"]),
            scoring_fraction=float(row["scoring_fraction"]) if row["scoring_fraction"] else None,
            per_round=float(row["per_round"]),
            target=float(row["target"]),
            output_l1=row["output_l1"] == "1",
            accuracy=float(row["accuracy"]),
        )
        for row in csv.DictReader(text.splitlines())
    )


def _options(beta: str, s: str) -> tuple[Option, ...]:
    """Table 1 alone varies beta and s; its "w/o s" is s = 1 in every layer."""
    options: tuple[Option, ...] = ()
    if beta and float(beta) != BETA:
        options += (("beta", float(beta)),)
    if s == "without":
        options += (("layer_factor", None),)
    return options
