"""The cells of Tables 1 to 5: what the paper has there, and the trial and the round it asks for.

Tables, claims and the list of what to run are all views of these. To the paper's rows each table
adds what it lacks: a control that is fine-tuned as often but loses no weight (R15), and random
pruning that draws among all weights each round, which may be how the paper's own was done (R11).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from minirelprune.experiments import published
from minirelprune.experiments.trials import Option, Trial

# lambda of Eq. (3), by activation: the best of `sweep.LAMBDAS` above 0 on held-out training data
# over five seeds, as figures/lambda.md shows.
OUTPUT_L1 = {"relu": 1e-4, "tanh": 1e-5, "sigmoid": 1e-4}

# What Table 1 calls its rows, and what that is here. Its "w/o s" is s = 1 in every layer.
TABLE1: dict[str, tuple[Option, ...]] = {
    "ours beta=1e-07 s=0": (("layer_factor", None),),
    "ours beta=0 s=1": (("beta", 0.0),),
    "ours beta=1e-05 s=1": (("beta", 1e-5),),
    "ours beta=1e-07 s=1": (),
}

ROWS = {
    "random": "Random",
    "random, all": "Random, redrawn over all weights",
    "magnitude": "Magnitude",
    "wanda": "Wanda",
    "ours": "Ours",
    "none": "Control: nothing pruned",
    "ours beta=1e-07 s=0": "β = 1e-7, w/o s",
    "ours beta=0 s=1": "β = 0, w/ s",
    "ours beta=1e-05 s=1": "β = 1e-5, w/ s",
    "ours beta=1e-07 s=1": "β = 1e-7, w/ s",
}
ADDED = ("random, all", "none")


@dataclass(frozen=True)
class Cell:
    """One cell of a table: where it stands, the round of which trial it shows, what the paper has.

    `trial` is that of seed 0.
    """

    table: int
    row: str
    column: str
    trial: Trial
    target: float
    paper: float | None

    @property
    def round(self) -> int:
        """Which round of the trial it shows."""
        return self.trial.round_of(self.target)


@lru_cache
def cells(table: int, data: str) -> tuple[Cell, ...]:
    """The cells of a table, row by row, for a data set.

    Parameters
    ----------
    table : 1 to 5.
    data : the name of the data set.
    """
    deepest = _deepest(data)
    return tuple(
        replace(cell, trial=replace(cell.trial, target=deepest[cell.trial]))
        for cell in _shallow(table, data)
    )


def trials_of(table: int, data: str, seed: int) -> list[Trial]:
    """What a table needs of one seed: the trained networks first, and nothing twice."""
    needed = [replace(cell.trial, seed=seed) for cell in cells(table, data)]
    return list(dict.fromkeys([*(trial.network for trial in needed), *needed]))


@lru_cache
def _deepest(data: str) -> dict[Trial, float]:
    """The largest target that any table asks of a trial, which is run down to there."""
    deepest: dict[Trial, float] = {}
    for table in range(1, 6):
        for cell in _shallow(table, data):
            deepest[cell.trial] = max(cell.target, deepest.get(cell.trial, 0))
    return deepest


def _shallow(table: int, data: str) -> Iterator[Cell]:
    """The cells with trials that have no target yet."""
    paper = [row for row in published.tables() if row.table == table]
    yield from (_cell(row, row.method, row.accuracy, data) for row in paper)
    for method in ADDED:
        for row in _columns(paper):
            yield _cell(row._replace(scoring_fraction=None), method, None, data)


def _columns(paper: Iterable[published.Published]) -> list[published.Published]:
    """One published cell of each column."""
    return list({(row.activation, row.per_round, row.target): row for row in paper}.values())


def _cell(row: published.Published, method: str, paper: float | None, data: str) -> Cell:
    criterion = method.partition(" ")[0].rstrip(",")
    options = TABLE1.get(method, (("redraw", "all"),) if method == "random, all" else ())
    trial = Trial(
        data,
        0,
        activation=row.activation,
        output_l1=OUTPUT_L1[row.activation] if row.output_l1 else 0.0,
        criterion=criterion,
        options=options,
        scoring_fraction=row.scoring_fraction or 1.0,
        per_round=row.per_round,
    )
    name = ROWS[method]
    if row.table != 1 and row.scoring_fraction is not None:
        name += f" ({row.scoring_fraction:.1%})".replace(".0%", "%")
    return Cell(row.table, name, _column(row), trial, row.target, paper)


def _column(row: published.Published) -> str:
    name = published.NAMES[row.activation]
    activation = name[0].upper() + name[1:]
    if row.table in (1, 2):
        return f"{row.per_round:.0%} a round"
    if row.table == 3:
        return f"{activation}, {row.per_round:.0%} a round"
    if row.table == 4:
        return f"{row.target:.0%}"
    return f"{activation}, {row.target:.0%}"
