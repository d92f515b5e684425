"""Which lambda of Eq. (3): a sweep, judged on training data held out for it.

The paper gives no lambda (R12). Here it is the one with which ours, at 25% a round, is the most
accurate at 50 and 75% pruned, on average, on the last 10,000 training images, which these networks
are not trained on. The test set has no say. Without the term, lambda = 0, some are better still:
that is shown, and not chosen, for Table 5 is about the term.
"""

from minirelprune.experiments.cells import OUTPUT_L1
from minirelprune.experiments.estimates import estimate
from minirelprune.experiments.store import Result
from minirelprune.experiments.table import Table, scientific
from minirelprune.experiments.tables import Repeats
from minirelprune.experiments.tidy import Row
from minirelprune.experiments.trials import Trial

LAMBDAS = (0.0, 1e-6, 1e-5, 1e-4, 1e-3)
TARGETS = (0.25, 0.50, 0.75)


def trials_of(data: str, seed: int) -> list[Trial]:
    """The trials of one seed."""
    return [
        Trial(
            data,
            seed,
            activation=activation,
            output_l1=output_l1,
            criterion="ours",
            per_round=0.25,
            target=0.75,
            held_out=True,
        )
        for activation in OUTPUT_L1
        for output_l1 in LAMBDAS
    ]


def best(data: str, results: Repeats) -> dict[str, float]:
    """For each activation the lambda above 0 that the sweep chooses: `OUTPUT_L1`, by a test."""
    chosen = {}
    for activation in OUTPUT_L1:
        mine = [t for t in trials_of(data, 0) if t.activation == activation and t.output_l1]
        chosen[activation] = max(mine, key=lambda t: _judged(t, results)).output_l1
    return chosen


def _judged(trial: Trial, results: Repeats) -> float:
    rounds = [one.rounds for one in results[trial].values()]
    tuned = [each[trial.round_of(t)].accuracy_tuned for each in rounds for t in TARGETS[1:]]
    return sum(tuned) / len(tuned)


def sweep_table(data: str, results: Repeats) -> list[Table]:
    """What each lambda does: to the trained network, and at 25, 50 and 75% pruned."""
    trials = [trial for trial in trials_of(data, 0) if results.get(trial)]
    found = [_row(trial, list(results[trial].values())) for trial in trials]
    caption = (
        "λ of Eq. (3), trained on 50,000 images and measured on the 10,000 held out: accuracy in "
        "percent of the trained network and of ours at 25, 50 and 75% pruned, 25% a round, and the "
        "share of the trained network's hidden outputs whose slope is at most 0.01, by layer. "
        "Table 5 has the λ above 0 that is best at 50 and 75%."
    )
    header = ["Activation", "λ", "Blind share", "Trained", *(f"{t:.0%}" for t in TARGETS)]
    return [Table(caption, header, [row for row, _ in found], [tidy for _, tidy in found])]


def _row(trial: Trial, repeats: list[Result]) -> tuple[list[str], Row]:
    """One lambda of one activation, over its seeds: to read, and tidy."""
    accuracies = {
        target: estimate([one.rounds[trial.round_of(target)].accuracy_tuned for one in repeats])
        for target in (0.0, *TARGETS)
    }
    layers = zip(*(one.blind_share for one in repeats), strict=True)
    blind = [sum(layer) / len(layer) for layer in layers]
    mark = " (Table 5)" if OUTPUT_L1[trial.activation] == trial.output_l1 else ""
    row = [
        trial.activation,
        f"{scientific(trial.output_l1)}{mark}",
        " / ".join(f"{share:.0%}" for share in blind),
        *(one.text() for one in accuracies.values()),
    ]
    tidy = {
        "activation": trial.activation,
        "output_l1": trial.output_l1,
        "seeds": len(repeats),
        **{f"blind_share_{l}": round(share, 5) for l, share in enumerate(blind, start=1)},
        **{f"accuracy_{target}": round(e.mean, 4) for target, e in accuracies.items()},
    }
    return row, tidy
