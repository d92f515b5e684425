"""Algorithm 1: score, take out the lowest, retrain; again, until the target is reached."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from minirelprune.network.evaluation import accuracy, data_for
from minirelprune.network.protocol import Network
from minirelprune.network.training import Training, train
from minirelprune.pruning import start
from minirelprune.pruning.masks import take_out
from minirelprune.pruning.notices import warn_if_emptied
from minirelprune.pruning.pruned import Pruned
from minirelprune.pruning.rounds import Round, record
from minirelprune.pruning.schedule import schedule
from minirelprune.pruning.scoring import Criterion, next_masks
from minirelprune.pruning.streams import streams_of
from minirelprune.support import convert
from minirelprune.support.arrays import Array, Labels, Mask
from minirelprune.support.progress import bar, tell

FINE_TUNING = Training(epochs=1, learning_rate=1e-4)  # R9


def prune(
    net: Network | Pruned,
    x: Array,
    y: Labels,
    *,
    criterion: Criterion | None,
    target: float,
    per_round: float,
    scoring_fraction: float = 1.0,
    rng: np.random.Generator | None,
    scope: str = "global",
    granularity: str = "weight",
    arithmetic: str = "whole",
    tuning: Training = FINE_TUNING,
    evaluation: tuple[Array, Labels] | None = None,
    masks: Sequence[Mask] | None = None,
    on_round: Callable[[Pruned], object] | None = None,
    progress: bool | None = None,
) -> Pruned:
    """Prune a trained network round by round, Alg. 1.

    Parameters
    ----------
    net : the trained network. It is never changed: a copy is pruned. Or the `Pruned` of a run that
        was stopped, to go on after its last round with its network, masks and generators: with the
        same data and settings this gives the same bits as a run that was never stopped.
    x, y : (N, n_in) and (N,), the training data, to score on and to fine-tune with.
    criterion : scores the weights; None prunes nothing and only fine-tunes, as a control (R15).
    target, per_round : P_t and P_i, fractions of all original weights, in (0, 1), pruned ones
        included.
    scoring_fraction : the share of the training data to score on, drawn once, in (0, 1].
    rng : draws the scoring subset and orders the minibatches, by streams of their own: from the
        same generator two criteria see the same minibatches. None to go on with a `Pruned`.
    scope : "global", "layer" or "unit": which weights are ranked with each other.
    granularity : "weight"; or "column" or "unit", to prune all weights that leave an input, or that
        enter a unit, together, as near to each round's count as that allows: see `prune_masks`.
    arithmetic : "whole" or "float": how the rounds are counted out, as in `schedule` (R7).
    tuning : the fine-tuning of each round: one epoch at 1e-4 in the paper (R9).
    evaluation : (x, y), of shapes as above, to measure accuracy on, such as the test set; the
        training data if None.
    masks : of a network that is pruned already, one boolean (n_in, n_out) array per layer: False
        weights are and stay 0. Round 0 counts them, and the rounds go on with the first count of
        the schedule that is above theirs, as they do in a run that was never stopped.
    on_round : called with what `prune` would give back now, network, masks and rounds, as soon as
        a round is done, round 0 included: to be looked at or saved, not changed. If it raises
        KeyboardInterrupt, `prune` ends with this round.
    progress : show bars: True, False, or None for only on a terminal.

    Returns
    -------
    Pruned, with round(target * n) weights at zero. After Ctrl-C, the last whole round.

    Raises
    ------
    ValueError : an argument out of its range, data that do not fit or are not finite, a target
        that the masks have reached, or rounds that another schedule made, before anything is done;
        scores that do not fit the network.
    TrainingDiverged : a fine-tuning loss that is not finite.

    Warns
    -----
    EmptiedWarning : a layer, or a unit, lost its last weight; not for hidden units pruned as such.
    NoMasksWarning : more than 1% of the weights are exactly 0, and there are no masks.

    Source: Algorithm 1 of the paper.

    Of 4 * 8 + 8 * 2 = 48 weights a quarter is pruned, in two rounds:

    >>> from minirelprune import MLP, Magnitude
    >>> rng = np.random.default_rng(0)
    >>> net, x, y = MLP((4, 8, 2), rng=rng), rng.random((20, 4)), rng.integers(0, 2, 20)
    >>> result = prune(net, x, y, criterion=Magnitude(), target=0.25, per_round=0.125, rng=rng)
    >>> [one.pruned for one in result.rounds]
    [0, 6, 12]

    A rule to stop by is an `on_round` that raises KeyboardInterrupt. This one stops when accuracy
    falls below 78%:

    >>> def stop_below_78(so_far):
    ...     if so_far.rounds[-1].accuracy_tuned < 78:
    ...         raise KeyboardInterrupt
    >>> losses = train(net, x, y, Training(200, 0.01), rng=rng)
    >>> settings = {"criterion": Magnitude(), "target": 0.6, "per_round": 0.15, "scope": "unit"}
    >>> stopped = prune(net, x, y, **settings, rng=rng, on_round=stop_below_78)
    >>> stopped.complete, [one.accuracy_tuned for one in stopped.rounds]
    (False, [80.0, 80.0, 75.0])

    The run goes on from there, or from `Pruned.load(path)`, as if it had never been stopped:

    >>> [one.pruned for one in prune(stopped, x, y, **settings, rng=None).rounds]
    [0, 7, 14, 22, 29]
    """
    start.check_settings(
        criterion, scoring_fraction, scope, granularity, tuning, on_round, progress
    )
    stopped = start.stopped_run(net, rng, masks)
    net, masks = start.copies(net, masks)
    counts = schedule(net.n_weights, target=target, per_round=per_round, arithmetic=arithmetic)
    counts = start.counts_left(stopped, masks, counts, target, criterion, granularity)
    x, y = data_for(net, x, y)
    evaluation = (x, y) if evaluation is None else start.evaluation_data(net, evaluation)
    drawn = streams_of(rng, stopped.generators if stopped else None)
    scored = start.subset(x, y, scoring_fraction, drawn.drawing)
    if stopped:
        result = replace(stopped, net=net, masks=masks, complete=not counts)
    else:
        dense = accuracy(net, *evaluation)
        rounds = [record(0, masks, (dense, dense))]
        result = Pruned(net, masks, rounds, complete=False, generators=drawn.states())
    first, last = len(result.rounds), len(result.rounds) + len(counts) - 1
    try:
        if not stopped:
            tell(on_round, result)
        with bar(total=len(counts), name="prune", unit="round", progress=progress) as shown:
            for k, count in enumerate(counts, first):
                started = time.perf_counter()
                if criterion is not None:
                    masks = next_masks(
                        criterion, net, *scored, masks, count, scope, granularity, drawn.scoring
                    )
                    warn_if_emptied(result.masks, masks, k, granularity)
                net, entry = run_round(
                    net,
                    masks,
                    k,
                    x,
                    y,
                    tuning=tuning,
                    rng=drawn.tuning,
                    evaluation=evaluation,
                    seconds_scoring=time.perf_counter() - started,
                    progress=progress,
                )
                result = replace(
                    result,
                    net=net,
                    masks=masks,
                    rounds=[*result.rounds, entry],
                    complete=k == last,
                    generators=drawn.states(),
                )
                tell(on_round, result)
                shown.update()
    except KeyboardInterrupt:
        pass  # `result` is the last whole round
    return result


def run_round(
    net: Network,
    masks: Sequence[Mask],
    number: int,
    x: Array,
    y: Labels,
    *,
    tuning: Training,
    rng: np.random.Generator,
    evaluation: tuple[Array, Labels],
    seconds_scoring: float = 0.0,
    progress: bool | None = None,
) -> tuple[Network, Round]:
    """Lines 16-19 of Alg. 1: what a round does once its masks are chosen.

    Parameters
    ----------
    net : the network as the last round left it. It is not changed.
    masks : one boolean (n_in, n_out) array per layer; False weights are set to 0 and stay 0.
    number : which round this is, from 1.
    x, y : (N, n_in) and (N,), the training data, to fine-tune with.
    tuning : how to fine-tune.
    rng : orders the minibatches.
    evaluation : (x, y) to measure accuracy on.
    seconds_scoring : what choosing the masks took; setting the weights to 0 is added to it.
    progress : as in `prune`.

    Returns
    -------
    The fine-tuned network, a copy, and the record of the round.

    Raises
    ------
    ValueError : data or masks that do not fit the network.
    TrainingDiverged : a fine-tuning loss that is not finite.
    """
    masks = convert.masks("masks", masks, net.weights)
    net, started = net.copy(), time.perf_counter()
    take_out(net.weights, masks)  # line 16
    seconds_scoring += time.perf_counter() - started
    before = accuracy(net, *evaluation)
    started = time.perf_counter()
    train(net, x, y, tuning, masks=masks, rng=rng, progress=progress)  # line 19
    seconds_tuning = time.perf_counter() - started
    after = accuracy(net, *evaluation)
    return net, record(number, masks, (before, after), (seconds_scoring, seconds_tuning))
