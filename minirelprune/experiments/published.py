"""The paper's own numbers: accuracies in percent, as printed.

`published.csv` holds the 213 of Tables 1 to 5, one a line.
"""

import csv
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

# As they stand in a sentence.
NAMES = {"relu": "ReLU", "leaky_relu": "leaky ReLU", "sigmoid": "sigmoid", "tanh": "tanh"}

# Section 4: trained networks, nothing pruned.
DENSE = {"relu": 97.02, "leaky_relu": 97.35, "sigmoid": 97.64, "tanh": 96.12}

# Table 5: the same, trained with the L1 term of Eq. (3). The paper leaves sigmoid's out.
DENSE_L1 = {"relu": 97.4, "tanh": 95.78, "sigmoid": None}


class Published(NamedTuple):
    """One accuracy of the paper's tables, and where it stands there."""

    table: int
    activation: str
    method: str
    scoring_fraction: float | None  # None for criteria that look at no data
    per_round: float
    target: float
    output_l1: bool
    accuracy: float


@lru_cache
def tables() -> tuple[Published, ...]:
    """All 213 accuracies, table by table, row by row."""
    text = (files("minirelprune.experiments") / "published.csv").read_text()
    return tuple(
        Published(
            table=int(row["table"]),
            activation=row["activation"],
            method=row["method"],
            scoring_fraction=float(row["scoring_fraction"]) if row["scoring_fraction"] else None,
            per_round=float(row["pruned_per_iteration"]),
            target=float(row["target_fraction"]),
            output_l1=row["output_l1"] == "1",
            accuracy=float(row["accuracy_percent"]),
        )
        for row in csv.DictReader(text.splitlines())
    )
