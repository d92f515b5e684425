"""Results of trials with made-up accuracies, for tests of what is made from them."""

from collections.abc import Callable, Iterable

from minirelprune.experiments.trials.store import Result
from minirelprune.experiments.trials.trial import Trial
from minirelprune.pruning.rounds import Round

Accuracy = Callable[[Trial, int], float]
LAYERS = {"mlp": 3, "lenet": 5, "transformer": 14}


def finished(trials: Iterable[Trial], accuracy: Accuracy) -> list[Result]:
    """Results whose accuracy after fine-tuning is accuracy(trial, round), and before it, 1 less."""
    results = []
    for trial in trials:
        numbers = range(trial.n_rounds + 1)
        tuned = [accuracy(trial, k) for k in numbers]
        share = 0 if trial.criterion == "none" else trial.per_round
        done = [min(1, k * share) for k in numbers]
        layers = LAYERS[trial.architecture]
        rounds = [
            Round(k, 0, done[k], (done[k],) * layers, tuned[k] - 1, tuned[k]) for k in numbers
        ]
        results.append(Result(trial, rounds, [0.5, 0.25], 1.0, machine="made up"))
    return results
