"""Algorithm 1: score, take out the lowest, retrain; again, until the target is reached."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from minirelprune import checkpoint, checks
from minirelprune.criteria import Criterion
from minirelprune.masks import SCOPES, prune_masks, schedule
from minirelprune.mlp import MLP, accuracy
from minirelprune.training import train

Array = NDArray[np.floating]
Mask = NDArray[np.bool_]


class EmptiedWarning(UserWarning):
    """A layer, or units in it, lost all their weights: what they say no longer hangs on x."""


@dataclass(frozen=True)
class Round:
    """What one round of Alg. 1 did. Round 0 is the network as it came.

    Accuracies are in percent: `accuracy_pruned` right after the weights were taken out,
    `accuracy_tuned` after the fine-tuning that follows. Sparsity is the share of all original
    weights that is zero, overall and layer by layer. Seconds are wall-clock.
    """

    number: int
    pruned: int
    sparsity: float
    layer_sparsity: tuple[float, ...]
    accuracy_pruned: float
    accuracy_tuned: float
    seconds_scoring: float = 0.0
    seconds_tuning: float = 0.0


@dataclass(frozen=True)
class Pruned:
    """What `prune` gives back.

    `net` is the pruned network, `masks` one boolean array a layer (False: pruned), `rounds` the
    record from round 0 on; `complete` is False if it was stopped early, with Ctrl-C.
    """

    net: MLP
    masks: list[Mask]
    rounds: list[Round]
    complete: bool = True
    configuration: dict[str, object] = field(default_factory=dict)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write everything to one .npz file, whole or not at all; `MLP.load` reads it too."""
        arrays, description = self.net.state()
        description["rounds"] = [asdict(entry) for entry in self.rounds]
        description["complete"] = self.complete
        description["configuration"] = self.configuration
        masks = {f"mask{l}": mask for l, mask in enumerate(self.masks)}
        checkpoint.write(path, {**arrays, **masks}, description)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Pruned:
        """Read back what `save` wrote, bit for bit.

        Raises
        ------
        ValueError : not a file of ours, another version, one that was changed, or a network that
            was never pruned.
        """
        arrays, description = checkpoint.read(path)
        net = MLP.from_state(path, arrays, description)
        try:
            masks = [arrays[f"mask{l}"] for l in range(len(net.weights))]
            entries = description["rounds"]
            rounds = [
                Round(**{**entry, "layer_sparsity": tuple(entry["layer_sparsity"])})
                for entry in entries  # type: ignore[attr-defined]
            ]
            complete, configuration = description["complete"], description["configuration"]
        except (KeyError, TypeError) as error:
            raise ValueError(f"{path} holds a network that was not pruned: no {error}") from error
        return cls(net, masks, rounds, bool(complete), configuration)  # type: ignore[arg-type]


def prune(
    net: MLP,
    x: Array,
    y: NDArray[np.integer],
    *,
    criterion: Criterion | None,
    target: float,
    per_round: float,
    scoring_fraction: float = 1.0,
    rng: np.random.Generator,
    scope: str = "global",
    epochs: int = 1,
    learning_rate: float = 1e-4,
    batch_size: int = 64,
    output_l1: float = 0.0,
    evaluation: tuple[Array, NDArray[np.integer]] | None = None,
    on_round: Callable[[Round], None] | None = None,
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
    epochs, learning_rate, batch_size, output_l1 : the fine-tuning of each round (R9).
    evaluation : (x, y) to measure accuracy on, such as the test set; the training data if None.
    on_round : called with the record of each round as soon as it is done, round 0 included.
    progress : show bars: True, False, or None for only on a terminal.

    Returns
    -------
    Pruned, with round(target * n) weights at zero. After Ctrl-C, the last whole round.

    Raises
    ------
    ValueError : an argument out of its range, before anything is done.
    TrainingDiverged : a fine-tuning loss that is not finite.
    """
    counts = schedule(net.n_weights, target=target, per_round=per_round)
    checks.fraction("scoring_fraction", scoring_fraction, one_allowed=True)
    checks.one_of("scope", scope, SCOPES)
    x_eval, y_eval = evaluation if evaluation is not None else (x, y)
    scoring_rng, tuning_rng = rng.spawn(2)
    x_scoring = _subset(x, scoring_fraction, scoring_rng)

    net, masks = net.copy(), [np.ones(W.shape, np.bool_) for W in net.weights]
    dense = accuracy(net, x_eval, y_eval)
    rounds = [_record(0, masks, dense, dense)]
    result = Pruned(net, masks, rounds, complete=False)
    if on_round:
        on_round(rounds[0])
    hide = None if progress is None else not progress
    try:
        for k, count in enumerate(tqdm(counts, desc="prune", unit="round", disable=hide), start=1):
            net, start = net.copy(), time.perf_counter()
            if criterion is not None:
                candidates = criterion.candidates(masks)
                scores = criterion.scores(net, x_scoring, rng=scoring_rng, masks=masks)  # lines 10-12
                chosen = prune_masks(  # lines 13-15
                    scores, candidates, count=count - _zeros(candidates), scope=scope
                )
                masks = [old & new for old, new in zip(masks, chosen, strict=True)]
                for W, mask in zip(net.weights, masks, strict=True):
                    W[~mask] = 0  # line 16
                _warn_if_emptied(masks, k)
            scored = time.perf_counter()
            before = accuracy(net, x_eval, y_eval)
            tuning = time.perf_counter()
            train(  # line 19
                net,
                x,
                y,
                epochs=epochs,
                learning_rate=learning_rate,
                batch_size=batch_size,
                rng=tuning_rng,
                masks=masks,
                output_l1=output_l1,
                progress=progress,
            )
            tuned = time.perf_counter()
            after = accuracy(net, x_eval, y_eval)
            rounds = [*rounds, _record(k, masks, before, after, scored - start, tuned - tuning)]
            result = Pruned(net, masks, rounds, complete=k == len(counts))
            if on_round:
                on_round(rounds[-1])
    except KeyboardInterrupt:
        pass  # `result` is the last whole round
    return result


def _subset(x: Array, share: float, rng: np.random.Generator) -> Array:
    if share == 1:
        return x
    return x[np.sort(rng.choice(len(x), max(1, round(share * len(x))), replace=False))]


def _zeros(masks: Sequence[Mask]) -> int:
    return sum(int(mask.size - np.count_nonzero(mask)) for mask in masks)


def _record(
    number: int,
    masks: Sequence[Mask],
    accuracy_pruned: float,
    accuracy_tuned: float,
    seconds_scoring: float = 0.0,
    seconds_tuning: float = 0.0,
) -> Round:
    zeros = [_zeros([mask]) for mask in masks]
    return Round(
        number,
        sum(zeros),
        sum(zeros) / sum(mask.size for mask in masks),
        tuple(zero / mask.size for zero, mask in zip(zeros, masks, strict=True)),
        accuracy_pruned,
        accuracy_tuned,
        round(seconds_scoring, 3),
        round(seconds_tuning, 3),
    )


def _warn_if_emptied(masks: Sequence[Mask], number: int) -> None:
    for l, mask in enumerate(masks):
        empty = np.flatnonzero(~mask.any(axis=0))
        if not mask.any():
            what = f"layer {l} has no weights left"
        elif len(empty):
            shown = ", ".join(map(str, empty[:5])) + (", ..." if len(empty) > 5 else "")
            what = f"{len(empty)} of {mask.shape[1]} units of layer {l} have no weights left ({shown})"
        else:
            continue
        warnings.warn(f"round {number}: {what}", EmptiedWarning, stacklevel=3)
