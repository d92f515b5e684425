"""R11: random pruning as it may have been done for the paper's random rows.

Alg. 1 draws among the weights that are still there, and 10 rounds of 5% prune 50%. A program that
draws anew among *all* weights in each round, and adds what it drew to what is pruned, prunes
1 - .95 * .90 * ... * .50 = 96.7% instead. That is a plausible mistake and no part of the method,
so it stands here and not in `pruning`.
"""

import time

import numpy as np

from minirelprune.network.evaluation import accuracy
from minirelprune.network.protocol import Network
from minirelprune.network.training import Training
from minirelprune.pruning.algorithm import run_round
from minirelprune.pruning.masks import prune_masks
from minirelprune.pruning.rounds import Round, record
from minirelprune.pruning.schedule import schedule
from minirelprune.support.arrays import Array, Labels


def prune_redrawn(
    net: Network,
    x: Array,
    y: Labels,
    *,
    target: float,
    per_round: float,
    arithmetic: str,
    scope: str,
    granularity: str,
    tuning: Training,
    rng: np.random.Generator,
    evaluation: tuple[Array, Labels],
    progress: bool | None = None,
) -> list[Round]:
    """Prune at random, round by round, each round drawn anew among all weights.

    Parameters
    ----------
    net : the trained network; it is not changed.
    x, y, tuning, rng, evaluation, progress : as in `prune`.
    target, per_round, arithmetic : as in `schedule`, which says how many weights a round draws.
    scope, granularity : as in `prune_masks`.

    Returns
    -------
    The rounds, round 0 being the network as it came.
    """
    drawing_rng, tuning_rng = rng.spawn(2)  # as in `prune`: the same minibatches
    everything = masks = [np.ones(W.shape, np.bool_) for W in net.weights]
    dense = accuracy(net, *evaluation)
    rounds = [record(0, masks, (dense, dense))]
    counts = schedule(net.n_weights, target=target, per_round=per_round, arithmetic=arithmetic)
    for number, count in enumerate(counts, start=1):
        started = time.perf_counter()
        scores = [drawing_rng.random(W.shape) for W in net.weights]
        drawn = prune_masks(  # among all weights, not survivors
            scores, everything, count=count, scope=scope, granularity=granularity
        )
        masks = [old & new for old, new in zip(masks, drawn, strict=True)]
        net, one = run_round(
            net,
            masks,
            number,
            x,
            y,
            tuning=tuning,
            rng=tuning_rng,
            evaluation=evaluation,
            seconds_scoring=time.perf_counter() - started,
            progress=progress,
        )
        rounds.append(one)
    return rounds
