"""How long a trial should take, on one core of 2.6 GHz: for time left, and for `--dry-run`."""

from collections.abc import Iterable, Sequence
from heapq import heapreplace
from itertools import pairwise

from minirelprune.experiments.trials.store import Store
from minirelprune.experiments.trials.trial import AT_ONCE, LAYER_SIZES, Trial
from minirelprune.support.progress_lines import in_words

EPOCH = {"mlp": 2.2, "lenet": 10.0, "transformer": 17.0}  # of 60,000 examples in batches of 64
EXAMPLES = {
    "synthetic": 10_000,
    "sklearn-digits": 1_437,
    "cifar-10": 50_000,
}  # and 60,000 of the others
SCORING = {"relu": 4.0, "leaky_relu": 8.0, "sigmoid": 10.0, "tanh": 12.0}  # Eq. (2), of 60,000
BY_COLUMNS = 90.0  # the same for an activation without an engine of its own
INFORMATION = 85.0  # mutual information, of 60,000
CHANGES = 200.0  # a statistic of the change of outputs, of 60,000
SLOWER = {"mlp": 1.0, "lenet": 8.0, "transformer": 12.0}  # to score: rows are patches or tokens


def expected_seconds(trial: Trial) -> float:
    """The seconds of one trial, its network's training included only where that is all of it."""
    share = (trial.n_train or EXAMPLES.get(trial.data, 60_000)) / 60_000
    share *= _weights((784, *trial.hidden, 10)) / _weights(LAYER_SIZES)
    epoch = EPOCH[trial.architecture] * (0.6 + 0.4 * 64 / trial.batch_size) * share
    if trial.target is None:
        return trial.epochs * epoch
    of_all = {
        "relative_contribution": SCORING.get(trial.activation, BY_COLUMNS),
        "mutual_information": INFORMATION,
        "output_change": CHANGES,
    }.get(trial.criterion, 0.0)
    scored = 1 if trial.schedule == AT_ONCE else trial.n_rounds
    scoring = of_all * SLOWER[trial.architecture] * trial.scoring_fraction * share
    return trial.n_rounds * epoch + scored * scoring


def _weights(sizes: Sequence[int]) -> int:
    return sum(n_in * n_out for n_in, n_out in pairwise(sizes))


def plan(trials: Sequence[Trial], store: Store, workers: int) -> list[str]:
    """What would run of these trials, one line for each, and how long it should take."""
    missing = [trial for trial in trials if trial not in store.results]
    pace = _pace(store)
    lines = [f"{in_words(pace * expected_seconds(trial)):>8}  {trial}" for trial in missing]
    total = pace * on_workers(map(expected_seconds, missing), workers)
    done = len(trials) - len(missing)
    return [
        *lines,
        f"{len(missing)} trials to run and {done} done; about {in_words(total)} with "
        f"{workers} at a time",
    ]


def on_workers(seconds: Iterable[float], workers: int) -> float:
    """How long so many workers take, each of which gets the longest piece of work that is left.

    >>> on_workers([4.0, 3.0, 3.0], 2), on_workers([4.0, 3.0, 3.0], 1000)
    (6.0, 4.0)
    """
    busy = [0.0] * workers
    for longest in sorted(seconds, reverse=True):
        heapreplace(busy, busy[0] + longest)
    return max(busy)


def _pace(store: Store) -> float:
    """What finished trials took on their machine, as a multiple of what was expected."""
    finished = [r for r in store.results.values() if r.trial.n_rounds]
    expected = sum(expected_seconds(result.trial) for result in finished)
    return sum(result.seconds for result in finished) / expected if finished else 1.0
