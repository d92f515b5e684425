"""Algorithm 1: score, take out the lowest, retrain; again, until the target is reached."""

import time
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from tqdm import tqdm

from minirelprune.network.mlp import MLP, accuracy
from minirelprune.network.training import check_training, train
from minirelprune.pruning.criteria import Criterion
from minirelprune.pruning.masks import SCOPES, prune_masks
from minirelprune.pruning.pruned import Pruned, record, zeros
from minirelprune.pruning.schedule import schedule
from minirelprune.support import checks
from minirelprune.support.arrays import Array, Labels, Mask


class EmptiedWarning(UserWarning):
    """A layer, or units in it, lost all their weights: what they say no longer hangs on x."""


def prune(
    net: MLP,
    x: Array,
    y: Labels,
    *,
    criterion: Criterion | None,
    target: float,
    per_round: float,
    scoring_fraction: float = 1.0,
    rng: np.random.Generator,
    scope: str = "global",
    arithmetic: str = "whole",
    epochs: int = 1,
    learning_rate: float = 1e-4,
    batch_size: int = 64,
    output_l1: float = 0.0,
    evaluation: tuple[Array, Labels] | None = None,
    on_round: Callable[[Pruned], object] | None = None,
    progress: bool | None = None,
) -> Pruned:
    """Prune a trained network round by round, Alg. 1.

    Parameters
    ----------
    net : the trained network. It is never changed: a copy is pruned.
    x, y : (N, n_in) and (N,), the training data, to score on and to fine-tune with.
    criterion : scores the weights; None prunes nothing and only fine-tunes, as a control (R15).
    target, per_round : P_t and P_i, fractions of all original weights, in (0, 1).
    scoring_fraction : the share of the training data to score on, drawn once, in (0, 1].
    rng : draws the scoring subset and orders the minibatches: by streams of their own, so that
        two criteria that start from the same generator see the same minibatches.
    scope : "global", "layer" or "unit": which weights are ranked with each other.
    arithmetic : "whole" or "float": how the rounds are counted out, as in `schedule` (R7).
    epochs, learning_rate, batch_size, output_l1 : the fine-tuning of each round (R9).
    evaluation : (x, y) to measure accuracy on, such as the test set; the training data if None.
    on_round : called with what `prune` would give back now, network, masks and rounds, as soon as
        a round is done, round 0 included: to be looked at or saved, not changed.
    progress : show bars: True, False, or None for only on a terminal.

    Returns
    -------
    Pruned, with round(target * n) weights at zero. After Ctrl-C, the last whole round.

    Raises
    ------
    ValueError : an argument out of its range, before anything is done.
    TrainingDiverged : a fine-tuning loss that is not finite.
    """
    counts = schedule(net.n_weights, target=target, per_round=per_round, arithmetic=arithmetic)
    tuning: dict[str, Any] = {
        "epochs": epochs,
        "learning_rate": learning_rate,
        "batch_size": batch_size,
        "output_l1": output_l1,
    }
    check_training(net, x, y, **tuning)
    checks.fraction("scoring_fraction", scoring_fraction, one_allowed=True)
    checks.one_of("scope", scope, SCOPES)
    scoring_rng, tuning_rng = rng.spawn(2)
    x_scoring = _subset(x, scoring_fraction, scoring_rng)
    x_eval, y_eval = evaluation if evaluation is not None else (x, y)
    masks = [np.ones(W.shape, np.bool_) for W in net.weights]
    dense = accuracy(net, x_eval, y_eval)
    rounds = [record(0, masks, (dense, dense))]
    result = Pruned(net.copy(), masks, rounds, complete=False)
    try:
        _tell(on_round, result)
        hide = None if progress is None else not progress
        bar = tqdm(counts, desc="prune", unit="round", disable=hide, leave=False)
        for k, count in enumerate(bar, start=1):
            net, started = net.copy(), time.perf_counter()
            if criterion is not None:
                masks = _next_masks(criterion, net, x_scoring, masks, count, scope, scoring_rng)
                _warn_if_emptied(result.masks, masks, k)
            for W, mask in zip(net.weights, masks, strict=True):
                W[~mask] = 0  # line 16
            seconds_scoring = time.perf_counter() - started
            before = accuracy(net, x_eval, y_eval)
            started = time.perf_counter()
            train(net, x, y, masks=masks, rng=tuning_rng, progress=progress, **tuning)  # line 19
            seconds_tuning = time.perf_counter() - started
            after = accuracy(net, x_eval, y_eval)
            seconds = (seconds_scoring, seconds_tuning)
            rounds = [*rounds, record(k, masks, (before, after), seconds)]
            result = Pruned(net, masks, rounds, complete=k == len(counts))
            _tell(on_round, result)
    except KeyboardInterrupt:
        pass  # `result` is the last whole round
    return result


def _next_masks(
    criterion: Criterion,
    net: MLP,
    x: Array,
    masks: Sequence[Mask],
    count: int,
    scope: str,
    rng: np.random.Generator,
) -> list[Mask]:
    """Lines 10-15: score the weights, and take the lowest out until `count` are gone."""
    candidates = criterion.candidates(masks)
    scores = criterion.scores(net, x, rng=rng, masks=masks)
    chosen = prune_masks(scores, candidates, count=count - zeros(candidates), scope=scope)
    return [old & new for old, new in zip(masks, chosen, strict=True)]


def _subset(x: Array, share: float, rng: np.random.Generator) -> Array:
    if share == 1:
        return x
    return x[np.sort(rng.choice(len(x), max(1, round(share * len(x))), replace=False))]


def _tell(on_round: Callable[[Pruned], object] | None, result: Pruned) -> None:
    if on_round is not None:
        on_round(result)


def _warn_if_emptied(before: Sequence[Mask], after: Sequence[Mask], number: int) -> None:
    for l, (old, new) in enumerate(zip(before, after, strict=True)):
        emptied = np.flatnonzero(old.any(axis=0) & ~new.any(axis=0))
        if not len(emptied):
            continue
        shown = ", ".join(map(str, emptied[:5])) + (", ..." if len(emptied) > 5 else "")
        what = (
            f"{len(emptied)} of {new.shape[1]} units of layer {l} lost their last weight: {shown}"
        )
        if not new.any():
            what = f"layer {l} has no weights left"
        warnings.warn(f"round {number}: {what}", EmptiedWarning, stacklevel=3)
