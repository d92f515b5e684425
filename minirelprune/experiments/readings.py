"""What if the paper is read another way? One reading at a time, and its distance to the paper.

Every reading is run where the paper's three informed criteria can be told apart: ReLU, all data,
50% by 25% a round, and 10, 50 and 75% by 5% a round.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from minirelprune.experiments import random_rows
from minirelprune.experiments.cells import Cell, cells
from minirelprune.experiments.estimates import estimate, rms
from minirelprune.experiments.table import Table
from minirelprune.experiments.tables import Repeats, rounds_of
from minirelprune.experiments.tidy import Row
from minirelprune.experiments.trials import Option, Trial

INFORMED = ("magnitude", "wanda", "ours")


@dataclass(frozen=True)
class Reading:
    """A change to the trials: to the options of ours alone, or to all criteria."""

    name: str
    options: tuple[Option, ...] = ()
    changes: dict[str, Any] = field(default_factory=dict)

    def of(self, cell: Cell) -> Cell:
        """The cell under this reading."""
        trial = replace(cell.trial, **self.changes)
        if cell.trial.criterion == "ours":
            trial = replace(trial, options=self.options)
        return replace(cell, trial=trial)


READINGS = (
    Reading("as we read it: every default"),
    Reading('R2: silent = "skip"', (("silent", "skip"),)),
    Reading('R2: silent = "epsilon"', (("silent", "epsilon"),)),
    Reading("R4: ε = 1e-8", (("epsilon", 1e-8),)),
    Reading("R4: ε = 1e-3", (("epsilon", 1e-3),)),
    Reading("β = 0", (("beta", 0.0),)),
    Reading("R5: s = 1", (("layer_factor", None),)),
    Reading("R5: s largest at the input", (("layer_factor", "shallow"),)),
    Reading("R10: ranked within a layer", changes={"scope": "layer"}),
    Reading("R10: ranked within a unit", changes={"scope": "unit"}),
    Reading("R8: standardised pixels", changes={"standardised": True}),
    Reading("R8: batches of 16", changes={"batch_size": 16}),
    Reading("R8: batches of 256", changes={"batch_size": 256}),
)


def _base(data: str) -> Iterator[Cell]:
    for cell in (*cells(2, data), *cells(4, data)):
        informed = cell.trial.criterion in INFORMED and cell.trial.scoring_fraction == 1
        if informed and (cell.table == 4 or cell.trial.per_round == 0.25):
            yield cell


def trials_of(data: str, seed: int) -> list[Trial]:
    """The trials of one seed, those of the defaults included."""
    needed = [r.of(cell).trial for r in READINGS for cell in _base(data)]
    needed += random_rows.trials_of(data)
    return list(dict.fromkeys(replace(trial, seed=seed) for trial in needed))


def readings_table(data: str, results: Repeats) -> list[Table]:
    """Each reading's accuracies, and its distance to the paper's, over the seeds all have."""
    base = list(_base(data))
    found = [(r, [rounds_of(r.of(cell), results) for cell in base]) for r in READINGS]
    found = [(reading, each) for reading, each in found if all(each)]
    have = [set(rounds) for _, each in found for rounds in each]
    seeds = sorted(set.intersection(*have)) if have else []
    lines = [
        _line(reading, base, [[rounds[k].accuracy_tuned for k in seeds] for rounds in each])
        for reading, each in found
    ]
    caption = (
        "One reading changed at a time. Accuracy in percent at 50% by 25% a round / 10 / 50 / 75% "
        "by 5% a round, mean over seeds; and the root-mean-square distance to the paper's numbers, "
        "in points, of one seed: mean over seeds ± 95% interval. Over the seeds that all readings "
        f"have: {', '.join(map(str, seeds))}."
    )
    header = ["Reading", *INFORMED, *(f"{name}: distance" for name in INFORMED), "all"]
    first = Table(caption, header, [row for row, _ in lines], [tidy for _, tidy in lines])
    return [first, random_rows.random_table(data, results)]


def _line(reading: Reading, base: list[Cell], tuned: list[list[float]]) -> tuple[list[str], Row]:
    """One reading, to read and tidy; `tuned` has the accuracies of each cell, by seed."""
    accuracy = np.array(tuned)  # (cells, seeds)
    paper = np.array([cell.paper for cell in base])
    criterion = np.array([cell.trial.criterion for cell in base])
    shown = [
        " / ".join(f"{mean:.2f}" for mean in accuracy[criterion == name].mean(axis=1))
        for name in INFORMED
    ]
    groups = {**{name: criterion == name for name in INFORMED}, "all": np.isin(criterion, INFORMED)}
    distances = {
        group: estimate([rms(list(zip(one, paper[mine], strict=True))) for one in accuracy[mine].T])
        for group, mine in groups.items()
    }
    row = [reading.name, *shown, *(each.text() for each in distances.values())]
    tidy: Row = {"reading": reading.name, "seeds": accuracy.shape[1]}
    for group, each in distances.items():
        tidy |= {group: round(each.mean, 4), f"{group}_half_width_95": round(each.half_width, 4)}
    return row, tidy
