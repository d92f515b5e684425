"""How far Eq. (2) is ahead of random pruning among survivors at 50%: by share of the data and step.

A part of `claims`: the cells behind what it says of random pruning.
"""

from collections.abc import Sequence

from minirelprune.experiments.exhibits.verdicts import mean_of
from minirelprune.experiments.intervals import estimate
from minirelprune.experiments.outputs import Row, Table
from minirelprune.experiments.paper.cells import rounds_of
from minirelprune.experiments.paper.labels import share
from minirelprune.experiments.paper.names import ACTIVATIONS
from minirelprune.experiments.paper.pairs import beats
from minirelprune.experiments.trials.repeats import Repeats

MEAN = "mean"

Lead = dict[tuple[float, float], list[float]]  # share, step -> the difference of each seed


def lead_over_random(data: str, results: Repeats) -> tuple[list[Table], list[Row]]:
    """The table and its numbers, of the activations whose trials are there; or nothing."""
    rows = [
        row
        for activation in ACTIVATIONS
        if (found := _lead(data, activation, results))
        for row in _numbers(activation, found)
    ]
    if not rows:
        return [], []
    steps = list(dict.fromkeys(row["per_round"] for row in rows))
    lines: dict[tuple[str, float | str], list[str]] = {}
    for row in rows:
        place = (row["activation"], row["scoring_fraction"])
        lines.setdefault(place, []).append(row["text"])
    caption = (
        "The lead of Eq. (2) over random pruning among the survivors, at 50% pruned, in percentage "
        "points: paired by seed, with 95% intervals over seeds. The last column and the last row "
        "of each activation are means over the others, seed by seed."
    )
    header = ["Activation", "Share", *(_step(step) for step in steps)]
    shown = [[ACTIVATIONS[name], _share(of), *texts] for (name, of), texts in lines.items()]
    for row in rows:
        del row["text"]
    return [Table(caption, header, shown)], rows


def _lead(data: str, activation: str, results: Repeats) -> Lead:
    """Eq. (2) minus random over the seeds that all cells have; empty where there are none."""
    pairs = beats(2 if activation == "relu" else 3, data, "random", activation=activation)
    rounds = [(rounds_of(one, results), rounds_of(other, results)) for one, other in pairs]
    seeds = sorted(set.intersection(*(set(each) for both in rounds for each in both)))
    if not seeds:
        return {}
    return {
        (cell.trial.scoring_fraction, cell.trial.per_round): [
            one[k].accuracy_tuned - other[k].accuracy_tuned for k in seeds
        ]
        for (cell, _), (one, other) in zip(pairs, rounds, strict=True)
    }


def _numbers(activation: str, found: Lead) -> list[Row]:
    """Share by share and then their mean, and of each the steps and then their mean."""
    shares, steps = (list(dict.fromkeys(key[k] for key in found)) for k in (0, 1))
    rows = []
    for of in (*shares, MEAN):
        for step in (*steps, MEAN):
            cells = [v for (s, k), v in found.items() if of in (s, MEAN) and step in (k, MEAN)]
            rows.append(_row(activation, of, step, cells))
    return rows


def _row(activation: str, of: object, step: object, cells: Sequence[Sequence[float]]) -> Row:
    lead = estimate(mean_of(cells))
    return {
        "activation": activation,
        "scoring_fraction": of,
        "per_round": step,
        "cells": len(cells),
        "difference": round(lead.mean, 4),
        "half_width_95": round(lead.half_width, 4),
        "seeds": lead.n,
        "text": lead.text("+.2f"),
    }


def _step(step: float | str) -> str:
    return step if isinstance(step, str) else f"{step:.0%} per round"


def _share(of: float | str) -> str:
    return of if isinstance(of, str) else share(of)
