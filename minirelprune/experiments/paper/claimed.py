"""What the paper says its tables show, as pairs of cells: one is said to be better than the other.

`exhibits/claims.py` compares them. The sentences are not the paper's own; each begins with the
table it is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from minirelprune.experiments.paper import published
from minirelprune.experiments.paper.cells import EQ_2, Cell, find, trained
from minirelprune.experiments.paper.names import ACTIVATIONS

NO_S, BETA_0, BETA_1E_5 = (("layer_factor", None),), (("beta", 0.0),), (("beta", 1e-5),)

Pair = tuple[Cell, Cell]  # the one said to be better, and the other


@dataclass(frozen=True)
class Claim:
    """A sentence on what a table is said to show; and the cells that it compares."""

    sentence: str
    pairs: Sequence[Pair]


def claims(data: str) -> list[Claim]:
    """The claims of section 4, table by table, and two added ones that make them fair."""
    return [
        Claim("Table 1: β = 1e-7 beats β = 0", _beats_option(data, BETA_0)),
        Claim("Table 1: β = 1e-7 beats β = 1e-5", _beats_option(data, BETA_1E_5)),
        Claim("Table 1: the layer factor s helps", _beats_option(data, NO_S)),
        Claim("Table 2: Eq. (2) beats Wanda, scored on the same share", _beats(2, data, "wanda")),
        Claim("Table 2: Eq. (2) beats magnitude, on any share", _beats(2, data, "magnitude")),
        Claim("Table 2: Eq. (2) beats random, on any share", _beats(2, data, "random")),
        Claim(
            "Table 2: 2% of the data is enough for Eq. (2) to beat magnitude and every Wanda",
            _beats_every_share(data, scoring_fraction=0.02),
        ),
        *(
            Claim(
                f"Table 3: with {ACTIVATIONS[activation]}, Eq. (2) beats {name}",
                _beats(3, data, other, activation=activation),
            )
            for activation in ("leaky_relu", "sigmoid", "tanh")
            for other, name in (("magnitude", "magnitude"), ("wanda", "Wanda"))
        ),
        Claim(
            "Table 4: at 75%, Eq. (2) beats magnitude and Wanda",
            [*_beats(4, data, "magnitude", target=0.75), *_beats(4, data, "wanda", target=0.75)],
        ),
        Claim(
            "Table 4: Eq. (2) at 75% beats the trained network it came from",
            [(_at_75(data, EQ_2), trained(data, "relu"))],
        ),
        Claim(
            "(added) Eq. (2) at 75% beats the control, as often fine-tuned but not pruned",
            [(_at_75(data, EQ_2), _at_75(data, "none"))],
        ),
        Claim(
            "(added) more rounds help: Eq. (2) at 50% by 5% per round beats 25% per round",
            [(_of_table_2(data, per_round=0.05), _of_table_2(data, per_round=0.25))],
        ),
        Claim("Table 5: with the L1 term, Eq. (2) beats magnitude", _beats(5, data, "magnitude")),
        Claim("Table 5: with the L1 term, Eq. (2) beats Wanda", _beats(5, data, "wanda")),
        *(
            Claim(
                f"Table 5: the L1 term helps Eq. (2) at 75%, {ACTIVATIONS[activation]}",
                [_with_and_without_l1(data, activation)],
            )
            for activation in published.DENSE_L1
        ),
        *(
            Claim(
                f"Table 5: the L1 term makes the trained network better, {ACTIVATIONS[activation]}",
                [(trained(data, activation, l1=True), trained(data, activation))],
            )
            for activation in published.DENSE_L1
        ),
    ]


def _one(table: int, data: str, **keys: object) -> Cell:
    (cell,) = find(table, data, **keys)
    return cell


def _beats_option(data: str, options: tuple[tuple[str, float | None], ...]) -> list[Pair]:
    """The paper's choice against another in Table 1, column by column."""
    return [
        (cell, _one(1, data, options=options, per_round=cell.trial.per_round))
        for cell in find(1, data, criterion=EQ_2, options=())
    ]


def _beats(table: int, data: str, criterion: str, **keys: object) -> list[Pair]:
    """Eq. (2) against another criterion, scored on the same share of the data if it looks at any.

    In every cell of the table with these keys.
    """
    return [
        (
            cell,
            _rival(cell, criterion, cell.trial.scoring_fraction if criterion == "wanda" else 1.0),
        )
        for cell in find(table, data, criterion=EQ_2, **keys)
    ]


def _rival(cell: Cell, criterion: str, scoring_fraction: float) -> Cell:
    """Another criterion's cell in the same column."""
    activation, per_round, target = cell.column
    return _one(
        cell.table,
        cell.trial.data,
        criterion=criterion,
        scoring_fraction=scoring_fraction,
        activation=activation,
        per_round=per_round,
        target=target,
    )


def _beats_every_share(data: str, scoring_fraction: float) -> list[Pair]:
    """Eq. (2) on one share of the data against magnitude, and Wanda on every share."""
    return [
        (cell, rival)
        for cell in find(2, data, criterion=EQ_2, scoring_fraction=scoring_fraction)
        for rival in find(2, data, per_round=cell.trial.per_round)
        if rival.trial.criterion in ("magnitude", "wanda")
    ]


def _at_75(data: str, criterion: str) -> Cell:
    return _one(4, data, criterion=criterion, target=0.75)


def _of_table_2(data: str, per_round: float) -> Cell:
    return _one(2, data, criterion=EQ_2, scoring_fraction=1.0, per_round=per_round)


def _with_and_without_l1(data: str, activation: str) -> Pair:
    keys = {"criterion": EQ_2, "scoring_fraction": 1.0, "activation": activation}
    cell = _one(5, data, target=0.75, **keys)
    return cell, replace(cell, trial=replace(cell.trial, output_l1=0.0), published=None)
