"""What if the paper is read another way? One reading at a time, and its distance to the paper.

Every reading is run where the paper's three informed criteria can be told apart: ReLU, all data,
50% by 25% per round, and 10, 50 and 75% by 5% per round. The paper's numbers are of MNIST: on other
data there is no distance to them, and so no picture and no CSV, only the accuracies.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.exhibits.paper_table import data_in_words
from minirelprune.experiments.exhibits.readings_lead import readings_lead
from minirelprune.experiments.intervals import Estimate, estimate, rms
from minirelprune.experiments.outputs import Contents, Row, Table
from minirelprune.experiments.paper.cells import EQ_2, Cell, find, rounds_of
from minirelprune.experiments.paper.names import CRITERIA
from minirelprune.experiments.paper.published import DATA
from minirelprune.experiments.trials.repeats import Repeats
from minirelprune.experiments.trials.trial import Option, Trial, of_seed
from minirelprune.support.arrays import Array

CAPTION = (
    "One reading changed at a time. Accuracy in percent at 50% by 25% per round / 10 / 50 / 75% by "
    "5% per round, mean over seeds"
)
DISTANCE = (
    "and the root-mean-square distance to the published numbers, in points, of one seed: mean over "
    "seeds ± 95% interval over seeds"
)
INFORMED = ("magnitude", "wanda", EQ_2)


@dataclass(frozen=True)
class Reading:
    """A change to the trials: to the options of Eq. (2) alone, or to all criteria."""

    name: str
    options: tuple[Option, ...] = ()
    changes: tuple[tuple[str, Any], ...] = ()

    def of(self, cell: Cell) -> Cell:
        """The cell under this reading."""
        trial = replace(cell.trial, **dict(self.changes))
        if cell.trial.criterion == EQ_2:
            trial = replace(trial, options=self.options)
        return replace(cell, trial=trial)


READINGS = (
    Reading("every default"),
    Reading('R2: silent = "skip"', (("silent", "skip"),)),
    Reading('R2: silent = "epsilon"', (("silent", "epsilon"),)),
    Reading("R4: ε = 1e-8", (("epsilon", 1e-8),)),
    Reading("R4: ε = 1e-3", (("epsilon", 1e-3),)),
    Reading("β = 0", (("beta", 0.0),)),
    Reading("R5: s = 1", (("layer_factor", None),)),
    Reading("R5: s largest at the input", (("layer_factor", "shallow"),)),
    Reading("R10: ranked within a layer", changes=(("scope", "layer"),)),
    Reading("R10: ranked within a unit", changes=(("scope", "unit"),)),
    Reading("R8: standardised pixels", changes=(("standardised", True),)),
    Reading("R8: batches of 16", changes=(("batch_size", 16),)),
    Reading("R8: batches of 256", changes=(("batch_size", 256),)),
)


def base(data: str) -> list[Cell]:
    """The cells that every reading is run on."""
    asked = find(2, data, per_round=0.25, scoring_fraction=1.0) + find(4, data)
    return [cell for cell in asked if cell.trial.criterion in INFORMED]


def trials_of(data: str, seed: int) -> list[Trial]:
    """The trials of one seed, those of the defaults included."""
    return of_seed((one.of(cell).trial for one in READINGS for cell in base(data)), seed)


def compute(data: str, results: Repeats) -> Contents:
    """Each reading's accuracies, and its distance to the paper's, over the seeds all have."""
    cells = base(data)
    found = {r: [rounds_of(r.of(cell), results) for cell in cells] for r in READINGS}
    found = {reading: each for reading, each in found.items() if all(each)}
    have = [set(rounds) for each in found.values() for rounds in each]
    seeds = sorted(set.intersection(*have)) if have else []
    tuned = {
        reading: np.array([[rounds[k].accuracy_tuned for k in seeds] for rounds in each])
        for reading, each in found.items()
    }
    names = [CRITERIA[name] for name in INFORMED]
    over = f"{data_in_words(data)}, seeds {', '.join(map(str, seeds))}, which all readings have."
    rows = [[reading.name, *_accuracies(cells, each)] for reading, each in tuned.items()]
    lead, leads = readings_lead(cells, {r.name: each for r, each in tuned.items()}, over)
    if data != DATA:
        return Contents([Table(f"{CAPTION}. {over}", ["Reading", *names], rows), *lead])
    distances = {reading: _distances(cells, each) for reading, each in tuned.items()}
    header = ["Reading", *names, *(f"{name}: distance" for name in names), "all three"]
    rows = [
        [*row, *(one.text() for one in each.values())]
        for row, each in zip(rows, distances.values(), strict=True)
    ]
    numbers = [_numbers(reading, each) for reading, each in distances.items()]
    table = Table(f"{CAPTION}; {DISTANCE}. {over}", header, rows)
    by_name = {"readings": numbers, "readings_lead": leads} if numbers else {}
    return Contents([table, *lead], by_name)


def _criteria(cells: list[Cell]) -> Array:
    return np.array([cell.trial.criterion for cell in cells])


def _accuracies(cells: list[Cell], accuracy: Array) -> list[str]:
    """The means over seeds of each criterion; `accuracy` is (cells, seeds)."""
    criterion = _criteria(cells)
    return [
        " / ".join(f"{mean:.2f}" for mean in accuracy[criterion == name].mean(axis=1))
        for name in INFORMED
    ]


def _distances(cells: list[Cell], accuracy: Array) -> dict[str, Estimate]:
    """How far each criterion, and all of them, are from the paper; `accuracy` is (cells, seeds)."""
    published = np.array([cell.published for cell in cells])
    criterion = _criteria(cells)
    groups = {name: criterion == name for name in INFORMED} | {"all": np.isin(criterion, INFORMED)}
    return {
        group: estimate(
            [rms(list(zip(one, published[mine], strict=True))) for one in accuracy[mine].T]
        )
        for group, mine in groups.items()
    }


def _numbers(reading: Reading, distances: dict[str, Estimate]) -> Row:
    row: Row = {"reading": reading.name, "seeds": distances["all"].n}
    for group, each in distances.items():
        row |= each.columns(group)
    return row


EXHIBIT = OfTrials(
    name="readings",
    sentence="what if the paper is read another way? One reading changed at a time",
    makes=("table", "CSV", "picture"),
    trials=trials_of,
    compute=compute,
    partial=True,
)
