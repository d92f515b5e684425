"""What Tables 1 to 5 share: the published number, the measured one, and how sure it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.intervals import Estimate, estimate
from minirelprune.experiments.outputs import Contents, Row, Table
from minirelprune.experiments.paper.cells import Cell, cells, rounds_of, trials_of
from minirelprune.experiments.paper.labels import column_label, row_label
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.paper.published import DATA
from minirelprune.experiments.trials.repeats import Repeats, tuned
from minirelprune.experiments.trials.trial import CONTROL, Trial
from minirelprune.pruning.rounds import Round

Measured = Mapping[Cell, Mapping[int, Round]]  # a cell -> seed -> the round it asks for


def exhibit(table: int, sentence: str, title: str, *, width: int = 0) -> OfTrials:
    """A table of the paper as an exhibit.

    Parameters
    ----------
    table : 1 to 5.
    sentence : what it shows.
    title : the beginning of its caption.
    width : split it after so many columns; 0 leaves it whole.
    """
    return OfTrials(
        name=f"table{table}",
        sentence=sentence,
        makes=("table", "CSV", "picture"),
        plot="paper_table",
        trials=partial(trials_of_table, table),
        compute=partial(paper_table, table, title=title, width=width),
    )


def trials_of_table(table: int, data: str, seed: int) -> list[Trial]:
    """What a table needs of one seed."""
    return trials_of(cells(table, data), seed)


def paper_table(table: int, data: str, results: Repeats, *, title: str, width: int = 0) -> Contents:
    """A table of the paper: accuracies, those before fine-tuning, and sparsity by layer.

    Parameters
    ----------
    table : 1 to 5.
    data : the name of the data set.
    results : of `repeats`, at least one seed of each trial that the table needs.
    title, width : as for `exhibit`.

    Raises
    ------
    ValueError : a trial is missing.
    """
    measured = {cell: rounds_of(cell, results) for cell in cells(table, data)}
    absent = [cell.trial for cell, rounds in measured.items() if not rounds]
    if absent:
        raise ValueError(f"table {table} lacks {len(absent)} trials, the first: {absent[0]}")
    controls = {c.column: r for c, r in measured.items() if c.trial.criterion == CONTROL}
    caption = f"{title}. {data_in_words(data)}, {seeds_in_words(measured.values())}. {_what(data)}"
    accuracy = _beside_published if data == DATA else partial(_beside_control, controls)
    columns = list(dict.fromkeys(cell.column for cell in measured))
    width = width or len(columns)
    tables = []
    for start in range(0, len(columns), width):
        block = {c: r for c, r in measured.items() if c.column in columns[start : start + width]}
        tables.append(Table(caption, *_pivot(block, accuracy)))
    pruned = {cell: r for cell, r in measured.items() if cell.trial.criterion != CONTROL}
    tables.append(Table("Right after pruning, before fine-tuning.", *_pivot(pruned, _before)))
    layers = "Weights pruned in layers 0, 1 and 2, in percent of the layer's."
    tables.append(Table(layers, *_pivot(pruned, _layers)))
    numbers = [cell_row(c, r) | to_control(r, controls[c.column]) for c, r in measured.items()]
    return Contents(tables, {f"table{table}": numbers})


def cell_row(cell: Cell, rounds: Mapping[int, Round]) -> Row:
    """The numbers of a cell, as a row of a CSV."""
    measured, some = tuned(rounds), list(rounds.values())
    before = estimate([one.accuracy_pruned for one in some])
    return {
        "table": cell.table or "dense",
        "row": row_label(cell),
        "column": column_label(cell),
        **cell.trial.columns,
        "target": cell.target,
        "published": cell.published,
        "measured": round(measured.mean, 4),
        "half_width_95": round(measured.half_width, 4),
        "measured_before_tuning": round(before.mean, 4),
        "sparsity": round(sum(one.sparsity for one in some) / len(some), 6),
        "seeds": measured.n,
    }


def to_control(rounds: Mapping[int, Round], control: Mapping[int, Round]) -> Row:
    """A cell's accuracy minus that of its column's control, paired by seed, in points."""
    paired = _paired(rounds, control)
    return {
        "difference_to_control": round(paired.mean, 4),
        "difference_half_width_95": round(paired.half_width, 4),
    }


def data_in_words(data: str) -> str:
    """The name of the data set, and a warning if it is not the paper's."""
    name = data_label(data)
    return name if data == "mnist" else f"**{name}**, not MNIST as in the paper"


def seeds_in_words(seeds: Iterable[Mapping[int, Round]]) -> str:
    """What the numbers are means of."""
    counts = sorted({len(each) for each in seeds})
    if counts == [1]:
        return "one seed, so a few tenths are no evidence"
    number = str(counts[0]) if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
    return f"mean of {number} seeds ± 95% interval over seeds"


def _what(data: str) -> str:
    """What a cell of a table has; the paper has numbers on MNIST only."""
    control = "difference to the control, paired by seed; the paper has no numbers on this data"
    beside = "published, difference" if data == DATA else control
    return (
        f"Test accuracy in percent after fine-tuning: measured ({beside}). A percentage after a "
        "criterion is the share of the training data it is scored on."
    )


def _pivot(
    measured: Measured, text: Callable[[Cell, Mapping[int, Round]], str]
) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """The header and the rows: what each cell says, where it stands."""
    columns = {cell.column: column_label(cell) for cell in measured}
    rows = {cell.row: row_label(cell) for cell in measured}
    at = {(cell.row, cell.column): text(cell, rounds) for cell, rounds in measured.items()}
    lines = [[name, *(at.get((row, c), "") for c in columns)] for row, name in rows.items()]
    return ["", *columns.values()], lines


def _beside_published(cell: Cell, rounds: Mapping[int, Round]) -> str:
    measured = tuned(rounds)
    if cell.published is None:
        return measured.text()
    difference = measured.mean - cell.published
    return f"{measured.text()} ({cell.published:.2f}, {difference:+.2f})"


def _beside_control(
    controls: Mapping[tuple[str, float, float], Mapping[int, Round]],
    cell: Cell,
    rounds: Mapping[int, Round],
) -> str:
    if cell.trial.criterion == CONTROL:
        return tuned(rounds).text()
    return f"{tuned(rounds).text()} ({_paired(rounds, controls[cell.column]).text('+.2f')})"


def _paired(rounds: Mapping[int, Round], control: Mapping[int, Round]) -> Estimate:
    both = [seed for seed in rounds if seed in control]
    return estimate([rounds[k].accuracy_tuned - control[k].accuracy_tuned for k in both])


def _before(cell: Cell, rounds: Mapping[int, Round]) -> str:
    return estimate([one.accuracy_pruned for one in rounds.values()]).text()


def _layers(cell: Cell, rounds: Mapping[int, Round]) -> str:
    layers = zip(*(one.layer_sparsity for one in rounds.values()), strict=True)
    return " / ".join(f"{100 * sum(shares) / len(shares):.0f}" for shares in layers)
