"""Which criterion is best where it matters: from 50 to 98% pruned, at once and step by step.

At 50% nearly every criterion keeps the accuracy, so that tables at 50% hardly tell them apart. Here
all of them have the same budget: they score on the same 2% of the training images (on all of
scikit-learn's digits), and after each pruning the network is fine-tuned for one epoch with the same
minibatches.

The rows below Eq. (2) are Eq. (1) with one thing changed, to see which part of it matters.
"""

from collections.abc import Sequence
from functools import partial

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.exhibits.entrants import ENTRANTS, PROPOSED, RIVALS, Entrant
from minirelprune.experiments.intervals import Estimate, estimate
from minirelprune.experiments.outputs import Contents, Row, Table
from minirelprune.experiments.paper.names import ACTIVATIONS, data_label
from minirelprune.experiments.trials.repeats import Repeats
from minirelprune.experiments.trials.trial import Trial, of_seed

AT_ONCE = (0.50, 0.75, 0.90, 0.95, 0.98)  # each in one round
BY_STEPS = (0.75, 0.90)  # two rounds of the six that lead to the larger one
STEP = 0.15
SHARE = 0.02  # of the training images, to score on
SHARES = {"sklearn-digits": 1.0}  # where there are few of them
JUDGED = 0.90  # and above: the differences are paired by seed there


def exhibit(name: str, activation: str, sentence: str) -> OfTrials:
    """The comparison with one activation of the hidden layers, as an exhibit."""
    return OfTrials(
        name=name,
        sentence=sentence,
        makes=("table", "CSV", "picture"),
        plot="high_sparsity",
        trials=partial(trials_of, activation=activation),
        compute=partial(compute, name=name, activation=activation),
        partial=True,
    )


def at_once(data: str, entrant: Entrant, target: float, activation: str = "relu") -> Trial:
    """Everything is pruned in one round, which one epoch follows."""
    return _trial(data, entrant, target, target, activation)


def by_steps(data: str, entrant: Entrant, activation: str = "relu") -> Trial:
    """Six rounds, and six epochs."""
    return _trial(data, entrant, max(BY_STEPS), STEP, activation)


def _trial(data: str, entrant: Entrant, target: float, per_round: float, activation: str) -> Trial:
    return Trial(
        data,
        0,
        activation=activation,
        criterion=entrant.criterion,
        options=entrant.options,
        scope=entrant.scope,
        scoring_fraction=SHARES.get(data, SHARE),
        per_round=per_round,
        target=target,
    )


def trials_of(data: str, seed: int, activation: str = "relu") -> list[Trial]:
    """The trials of one seed."""
    once = [at_once(data, one, target, activation) for one in ENTRANTS for target in AT_ONCE]
    return of_seed([*once, *(by_steps(data, one, activation) for one in ENTRANTS)], seed)


def accuracies(
    data: str, entrant: Entrant, results: Repeats, activation: str = "relu"
) -> dict[str, dict[int, float]]:
    """The accuracy of each column, by seed: at once, at once and not tuned, and step by step."""
    found: dict[str, dict[int, float]] = {}
    for target in AT_ONCE:
        each = results.get(at_once(data, entrant, target, activation), {})
        found[f"at_once_{target:.0%}"] = {k: r.rounds[1].accuracy_tuned for k, r in each.items()}
        found[f"untuned_{target:.0%}"] = {k: r.rounds[1].accuracy_pruned for k, r in each.items()}
    trial = by_steps(data, entrant, activation)
    each = results.get(trial, {})
    for target in BY_STEPS:
        k = trial.round_of(target)
        name = f"by_steps_{target:.0%}"
        found[name] = {seed: r.rounds[k].accuracy_tuned for seed, r in each.items()}
    return found


def compute(
    data: str, results: Repeats, name: str = "high_sparsity", activation: str = "relu"
) -> Contents:
    """The accuracies of all criteria, and how far the best of them are apart."""
    found = {one.label: accuracies(data, one, results, activation) for one in ENTRANTS}
    rows = [_row(data, activation, one, found[one.label]) for one in ENTRANTS]
    rows = [row for row in rows if row["seeds"]]
    if not rows:
        return Contents()
    share = SHARES.get(data, SHARE)
    where = f"{data_label(data)}, {ACTIVATIONS[activation]}, scored on {share:.0%} of the training "
    where += "images"
    interval = "Test accuracy in percent: mean ± 95% interval over seeds."
    tables = [
        _table(
            f"Pruned at once, then one epoch of fine-tuning. {where}. {interval}", "at_once", rows
        ),
        _table(
            f"Pruned step by step, {STEP:.0%} per round with one epoch each. {where}. {interval}",
            "by_steps",
            rows,
        ),
        _table(f"Pruned at once, not fine-tuned. {where}. {interval}", "untuned", rows),
        _differences(found),
    ]
    return Contents(tables, {name: rows})


def _columns(kind: str) -> list[str]:
    targets = BY_STEPS if kind == "by_steps" else AT_ONCE
    return [f"{kind}_{target:.0%}" for target in targets]


def _row(data: str, activation: str, entrant: Entrant, found: dict[str, dict[int, float]]) -> Row:
    row: Row = {
        "data": data,
        "activation": activation,
        "label": entrant.label,
        "kind": entrant.kind,
        "seeds": min(len(each) for each in found.values()),
    }
    for name, each in found.items():
        one = estimate([*each.values()]) if each else Estimate(float("nan"), float("nan"), 0)
        row |= one.columns(name)
    return row


def _table(caption: str, kind: str, rows: Sequence[Row]) -> Table:
    """One line per criterion, the best at the largest share but one first."""
    columns = _columns(kind)
    by = columns[-2] if len(columns) > 2 else columns[-1]
    lines = [
        [row["label"], *(Estimate.of(row, name).text() for name in columns)]
        for row in sorted(rows, key=lambda row: -row[by])
    ]
    return Table(caption, ["Criterion", *(name.split("_")[-1] for name in columns)], lines)


def _differences(found: dict[str, dict[str, dict[int, float]]]) -> Table:
    """The proposed criterion minus each of its rivals, paired by seed, at 90% and above."""
    columns = [f"at_once_{t:.0%}" for t in AT_ONCE if t >= JUDGED]
    columns += [f"by_steps_{t:.0%}" for t in BY_STEPS if t >= JUDGED]
    mine = found[PROPOSED.label]
    lines = []
    for rival in RIVALS:
        line = [rival]
        for name in columns:
            other = found[rival][name]
            seeds = sorted(mine[name].keys() & other.keys())
            pairs = [mine[name][k] - other[k] for k in seeds]
            line.append(estimate(pairs).text("+.2f") if pairs else "")
        lines.append(line)
    caption = (
        f"{PROPOSED.label} minus others, after fine-tuning: percentage points, paired by seed, "
        "mean ± 95% interval over seeds"
    )
    header = [
        name.replace("_", " ").replace("at once", "At once,").replace("by steps", "By steps,")
        for name in columns
    ]
    return Table(caption, ["Minus", *header], lines)


EXHIBIT = exhibit(
    "high_sparsity",
    "relu",
    "criteria from 50 to 98% pruned, at once and by steps, and Eq. (1) taken apart",
)
