"""Pruning at once: everything is pruned in the first round, and the others only fine-tune.

Alg. 1 with 15 rounds also trains for 15 epochs. To tell what the rounds do from what the epochs
do, this loop has as many epochs as Alg. 1, with the same minibatches, and scores only once. It is a
comparison and no part of the method, so it stands here and not in `pruning`.
"""

import time

import numpy as np

from minirelprune.network.evaluation import accuracy
from minirelprune.network.protocol import Network
from minirelprune.network.training import Training
from minirelprune.pruning import start
from minirelprune.pruning.algorithm import run_round
from minirelprune.pruning.masks import prune_masks
from minirelprune.pruning.pruned import Pruned
from minirelprune.pruning.rounds import record
from minirelprune.pruning.schedule import schedule
from minirelprune.pruning.scoring import Criterion, scores_of
from minirelprune.support.arrays import Array, Labels


def prune_at_once(
    net: Network,
    x: Array,
    y: Labels,
    *,
    criterion: Criterion,
    target: float,
    per_round: float,
    scoring_fraction: float,
    scope: str,
    granularity: str,
    arithmetic: str,
    tuning: Training,
    rng: np.random.Generator,
    evaluation: tuple[Array, Labels],
    progress: bool | None = None,
) -> Pruned:
    """Prune the whole target in the first round, and fine-tune in as many rounds as Alg. 1 has.

    Parameters
    ----------
    net : the trained network; it is not changed.
    x, y, criterion, target, scoring_fraction, scope, granularity, tuning, rng, evaluation,
    progress : as in `prune`. From the same `rng` the minibatches and the scoring subset are the
        same as there.
    per_round, arithmetic : as in `schedule`, which says how many rounds there are.

    Returns
    -------
    The network, its masks, and all rounds, round 0 being the network as it came.
    """
    scoring_rng, tuning_rng = rng.spawn(2)  # as in `prune`
    masks = [np.ones(W.shape, np.bool_) for W in net.weights]
    scored = start.subset(x, y, scoring_fraction, scoring_rng)
    dense = accuracy(net, *evaluation)
    rounds = [record(0, masks, (dense, dense))]
    counts = schedule(net.n_weights, target=target, per_round=per_round, arithmetic=arithmetic)
    started = time.perf_counter()
    scores = scores_of(criterion, net, *scored, masks, scoring_rng)
    masks = prune_masks(scores, masks, count=counts[-1], scope=scope, granularity=granularity)
    seconds_scoring = time.perf_counter() - started
    for number in range(1, len(counts) + 1):
        net, one = run_round(
            net,
            masks,
            number,
            x,
            y,
            tuning=tuning,
            rng=tuning_rng,
            evaluation=evaluation,
            seconds_scoring=seconds_scoring if number == 1 else 0.0,
            progress=progress,
        )
        rounds.append(one)
    return Pruned(net, masks, rounds)
