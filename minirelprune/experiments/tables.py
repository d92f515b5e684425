"""Tables 1 to 5 as views of trials: the paper's number, ours, the difference, how sure ours is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from minirelprune.experiments import published
from minirelprune.experiments.cells import Cell, cells
from minirelprune.experiments.estimates import Estimate, estimate
from minirelprune.experiments.store import Result
from minirelprune.experiments.table import Table
from minirelprune.experiments.trials import Trial
from minirelprune.pruning.pruned import Round

Repeats = Mapping[Trial, Mapping[int, Result]]  # seed 0's trial -> seed -> result


TITLES = {
    1: "Table 1, β and s: ReLU, 50% pruned, scored on 0.5% of the data",
    2: "Table 2, criteria: ReLU, 50% pruned",
    3: "Table 3, activations: 50% pruned",
    4: "Table 4, targets: ReLU, 5% a round, scored on all the data",
    5: "Table 5, pruning-aware training (Eq. 3): 25% a round",
}


def repeats(results: Iterable[Result]) -> Repeats:
    """The results of one configuration together, by seed."""
    grouped: dict[Trial, dict[int, Result]] = {}
    for result in sorted(results, key=lambda result: result.trial.seed):
        grouped.setdefault(replace(result.trial, seed=0), {})[result.trial.seed] = result
    return grouped


def rounds_of(cell: Cell, results: Repeats) -> dict[int, Round]:
    """The round a cell asks for, of each seed there is."""
    return {seed: one.rounds[cell.round] for seed, one in results.get(cell.trial, {}).items()}


def paper_table(number: int, data: str, results: Repeats) -> list[Table]:
    """A table of the paper: accuracies, those before fine-tuning, and sparsity by layer.

    Parameters
    ----------
    number : 1 to 5.
    data : the name of the data set.
    results : of `repeats`, at least one seed of each trial that the table needs.

    Returns
    -------
    Three kinds of tables, the first one split by activation where it would be too wide; the tidy
    numbers of all of them are with the first.

    Raises
    ------
    ValueError : a trial is missing.
    """
    measured = {cell: rounds_of(cell, results) for cell in cells(number, data)}
    absent = [cell.trial for cell, rounds in measured.items() if not rounds]
    if absent:
        raise ValueError(f"table {number} lacks {len(absent)} trials, the first: {absent[0]}")
    title = f"{TITLES[number]}. {_data(data)}, {_seeds(measured.values())}"
    tidy = [_tidy(cell, rounds) for cell, rounds in measured.items()]
    tables: list[Table] = []
    for columns in _blocks(number, measured):
        block = {cell: r for cell, r in measured.items() if cell.column in columns}
        caption = (
            f"{title}. Test accuracy in percent after fine-tuning: ours (the paper's, difference)."
        )
        tables.append(Table(caption, *_pivot(block, _accuracy), tidy if not tables else []))
    before = {cell: r for cell, r in measured.items() if cell.trial.criterion != "none"}
    tables.append(Table("Right after pruning, before fine-tuning.", *_pivot(before, _before)))
    tables.append(
        Table(
            "Weights pruned in the first, second and third layer, in percent of the layer's.",
            *_pivot(before, _layers),
        )
    )
    return tables


def dense_table(data: str, results: Repeats) -> list[Table]:
    """The four trained networks of section 4, nothing pruned, beside the paper's."""
    rows, tidy = [], []
    for activation, paper in published.DENSE.items():
        cell = Cell(0, activation, "", Trial(data, 0, activation=activation), 0, paper)
        rounds = rounds_of(cell, results)
        ours = tuned(rounds)
        rows.append([activation, f"{paper:.2f}", ours.text(), f"{ours.mean - paper:+.2f}"])
        tidy.append(_tidy(cell, rounds))
    caption = (
        f"Trained networks, nothing pruned. {_data(data)}, {_seeds([rounds])}. "
        "Test accuracy in percent after 10 epochs at a learning rate of 1e-3."
    )
    return [Table(caption, ["Activation", "Paper", "Measured", "Difference"], rows, tidy)]


def _blocks(number: int, measured: Iterable[Cell]) -> list[list[str]]:
    """The columns, in groups that fit a page: Table 3's by activation."""
    columns = list(dict.fromkeys(cell.column for cell in measured))
    return [columns[k : k + 4] for k in range(0, len(columns), 4)] if number == 3 else [columns]


def _pivot(
    measured: Mapping[Cell, dict[int, Round]], text: Callable[[Cell, Mapping[int, Round]], str]
) -> tuple[list[str], list[list[str]]]:
    columns = list(dict.fromkeys(cell.column for cell in measured))
    rows = list(dict.fromkeys(cell.row for cell in measured))
    at = {(cell.row, cell.column): text(cell, rounds) for cell, rounds in measured.items()}
    return ["", *columns], [[row, *(at.get((row, c), "") for c in columns)] for row in rows]


def tuned(rounds: Mapping[int, Round]) -> Estimate:
    """The accuracy after fine-tuning, over seeds."""
    return estimate([one.accuracy_tuned for one in rounds.values()])


def _accuracy(cell: Cell, rounds: Mapping[int, Round]) -> str:
    ours = tuned(rounds)
    if cell.paper is None:
        return ours.text()
    return f"{ours.text()} ({cell.paper:.2f}, {ours.mean - cell.paper:+.2f})"


def _before(cell: Cell, rounds: Mapping[int, Round]) -> str:
    return estimate([one.accuracy_pruned for one in rounds.values()]).text()


def _layers(cell: Cell, rounds: Mapping[int, Round]) -> str:
    layers = zip(*(one.layer_sparsity for one in rounds.values()), strict=True)
    return " / ".join(f"{100 * sum(shares) / len(shares):.0f}" for shares in layers)


def _tidy(cell: Cell, rounds: Mapping[int, Round]) -> dict[str, object]:
    ours, trial = tuned(rounds), cell.trial
    before = estimate([one.accuracy_pruned for one in rounds.values()])
    some = list(rounds.values())
    return {
        "table": cell.table or "dense",
        "row": cell.row,
        "column": cell.column,
        **trial.columns,
        "target": cell.target,
        "paper": cell.paper,
        "accuracy": round(ours.mean, 4),
        "half_width_95": round(ours.half_width, 4),
        "accuracy_before_tuning": round(before.mean, 4),
        "sparsity": round(sum(one.sparsity for one in some) / len(some), 6),
        "seeds": ours.n,
    }


def _data(data: str) -> str:
    return "MNIST" if data == "mnist" else f"**{data}**, not MNIST as the paper's"


def _seeds(seeds: Iterable[Sequence[int] | Mapping[int, Round]]) -> str:
    counts = sorted({len(each) for each in seeds})
    if counts == [1]:
        return "one seed, so a few tenths are no evidence"
    number = str(counts[0]) if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
    return f"mean of {number} seeds ± 95% interval"
