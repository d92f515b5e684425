"""Accuracy against sparsity, round by round: each criterion, scored on all the data."""

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.outputs import Contents, Row
from minirelprune.experiments.paper.cells import Cell, cells, trials_of
from minirelprune.experiments.trials.repeats import Repeats
from minirelprune.experiments.trials.trial import REDRAWN, Trial


def drawn(data: str) -> list[Cell]:
    """The cells of Tables 2 and 3 scored on all the data, without the redrawn rows."""
    return [
        cell
        for table in (2, 3)
        for cell in cells(table, data)
        if cell.trial.scoring_fraction == 1 and cell.trial.criterion != REDRAWN
    ]


def curve(trial: Trial, results: Repeats) -> list[Row]:
    """One row for each round of each seed of a trial.

    `planned` is the fraction that the criteria have pruned by then: the control, which loses
    nothing, is drawn there too, to be compared with the others.
    """
    return [
        {
            "data": trial.data,
            "activation": trial.activation,
            "criterion": trial.criterion,
            "per_round": trial.per_round,
            "seed": seed,
            "round": one.number,
            "planned": round(min(trial.per_round * one.number, trial.target or 0), 6),
            "accuracy_pruned": round(one.accuracy_pruned, 4),
            "accuracy_tuned": round(one.accuracy_tuned, 4),
        }
        for seed, result in results[trial].items()
        for one in result.rounds
    ]


def compute(data: str, results: Repeats) -> Contents:
    """Every round of every trial."""
    trials = dict.fromkeys(cell.trial for cell in drawn(data))
    return Contents(numbers={"curves": [row for trial in trials for row in curve(trial, results)]})


EXHIBIT = OfTrials(
    name="curves",
    sentence="accuracy against sparsity for each criterion, activation and step",
    makes=("CSV", "picture"),
    trials=lambda data, seed: trials_of(drawn(data), seed),
    compute=compute,
)
