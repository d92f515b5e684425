"""R11: why does random pruning get worse with more rounds, down to 9.80%?

Drawn among the survivors it does not. Drawn each round anew among all weights, it prunes more than
it says; and the extra round that Alg. 1 takes in floats (R7), which does nothing to the other
criteria, draws 50% once again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.exhibits.paper_table import data_in_words
from minirelprune.experiments.intervals import rms
from minirelprune.experiments.outputs import Contents, Row, Table, scientific
from minirelprune.experiments.paper.cells import Cell, find, rounds_of
from minirelprune.experiments.paper.published import DATA
from minirelprune.experiments.trials.repeats import Repeats, tuned
from minirelprune.experiments.trials.trial import REDRAWN, Trial, of_seed
from minirelprune.pruning.rounds import Round
from minirelprune.pruning.schedule import rounds_to

WAYS = {
    "survivors": "Among survivors",
    "all": "Among all weights",
    "all_in_floats": "Among all, in floats",
}


def random_cells(data: str) -> list[Cell]:
    """The paper's random rows: of Tables 2, 3 and 5."""
    return [cell for table in (2, 3, 5) for cell in find(table, data, criterion="random")]


def variants(cell: Cell) -> dict[str, Cell]:
    """The cell by each of `WAYS`; in floats only where these take a round more."""
    (redrawn,) = (
        other
        for other in find(cell.table, cell.trial.data, criterion=REDRAWN)
        if other.column == cell.column
    )
    in_floats = redrawn
    plan = (cell.target, cell.trial.per_round)
    if rounds_to(*plan, "float") > rounds_to(*plan):
        trial = replace(cell.trial, criterion=REDRAWN, arithmetic="float")
        in_floats = replace(redrawn, trial=trial)
    return dict(zip(WAYS, (cell, redrawn, in_floats), strict=True))


def trials_of(data: str, seed: int) -> list[Trial]:
    """What the table needs of one seed."""
    trials = (way.trial for cell in random_cells(data) for way in variants(cell).values())
    return of_seed(trials, seed)


def compute(data: str, results: Repeats) -> Contents:
    """The published random rows, which are of MNIST only, beside the three ways to come by them."""
    rows, numbers = [], []
    for cell in random_cells(data):
        found = {way: rounds_of(one, results) for way, one in variants(cell).items()}
        if all(found.values()):
            numbers.append(_numbers(cell, found))
            rows.append(_shown(cell, found))
    caption = (
        "R11, the random rows of Tables 2, 3 and 5: drawn among the survivors; or each round anew "
        "among all weights, which prunes more than it says; or that with the extra round that "
        f"subtracting floats takes at 10 and 5% (R7). {data_in_words(data)}: accuracy in percent, "
        f"mean over seeds ± 95% interval over seeds.{_distances(data, numbers)}"
    )
    published = ["Published"] * (data == DATA)
    header = ["Activation", "Target", "Per round", *published, *WAYS.values()]
    return Contents([Table(caption, header, rows)], {"random_rows": numbers} if numbers else {})


def _distances(data: str, numbers: Sequence[Row]) -> str:
    """How far each way is from the published rows, as a sentence; "" where there are none."""
    if data != DATA or not numbers:
        return ""
    each = [
        f"{name.lower()} {rms([(row[way], row['published']) for row in numbers]):.1f}"
        for way, name in WAYS.items()
    ]
    return f" Root-mean-square distance to the published numbers, in points: {', '.join(each)}."


def _shown(cell: Cell, found: Mapping[str, Mapping[int, Round]]) -> list[str]:
    trial = cell.trial
    lam = f", λ = {scientific(trial.output_l1)}" if trial.output_l1 else ""
    place = [trial.activation + lam, f"{cell.target:.0%}", f"{trial.per_round:.0%}"]
    texts = [f"{tuned(r).text()} at {_sparsity(r):.1%}" for r in found.values()]
    published = [] if cell.published is None else [f"{cell.published:.2f}"]
    return [*place, *published, *texts]


def _numbers(cell: Cell, found: Mapping[str, Mapping[int, Round]]) -> Row:
    trial = cell.trial
    row: Row = {
        "data": trial.data,
        "activation": trial.activation,
        "output_l1": trial.output_l1,
        "target": cell.target,
        "per_round": trial.per_round,
        "published": cell.published,
    }
    for way, rounds in found.items():
        measured = tuned(rounds)
        row |= measured.columns(way) | {f"{way}_sparsity": round(_sparsity(rounds), 6)}
    return row


def _sparsity(rounds: Mapping[int, Round]) -> float:
    return sum(one.sparsity for one in rounds.values()) / len(rounds)


EXHIBIT = OfTrials(
    name="random_rows",
    sentence="R11: three ways to prune at random, beside the published random rows",
    makes=("table", "CSV"),
    trials=trials_of,
    compute=compute,
)
