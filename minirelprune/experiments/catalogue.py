"""What can be reproduced from trials: which of them a table needs, and what is shown of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from minirelprune.experiments import (
    agreement,
    cells,
    claims,
    published,
    readings,
    sweep,
    tables,
    verdicts,
)
from minirelprune.experiments.figures import (
    agreement_picture,
    claims_picture,
    curves_picture,
    readings_picture,
    table4_picture,
    table_picture,
)
from minirelprune.experiments.store import Result
from minirelprune.experiments.table import Table
from minirelprune.experiments.tables import Repeats
from minirelprune.experiments.tidy import Row
from minirelprune.experiments.trials import Trial

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Picture = Callable[[Sequence[Table], Sequence[Result]], "Figure"]


class Experiment(NamedTuple):
    """Which trials an experiment needs of a data set and a seed, and its tables and picture.

    The numbers that go into its CSV are in the first of the tables. A `partial` one shows what
    there is while trials are missing; the others are left out until they are whole.
    """

    trials: Callable[[str, int], list[Trial]]
    tables: Callable[[str, Repeats], list[Table]]
    picture: Picture | None = None
    partial: bool = False


def _dense(data: str, seed: int) -> list[Trial]:
    return [Trial(data, seed, activation=name) for name in published.DENSE]


def _all_curves(data: str, seed: int) -> list[Trial]:
    return list(dict.fromkeys([*cells.trials_of(2, data, seed), *cells.trials_of(3, data, seed)]))


def _of_numbers(draw: Callable[[Sequence[Row]], Figure]) -> Picture:
    """A picture of the numbers that go into the CSV."""
    return lambda shown, results: draw(shown[0].tidy)


def _paper_table(number: int) -> Experiment:
    picture: Picture = (
        (lambda shown, results: table4_picture(results))
        if number == 4
        else _of_numbers(table_picture)
    )
    return Experiment(
        partial(cells.trials_of, number), partial(tables.paper_table, number), picture
    )


EXPERIMENTS: dict[str, Experiment] = {
    "dense": Experiment(_dense, tables.dense_table),
    **{f"table{number}": _paper_table(number) for number in range(1, 6)},
    "curves": Experiment(
        _all_curves, lambda data, results: [], lambda shown, results: curves_picture(results)
    ),
    "lambda": Experiment(sweep.trials_of, sweep.sweep_table),
    "readings": Experiment(
        readings.trials_of,
        readings.readings_table,
        _of_numbers(readings_picture),
        partial=True,
    ),
    "agreement": Experiment(
        agreement.trials_of,
        agreement.agreement_table,
        _of_numbers(agreement_picture),
        partial=True,
    ),
    "claims": Experiment(
        claims.trials_of, verdicts.claims_table, _of_numbers(claims_picture), partial=True
    ),
}


def trials_for(experiment: str, data: str, seeds: Sequence[int]) -> list[Trial]:
    """The trials that an experiment needs, seed by seed, none of them twice.

    Parameters
    ----------
    experiment : a key of `EXPERIMENTS`, or "all".
    data : the name of the data set.
    seeds : one whole number a repetition.
    """
    names = EXPERIMENTS if experiment == "all" else (experiment,)
    trials = [t for name in names for seed in seeds for t in EXPERIMENTS[name].trials(data, seed)]
    return list(dict.fromkeys(trials))
