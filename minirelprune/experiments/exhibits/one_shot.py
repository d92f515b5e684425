"""Pruning step by step beside pruning at once, with the same number of epochs.

Alg. 1 by 5% per round trains for 15 epochs on its way to 75%. Compared with a network that is
pruned at once and then trained for one epoch, it has 14 more. Here the network that is pruned at
once has as many epochs, and sees the same minibatches.
"""

from dataclasses import replace

import numpy as np

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.intervals import estimate
from minirelprune.experiments.outputs import Contents, Row, Table
from minirelprune.experiments.paper.cells import EQ_2
from minirelprune.experiments.paper.names import CRITERIA, data_label
from minirelprune.experiments.trials.repeats import Repeats
from minirelprune.experiments.trials.trial import AT_ONCE, CONTROL, Trial, of_seed
from minirelprune.support.arrays import Array

COMPARED = (EQ_2, "wanda", "magnitude", "random")
TARGETS = (0.50, 0.75)
PER_ROUND = 0.05

HEADER = [
    "Pruned",
    "Criterion",
    "Epochs",
    "At once, 1 epoch",
    "At once, all epochs",
    "Step by step",
    "Step by step minus at once, 1 epoch",
    "Step by step minus at once, all epochs",
    "At once, all epochs, minus control",
    "Step by step minus control",
]

NOTE = (
    "The two ways differ in more than the number of rounds. A network that is pruned at once has "
    "all its epochs to recover; step by step, the last weights go before the last epoch."
)


def step_by_step(data: str, criterion: str) -> Trial:
    """The trial of Alg. 1; 50% is one of its rounds."""
    return Trial(data, 0, criterion=criterion, per_round=PER_ROUND, target=max(TARGETS))


def at_once(data: str, criterion: str, target: float) -> Trial:
    """As many epochs, but the whole target is pruned before the first of them."""
    return replace(step_by_step(data, criterion), target=target, schedule=AT_ONCE)


def trials_of(data: str, seed: int) -> list[Trial]:
    """The trials of one seed, the control included."""
    needed = [step_by_step(data, CONTROL)]
    for criterion in COMPARED:
        needed.append(step_by_step(data, criterion))
        needed += [at_once(data, criterion, target) for target in TARGETS]
    return of_seed(needed, seed)


def compute(data: str, results: Repeats) -> Contents:
    """The accuracies, and the paired differences between them, over the seeds a row has."""
    numbers: list[Row] = []
    for target in TARGETS:
        for criterion in COMPARED:
            if tuned := _tuned(data, criterion, target, results):
                epochs = step_by_step(data, criterion).round_of(target)
                place = {"data": data, "criterion": criterion, "target": target}
                numbers.append({**place, "epochs": epochs, **tuned})
    seeds = " to ".join(str(n) for n in sorted({len(row["control"]) for row in numbers}))
    caption = (
        f"Pruning step by step, {PER_ROUND:.0%} per round, and pruning at once with as many epochs "
        f"of fine-tuning and the same minibatches. {data_label(data)}, ReLU, scored on all the "
        f"data. Test accuracy in percent, and differences in percentage points, paired by seed: "
        f"mean ± 95% interval over seeds ({seeds or 'none'}); a single seed has no interval."
    )
    table = Table(caption, HEADER, list(map(_shown, numbers)), NOTE)
    return Contents([table], {"one_shot": list(map(_row, numbers))} if numbers else {})


def _tuned(data: str, criterion: str, target: float, results: Repeats) -> dict[str, Array]:
    """The accuracies that a row compares, each (seeds,), of the seeds that have all of them."""
    whole = step_by_step(data, criterion).round_of(target)
    asked = {
        "at_once_1_epoch": (at_once(data, criterion, target), 1),
        "at_once": (at_once(data, criterion, target), whole),
        "step_by_step": (step_by_step(data, criterion), whole),
        "control": (step_by_step(data, CONTROL), whole),
    }
    found = [results.get(trial, {}) for trial, _ in asked.values()]
    seeds = sorted(set.intersection(*map(set, found)))
    if not seeds:
        return {}
    return {
        name: np.array([results[trial][seed].rounds[k].accuracy_tuned for seed in seeds])
        for name, (trial, k) in asked.items()
    }


def _differences(row: Row) -> dict[str, Array]:
    """What is compared, each (seeds,), in percentage points."""
    return {
        "rounds_and_epochs": row["step_by_step"] - row["at_once_1_epoch"],
        "rounds_alone": row["step_by_step"] - row["at_once"],
        "at_once_minus_control": row["at_once"] - row["control"],
        "step_by_step_minus_control": row["step_by_step"] - row["control"],
    }


def _shown(row: Row) -> list[str]:
    """A line of the table."""
    accuracies = [row[name] for name in ("at_once_1_epoch", "at_once", "step_by_step")]
    return [
        f"{row['target']:.0%}",
        CRITERIA[row["criterion"]],
        str(row["epochs"]),
        *(estimate(values.tolist()).text() for values in accuracies),
        *(estimate(values.tolist()).text("+.2f") for values in _differences(row).values()),
    ]


def _row(row: Row) -> Row:
    """The numbers of a line, as a row of a CSV."""
    numbers = {name: row[name] for name in ("data", "criterion", "target", "epochs")}
    numbers["seeds"] = len(row["control"])
    accuracies = {name: values for name, values in row.items() if name not in numbers}
    for name, values in (accuracies | _differences(row)).items():
        numbers |= estimate(values.tolist()).columns(name)
    return numbers


EXHIBIT = OfTrials(
    name="one_shot",
    sentence="pruning step by step and pruning at once, with the same number of epochs",
    makes=("table", "CSV", "picture"),
    trials=trials_of,
    compute=compute,
    partial=True,
)
