"""What the paper says its tables show, as pairs of cells: one is said to be better than the other.

`verdicts` compares them. The sentences are ours; each begins with where the paper has it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from minirelprune.experiments import published
from minirelprune.experiments.cells import OUTPUT_L1, Cell, cells
from minirelprune.experiments.trials import Trial

Pair = tuple[Cell, Cell]  # the one said to be better, and the other


@dataclass(frozen=True)
class Claim:
    """A sentence, in our words, of what a table is said to show; and what it compares."""

    sentence: str
    pairs: Sequence[Pair]


def claims(data: str) -> list[Claim]:
    """The claims of section 4, table by table, and two of ours that make them fair."""
    return [
        Claim("Table 1: β = 1e-7 beats β = 0", _rows(1, data, "β = 1e-7, w/ s", "β = 0, w/ s")),
        Claim(
            "Table 1: β = 1e-7 beats β = 1e-5", _rows(1, data, "β = 1e-7, w/ s", "β = 1e-5, w/ s")
        ),
        Claim(
            "Table 1: the layer factor s helps",
            _rows(1, data, "β = 1e-7, w/ s", "β = 1e-7, w/o s"),
        ),
        Claim("Table 2: ours beats Wanda, scored on the same share", _like(2, data, "wanda")),
        Claim("Table 2: ours beats magnitude, on any share", _like(2, data, "magnitude")),
        Claim("Table 2: ours beats random, on any share", _like(2, data, "random")),
        Claim(
            "Table 2: 2% of the data is enough for ours to beat magnitude and every Wanda",
            _best(data, "Ours (2%)"),
        ),
        *(
            Claim(
                f"Table 3: with {published.NAMES[activation]}, ours beats {name}",
                _like(3, data, other, activation=activation),
            )
            for activation in ("leaky_relu", "sigmoid", "tanh")
            for other, name in (("magnitude", "magnitude"), ("wanda", "Wanda"))
        ),
        Claim(
            "Table 4: at 75%, ours beats magnitude and Wanda",
            [*_like(4, data, "magnitude", column="75%"), *_like(4, data, "wanda", column="75%")],
        ),
        Claim(
            "Table 4: ours at 75% beats the trained network it came from",
            [(_ours_at_75(data), _dense(data, "relu"))],
        ),
        Claim(
            "(added) ours at 75% beats the control, as often fine-tuned but not pruned",
            [(_ours_at_75(data), _find(4, data, "Control: nothing pruned", "75%"))],
        ),
        Claim(
            "(added) more rounds help: ours at 50% by 5% a round beats 25% a round",
            [
                (
                    _find(2, data, "Ours (100%)", "5% a round"),
                    _find(2, data, "Ours (100%)", "25% a round"),
                )
            ],
        ),
        Claim("Table 5: with the L1 term, ours beats magnitude", _like(5, data, "magnitude")),
        Claim("Table 5: with the L1 term, ours beats Wanda", _like(5, data, "wanda")),
        *(
            Claim(
                f"Table 5: the L1 term helps ours at 75%, {published.NAMES[activation]}",
                [_with_and_without_l1(data, activation)],
            )
            for activation in published.DENSE_L1
        ),
        *(
            Claim(
                "Table 5: the L1 term makes the trained network better, "
                f"{published.NAMES[activation]}",
                [(_dense(data, activation, l1=True), _dense(data, activation))],
            )
            for activation in published.DENSE_L1
        ),
    ]


def trials_of(data: str, seed: int) -> list[Trial]:
    """What the claims need of one seed: nearly all of it is in the tables too."""
    needed = [cell.trial for claim in claims(data) for pair in claim.pairs for cell in pair]
    needed = [replace(trial, seed=seed) for trial in needed]
    return list(dict.fromkeys([*(trial.network for trial in needed), *needed]))


def _where(
    table: int, data: str, keep: Callable[[Cell], bool], column: str | None = None
) -> Iterator[Cell]:
    for cell in cells(table, data):
        if keep(cell) and column in (None, cell.column):
            yield cell


def _find(table: int, data: str, row: str, column: str) -> Cell:
    (cell,) = _where(table, data, lambda cell: cell.row == row, column)
    return cell


def _rows(table: int, data: str, better: str, other: str) -> list[Pair]:
    """One row against another, column by column."""
    return [
        (cell, _find(table, data, other, cell.column))
        for cell in _where(table, data, lambda cell: cell.row == better)
    ]


def _like(
    table: int,
    data: str,
    criterion: str,
    *,
    activation: str | None = None,
    column: str | None = None,
) -> list[Pair]:
    """Ours against another criterion, scored on the same share of the data if it looks at any."""
    ours = _where(
        table,
        data,
        lambda c: c.trial.criterion == "ours" and activation in (None, c.trial.activation),
        column,
    )
    return [(cell, _rival(cell, table, data, criterion)) for cell in ours]


def _rival(cell: Cell, table: int, data: str, criterion: str) -> Cell:
    share = cell.trial.scoring_fraction if criterion == "wanda" else 1.0
    (rival,) = _where(
        table,
        data,
        lambda c: (
            c.paper is not None
            and c.trial.criterion == criterion
            and c.trial.scoring_fraction == share
        ),
        cell.column,
    )
    return rival


def _best(data: str, row: str) -> list[Pair]:
    """A row of ours against magnitude, and Wanda on every share of the data."""
    return [
        (cell, rival)
        for cell in _where(2, data, lambda c: c.row == row)
        for rival in _where(
            2, data, lambda c: c.trial.criterion in ("magnitude", "wanda"), cell.column
        )
    ]


def _ours_at_75(data: str) -> Cell:
    return _find(4, data, "Ours (100%)", "75%")


def _dense(data: str, activation: str, *, l1: bool = False) -> Cell:
    """The trained network as a cell: round 0 of a trial that prunes nothing."""
    paper = (published.DENSE_L1 if l1 else published.DENSE)[activation]
    trial = Trial(data, 0, activation=activation, output_l1=OUTPUT_L1[activation] if l1 else 0.0)
    return Cell(5 if l1 else 0, "trained network", "", trial, 0.0, paper)


def _with_and_without_l1(data: str, activation: str) -> Pair:
    wanted = ("Ours (100%)", 0.75, activation)
    (cell,) = _where(5, data, lambda c: (c.row, c.target, c.trial.activation) == wanted)
    return cell, replace(cell, trial=replace(cell.trial, output_l1=0.0), paper=None)
