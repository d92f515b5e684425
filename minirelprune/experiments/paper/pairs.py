"""Which cells a claim compares: pairs of cells, the first of which is said to be better."""

from dataclasses import replace

from minirelprune.experiments.paper.cells import EQ_2, Cell, find, trained
from minirelprune.experiments.trials.trial import CONTROL, Option

Pair = tuple[Cell, Cell]  # the one said to be better, and the other


def beats_option(data: str, options: tuple[Option, ...]) -> list[Pair]:
    """The paper's choice against another in Table 1, column by column."""
    return [
        (cell, _one(1, data, options=options, per_round=cell.trial.per_round))
        for cell in find(1, data, criterion=EQ_2, options=())
    ]


def beats(table: int, data: str, *criteria: str, **keys: object) -> list[Pair]:
    """Eq. (2) against other criteria, in every cell of the table with these keys.

    A criterion that looks at data is scored on the same share of it.
    """
    return [
        (cell, _rival(cell, criterion))
        for criterion in criteria
        for cell in find(table, data, criterion=EQ_2, **keys)
    ]


def beats_every_share(data: str, scoring_fraction: float) -> list[Pair]:
    """Eq. (2) on one share of the data against magnitude, and Wanda on every share."""
    return [
        (cell, rival)
        for cell in find(2, data, criterion=EQ_2, scoring_fraction=scoring_fraction)
        for rival in find(2, data, per_round=cell.trial.per_round)
        if rival.trial.criterion in ("magnitude", "wanda")
    ]


def beats_trained(data: str) -> list[Pair]:
    """Eq. (2) at 75% in Table 4 against the trained network, which had no fine-tuning."""
    return [(_at_75(data, EQ_2), trained(data, "relu"))]


def beats_control(data: str) -> list[Pair]:
    """Eq. (2) at 75% in Table 4 against the control, which had the same fine-tuning."""
    return [(_at_75(data, EQ_2), _at_75(data, CONTROL))]


def beats_steps(data: str, per_round: float, other: float) -> list[Pair]:
    """Eq. (2) in Table 2, on all the data, in steps of one size against another."""
    steps = (per_round, other)
    one, two = (_one(2, data, criterion=EQ_2, scoring_fraction=1.0, per_round=k) for k in steps)
    return [(one, two)]


def with_and_without_l1(data: str, activation: str, target: float) -> list[Pair]:
    """Eq. (2) in Table 5, on all the data, against the same without the L1 term.

    The paper has the other side at 50% only, by 25% per round in Tables 2 and 3.
    """
    keys = {"criterion": EQ_2, "scoring_fraction": 1.0, "activation": activation}
    cell = _one(5, data, target=target, **keys)
    step = cell.trial.per_round
    elsewhere = [c for t in (2, 3) for c in find(t, data, target=target, per_round=step, **keys)]
    without = replace(cell, trial=replace(cell.trial, output_l1=0.0), published=None)
    if elsewhere:
        without = replace(without, published=elsewhere[0].published)
    return [(cell, without)]


def trained_with_and_without_l1(data: str, activation: str) -> list[Pair]:
    """The trained network with the L1 term against the one without."""
    return [(trained(data, activation, l1=True), trained(data, activation))]


def _rival(cell: Cell, criterion: str) -> Cell:
    """Another criterion's cell in the same column."""
    activation, per_round, target = cell.column
    return _one(
        cell.table,
        cell.trial.data,
        criterion=criterion,
        scoring_fraction=cell.trial.scoring_fraction if criterion == "wanda" else 1.0,
        activation=activation,
        per_round=per_round,
        target=target,
    )


def _at_75(data: str, criterion: str) -> Cell:
    return _one(4, data, criterion=criterion, target=0.75)


def _one(table: int, data: str, **keys: object) -> Cell:
    (cell,) = find(table, data, **keys)
    return cell
