"""How long a trial should take, on one core of 2.6 GHz: for time left, and for `--dry-run`."""

from minirelprune.experiments.trials import Trial

EPOCH = 2.2  # seconds for 60,000 examples in batches of 64
EXAMPLES = {"synthetic": 10_000}  # and 60,000 of real data
SCORING = {"relu": 4.0, "leaky_relu": 15.0, "sigmoid": 18.0, "tanh": 20.0}  # by Eq. (2), of 60,000


def expected_seconds(trial: Trial) -> float:
    """The seconds of one trial, its network's training included only where that is all of it."""
    share = (trial.n_train or EXAMPLES.get(trial.data, 60_000)) / 60_000
    epoch = EPOCH * (0.6 + 0.4 * 64 / trial.batch_size) * share
    if trial.target is None:
        return trial.epochs * epoch
    scoring = SCORING[trial.activation] * trial.scoring_fraction * share
    return trial.n_rounds * (epoch + (scoring if trial.criterion == "ours" else 0))
