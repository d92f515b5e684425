"""What the rows and the columns of a table are called: made from the keys of their cells."""

from minirelprune.experiments.outputs import scientific
from minirelprune.experiments.paper.cells import TRAINED, Cell
from minirelprune.experiments.paper.names import ACTIVATIONS, CRITERIA
from minirelprune.experiments.paper.published import BETA

SCORED_ON_DATA = ("wanda", "relative_contribution")


def row_label(cell: Cell) -> str:
    """Such as "Wanda, 20%", with the share of the data it is scored on, or "β = 0, w/ s"."""
    trial = cell.trial
    if cell.table == TRAINED:
        return "Trained network"
    if cell.table == 1 and trial.criterion == "relative_contribution":
        options = dict(trial.options)
        beta = scientific(float(options.get("beta", BETA) or 0))
        return f"β = {beta}, {'w/o' if 'layer_factor' in options else 'w/'} s"
    if trial.criterion in SCORED_ON_DATA:
        return f"{CRITERIA[trial.criterion]}, {share(trial.scoring_fraction)}"
    return CRITERIA[trial.criterion]


def column_label(cell: Cell) -> str:
    """What tells the columns of a table apart: the step, the activation, the target, or two."""
    name = ACTIVATIONS[cell.trial.activation]
    activation = name[0].upper() + name[1:]
    step, target = f"{cell.trial.per_round:.0%} per round", f"{cell.target:.0%}"
    return {
        TRAINED: activation,
        1: step,
        2: step,
        3: f"{activation}, {step}",
        4: target,
        5: f"{activation}, {target}",
    }[cell.table]


def share(fraction: float) -> str:
    """A fraction in percent, with a decimal only where it needs one.

    >>> share(0.005), share(0.2)
    ('0.5%', '20%')
    """
    return f"{fraction:.1%}".replace(".0%", "%")
