"""R11: why does random pruning get worse with more rounds, down to 9.80%?

Drawn among the survivors it does not. Drawn each round anew among all weights, it prunes more than
it says; and the round more that Alg. 1 takes in floats (R7), which does nothing to the other
criteria, draws 50% once again.
"""

from collections.abc import Iterator
from dataclasses import replace

from minirelprune.experiments.cells import Cell, cells
from minirelprune.experiments.estimates import rms
from minirelprune.experiments.table import Table, scientific
from minirelprune.experiments.tables import Repeats, rounds_of, tuned
from minirelprune.experiments.trials import Trial
from minirelprune.pruning.schedule import rounds_to


def _random_cells(data: str) -> Iterator[Cell]:
    for cell in (*cells(2, data), *cells(3, data), *cells(5, data)):
        if cell.trial.criterion == "random" and cell.paper is not None:
            yield cell


def _variants(cell: Cell) -> dict[str, Cell]:
    """The cell, and as it is if each round draws anew among all weights; then in floats, too."""
    redraw = (("redraw", "all"),)
    in_table = cells(cell.table, cell.trial.data)
    (redrawn,) = (c for c in in_table if c.column == cell.column and c.trial.options == redraw)
    in_floats = redrawn
    plan = (cell.target, cell.trial.per_round)
    if rounds_to(*plan, "float") > rounds_to(*plan):
        trial = replace(cell.trial, options=redraw, arithmetic="float")
        in_floats = replace(cell, trial=trial)
    return {"survivors": cell, "all": redrawn, "all, in floats": in_floats}


def trials_of(data: str) -> list[Trial]:
    """What the table needs of seed 0."""
    return [one.trial for cell in _random_cells(data) for one in _variants(cell).values()]


def random_table(data: str, results: Repeats) -> Table:
    """The paper's random rows beside the three ways to come by them."""
    rows: list[list[str]] = []
    pairs: dict[str, list[tuple[float, float]]] = {}
    for cell in _random_cells(data):
        found = {name: rounds_of(one, results) for name, one in _variants(cell).items()}
        if not all(found.values()):
            continue
        trial = cell.trial
        name = trial.activation
        if trial.output_l1:
            name += f", λ = {scientific(trial.output_l1)}"
        row = [name, f"{cell.target:.0%}", f"{trial.per_round:.0%}", f"{cell.paper:.2f}"]
        for way, rounds in found.items():
            ours = tuned(rounds)
            pairs.setdefault(way, []).append((ours.mean, cell.paper or 0))
            sparsity = sum(each.sparsity for each in rounds.values()) / len(rounds)
            row.append(f"{ours.text()} at {sparsity:.1%}")
        rows.append(row)
    distance = ", ".join(f"{way} {rms(each):.1f}" for way, each in pairs.items())
    caption = (
        "R11, the random rows of Tables 2, 3 and 5: drawn among the survivors; or each round anew "
        "among all weights, which prunes more than it says; or that with the round more that "
        "subtracting floats takes at 10 and 5% (R7). Distance to the paper's, in points: "
        f"{distance}."
    )
    header = ["Activation", "Target", "A round", "Paper", "Survivors", "All", "All, in floats"]
    return Table(caption, header, rows)
