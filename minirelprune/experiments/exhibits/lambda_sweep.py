"""Which lambda of Eq. (3): a sweep, judged on training data held out for it.

The paper gives no lambda (R12). Here it is the one with which Eq. (2), at 25% per round, is the
most accurate at 50 and 75% pruned, on average, on the last 10,000 training images, which these
networks are not trained on. The test set is not used. Without the term, lambda = 0, some are better
still: that is shown, and not chosen, because Table 5 is about the term.
"""

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.intervals import estimate
from minirelprune.experiments.outputs import Contents, Row, Table, scientific
from minirelprune.experiments.paper.published import DENSE_L1
from minirelprune.experiments.trials.repeats import Repeats
from minirelprune.experiments.trials.store import Result
from minirelprune.experiments.trials.trial import Trial

LAMBDAS = (0.0, 1e-6, 1e-5, 1e-4, 1e-3)
TARGETS = (0.25, 0.50, 0.75)


def trials_of(data: str, seed: int) -> list[Trial]:
    """The trials of one seed: each lambda with each activation of Table 5."""
    return [
        Trial(
            data,
            seed,
            activation=activation,
            output_l1=output_l1,
            criterion="relative_contribution",
            per_round=0.25,
            target=0.75,
            held_out=True,
        )
        for activation in DENSE_L1
        for output_l1 in LAMBDAS
    ]


def best(data: str, results: Repeats) -> dict[str, float]:
    """For each activation the lambda above 0 that the sweep chooses."""
    chosen = {}
    for activation in DENSE_L1:
        mine = [t for t in trials_of(data, 0) if t.activation == activation and t.output_l1]
        have = [trial for trial in mine if results.get(trial)]
        if have:
            chosen[activation] = max(have, key=lambda t: _judged(t, results)).output_l1
    return chosen


def compute(data: str, results: Repeats) -> Contents:
    """What each lambda does: to the trained network, and at 25, 50 and 75% pruned."""
    chosen = best(data, results)
    rows, numbers = [], []
    for trial in trials_of(data, 0):
        if results.get(trial):
            numbers.append(_numbers(trial, list(results[trial].values())))
            mark = " (chosen)" if chosen.get(trial.activation) == trial.output_l1 else ""
            rows.append(_shown(trial, list(results[trial].values()), mark))
    caption = (
        "λ of Eq. (3), trained on 50,000 images and measured on the 10,000 held out: accuracy in "
        "percent of the trained network and of Eq. (2) at 25, 50 and 75% pruned, 25% per round, "
        "and the share of the trained network's hidden outputs whose slope is at most 0.01, by "
        "layer. Chosen for Table 5: the λ above 0 that is best at 50 and 75%, on average."
    )
    header = ["Activation", "λ", "Blind share", "Trained", *(f"{t:.0%}" for t in TARGETS)]
    return Contents([Table(caption, header, rows)], {"lambda_sweep": numbers})


def _judged(trial: Trial, results: Repeats) -> float:
    rounds = [one.rounds for one in results[trial].values()]
    tuned = [each[trial.round_of(t)].accuracy_tuned for each in rounds for t in TARGETS[1:]]
    return sum(tuned) / len(tuned)


def _blind(repeats: list[Result]) -> list[float]:
    """The blind share of each layer, a mean over seeds."""
    layers = zip(*(one.blind_share for one in repeats), strict=True)
    return [sum(layer) / len(layer) for layer in layers]


def _accuracies(trial: Trial, repeats: list[Result], target: float) -> list[float]:
    return [one.rounds[trial.round_of(target)].accuracy_tuned for one in repeats]


def _shown(trial: Trial, repeats: list[Result], mark: str) -> list[str]:
    return [
        trial.activation,
        f"{scientific(trial.output_l1)}{mark}",
        " / ".join(f"{share:.0%}" for share in _blind(repeats)),
        *(estimate(_accuracies(trial, repeats, target)).text() for target in (0.0, *TARGETS)),
    ]


def _numbers(trial: Trial, repeats: list[Result]) -> Row:
    means = {t: estimate(_accuracies(trial, repeats, t)).mean for t in (0.0, *TARGETS)}
    return {
        "activation": trial.activation,
        "output_l1": trial.output_l1,
        "seeds": len(repeats),
        **{f"blind_share_{l}": round(share, 5) for l, share in enumerate(_blind(repeats))},
        **{f"accuracy_{target}": round(mean, 4) for target, mean in means.items()},
    }


EXHIBIT = OfTrials(
    name="lambda_sweep",
    sentence="which λ of Eq. (3): a sweep on training data held out for it",
    makes=("table", "CSV"),
    trials=trials_of,
    compute=compute,
)
