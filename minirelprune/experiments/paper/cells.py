"""The cells of Tables 1 to 5: what the paper has there, and the trial and the round it asks for.

Tables, claims and the list of what to run are all views of these. A cell is found by its keys (its
table, target and trial); what it is called in a table is in `labels`. To the paper's rows each
table adds what it lacks: a control that is fine-tuned as often but loses no weight (R15), and
random pruning that draws among all weights each round, which may be how the paper's was done (R11).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from minirelprune.experiments.paper import published
from minirelprune.experiments.paper.published import Published
from minirelprune.experiments.trials.repeats import Repeats
from minirelprune.experiments.trials.trial import CONTROL, REDRAWN, Trial, of_seed
from minirelprune.pruning.rounds import Round

TABLES = (1, 2, 3, 4, 5)
EQ_2 = "relative_contribution"  # the paper's own criterion
TRAINED = 0  # the "table" of the trained networks of section 4

# lambda of Eq. (3) in Table 5, by activation. The paper gives none (R12): `lambda_sweep` chose
# these on MNIST's training data over five seeds, and a test holds them to the committed sweep.
OUTPUT_L1 = {"relu": 1e-4, "tanh": 1e-5, "sigmoid": 1e-4}


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its keys, and what the paper has there.

    Parameters
    ----------
    table : 1 to 5, or `TRAINED`.
    trial : that of seed 0, run down to the largest target any table asks of it.
    target : the fraction of pruned weights that the cell is about.
    published : the paper's accuracy in percent; None where it has none, as on other data.
    """

    table: int
    trial: Trial
    target: float
    published: float | None

    @property
    def round(self) -> int:
        """Which round of the trial it shows."""
        return self.trial.round_of(self.target)

    @property
    def column(self) -> tuple[str, float, float]:
        """What the cells of one column share: activation, step and target."""
        return (self.trial.activation, self.trial.per_round, self.target)

    @property
    def row(self) -> tuple[object, ...]:
        """What the cells of one row share: the criterion, its options, and its share of data."""
        return (self.trial.criterion, self.trial.options, self.trial.scoring_fraction)


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


def find(table: int, data: str, **keys: object) -> list[Cell]:
    """The cells of a table that have these keys: the table's target, or a field of the trial.

    >>> [cell.published for cell in find(4, "mnist", criterion="wanda", target=0.75)]
    [90.32]
    """
    target = keys.pop("target", None)
    return [
        cell
        for cell in cells(table, data)
        if target in (None, cell.target)
        and all(getattr(cell.trial, key) == value for key, value in keys.items())
    ]


def trained(data: str, activation: str, *, l1: bool = False) -> Cell:
    """The trained network as a cell: round 0 of a trial that prunes nothing."""
    accuracies = published.DENSE_L1 if l1 else published.DENSE
    output_l1 = OUTPUT_L1[activation] if l1 else 0.0
    trial = Trial(data, 0, activation=activation, output_l1=output_l1)
    return Cell(TRAINED, trial, 0.0, accuracies[activation] if data == published.DATA else None)


def trials_of(asked: Iterable[Cell], seed: int) -> list[Trial]:
    """What some cells need of one seed: the trained networks first, and nothing twice."""
    needed = [cell.trial for cell in asked]
    return of_seed([*(trial.network for trial in needed), *needed], seed)


def rounds_of(cell: Cell, results: Repeats) -> dict[int, Round]:
    """The round a cell asks for, of each seed there is."""
    return {seed: one.rounds[cell.round] for seed, one in results.get(cell.trial, {}).items()}


@lru_cache
def _deepest(data: str) -> dict[Trial, float]:
    """The largest target that any table asks of a trial, which is run down to there."""
    deepest: dict[Trial, float] = {}
    for table in TABLES:
        for cell in _shallow(table, data):
            deepest[cell.trial] = max(cell.target, deepest.get(cell.trial, 0))
    return deepest


def _shallow(table: int, data: str) -> Iterator[Cell]:
    """The cells with trials that have no target yet."""
    paper = [row for row in published.tables() if row.table == table]
    yield from (_cell(row, data) for row in paper)
    columns = {(row.activation, row.per_round, row.target): row for row in paper}
    for criterion in (REDRAWN, CONTROL):
        for row in columns.values():
            added = row._replace(criterion=criterion, options=(), scoring_fraction=None)
            yield replace(_cell(added, data), published=None)


def _cell(row: Published, data: str) -> Cell:
    trial = Trial(
        data,
        0,
        activation=row.activation,
        output_l1=OUTPUT_L1[row.activation] if row.output_l1 else 0.0,
        criterion=row.criterion,
        options=row.options,
        scoring_fraction=1.0 if row.scoring_fraction is None else row.scoring_fraction,
        per_round=row.per_round,
    )
    return Cell(row.table, trial, row.target, row.accuracy if data == published.DATA else None)
