"""One trial, from the data to its rounds. Nothing outside its configuration decides the result."""

import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from minirelprune.experiments.trials.at_once import prune_at_once
from minirelprune.experiments.trials.networks import Examples, examples, network
from minirelprune.experiments.trials.redraw import prune_redrawn
from minirelprune.experiments.trials.store import Result
from minirelprune.experiments.trials.trial import AT_ONCE, REDRAWN, Trial
from minirelprune.network.evaluation import accuracy
from minirelprune.network.protocol import Network
from minirelprune.pruning.algorithm import prune
from minirelprune.pruning.notices import EmptiedWarning
from minirelprune.pruning.pruned import Pruned
from minirelprune.pruning.rounds import Round, record
from minirelprune.support import threads
from minirelprune.theory.blind_range import blind_share

BLIND = 0.01  # slopes up to this count as blind: sigmoid's and tanh's are never 0


def run_trial(trial: Trial, networks: Path, *, progress: bool | None = None) -> Result:
    """Train the trial's network, or take it from the folder `networks`, and prune it.

    Raises
    ------
    KeyboardInterrupt : Ctrl-C.
    TrainingDiverged : a loss that is not finite.
    """
    started = time.perf_counter()
    training, testing = examples(trial)
    net = network(trial, networks, progress=progress)
    blind = [round(share, 5) for share in blind_share(net, testing[0], BLIND)]
    rounds = _rounds(trial, net, training, testing, progress)
    return Result(trial, rounds, blind, round(time.perf_counter() - started, 1))


def _rounds(
    trial: Trial, net: Network, training: Examples, testing: Examples, progress: bool | None
) -> list[Round]:
    """The rounds of the trial, round 0 being the trained network."""
    if trial.target is None:
        dense = accuracy(net, *testing)
        return [record(0, [np.ones(W.shape, np.bool_) for W in net.weights], (dense, dense))]
    if trial.criterion == REDRAWN:
        return prune_redrawn(
            net,
            *training,
            target=trial.target,
            per_round=trial.per_round,
            arithmetic=trial.arithmetic,
            scope=trial.scope,
            granularity=trial.granularity,
            tuning=trial.tuning,
            rng=trial.rng("prune"),
            evaluation=testing,
            progress=progress,
        )
    return prune_trial(trial, net, training, testing, progress).rounds


def pruned_network(trial: Trial, networks: Path, *, progress: bool | None = None) -> Network:
    """The network that a trial ends with, its bits included; without a target, the trained one.

    Parameters
    ----------
    trial, networks, progress : as for `run_trial`; any trial but the redrawn ones.
    """
    with threads.limited(1):  # as trials run
        training, testing = examples(trial)
        net = network(trial, networks, progress=progress)
        if trial.target is None:
            return net
        return prune_trial(trial, net, training, testing, progress).net


def prune_trial(
    trial: Trial, net: Network, training: Examples, testing: Examples, progress: bool | None = None
) -> Pruned:
    """What a trial with a target makes of its trained network: by Alg. 1, or all at once.

    Parameters
    ----------
    trial : any but the redrawn ones, which are another loop.
    net : its trained network; it is not changed.
    training, testing : of `examples`.
    progress : show bars: True, False, or None for only on a terminal.

    Raises
    ------
    KeyboardInterrupt : Ctrl-C.
    """
    settings: dict[str, Any] = {
        "criterion": trial.make_criterion(),
        "target": trial.target,
        "per_round": trial.per_round,
        "scoring_fraction": trial.scoring_fraction,
        "scope": trial.scope,
        "granularity": trial.granularity,
        "arithmetic": trial.arithmetic,
        "tuning": trial.tuning,
        "rng": trial.rng("prune"),
        "evaluation": testing,
        "progress": progress,
    }
    loop = prune_at_once if trial.schedule == AT_ONCE else prune
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EmptiedWarning)  # sparsity by layer is in every round
        result = loop(net, *training, **settings)
    if not result.complete:
        raise KeyboardInterrupt
    return result
