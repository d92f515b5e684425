"""Results of the same configuration together, by seed: what tables are made from."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from minirelprune.experiments.intervals import Estimate, estimate
from minirelprune.experiments.trials.store import Result
from minirelprune.experiments.trials.trial import Trial
from minirelprune.pruning.rounds import Round

Repeats = Mapping[Trial, Mapping[int, Result]]  # seed 0's trial -> seed -> result


def repeats(results: Iterable[Result]) -> Repeats:
    """The results of one configuration together, by seed."""
    grouped: dict[Trial, dict[int, Result]] = {}
    for result in sorted(results, key=lambda result: result.trial.seed):
        grouped.setdefault(replace(result.trial, seed=0), {})[result.trial.seed] = result
    return grouped


def tuned(rounds: Mapping[int, Round]) -> Estimate:
    """The accuracy after fine-tuning of one round of each seed."""
    return estimate([one.accuracy_tuned for one in rounds.values()])
