"""The record of each round of Alg. 1, made from the masks and read back from a file."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from minirelprune.support import checks
from minirelprune.support.arrays import Array, Mask


@dataclass(frozen=True)
class Round:
    """What one round of Alg. 1 did.

    Parameters
    ----------
    number : which round it is; round 0 is the network as it came.
    pruned : how many weights are zero.
    sparsity, layer_sparsity : the share of all original weights that is zero, in [0, 1], overall
        and layer by layer.
    accuracy_pruned, accuracy_tuned : in percent, right after the weights were taken out, and after
        the fine-tuning that follows.
    seconds_scoring, seconds_tuning : wall-clock seconds for choosing the masks and for fine-tuning.

    Raises
    ------
    ValueError : a number out of its range, or a layer_sparsity that is no list or tuple.

    >>> Round(1, 6, 0.125, (0.125, 0.125), accuracy_pruned=80.0, accuracy_tuned=90.0).pruned
    6
    """

    number: int
    pruned: int
    sparsity: float
    layer_sparsity: tuple[float, ...]
    accuracy_pruned: float
    accuracy_tuned: float
    seconds_scoring: float = 0.0
    seconds_tuning: float = 0.0

    def __post_init__(self) -> None:
        checks.whole("number", self.number)
        checks.whole("pruned", self.pruned)
        checks.within("sparsity", self.sparsity, 0, 1)
        if not isinstance(self.layer_sparsity, list | tuple):
            raise ValueError(f"layer_sparsity must be a tuple, got {self.layer_sparsity!r}")
        object.__setattr__(self, "layer_sparsity", tuple(self.layer_sparsity))  # a list from JSON
        for share in self.layer_sparsity:
            checks.within("layer_sparsity", share, 0, 1)
        checks.within("accuracy_pruned", self.accuracy_pruned, 0, 100)
        checks.within("accuracy_tuned", self.accuracy_tuned, 0, 100)
        checks.at_least("seconds_scoring", self.seconds_scoring, 0)
        checks.at_least("seconds_tuning", self.seconds_tuning, 0)


def saved_rounds(entries: object, masks: Sequence[Mask]) -> list[Round]:
    """The rounds in a file, counted from 0; the last one must agree with the masks."""
    if not isinstance(entries, list):
        raise ValueError(f"rounds must be a list, got {entries!r}")
    names = {one.name for one in fields(Round)}
    rounds = []
    for k, entry in enumerate(entries):
        if not isinstance(entry, dict) or set(entry) != names:
            raise ValueError(f"rounds[{k}] must have {', '.join(sorted(names))}, got {entry!r}")
        try:
            rounds.append(Round(**entry))
        except ValueError as error:
            raise ValueError(f"rounds[{k}]: {error}") from error
        if rounds[k].number != k:
            raise ValueError(f"rounds[{k}] must have the number {k}, got {rounds[k].number}")
        if len(rounds[k].layer_sparsity) != len(masks):
            raise ValueError(
                f"rounds[{k}] must have {len(masks)} layers, got {len(rounds[k].layer_sparsity)}"
            )
    if rounds:
        for name, wanted in _counted(masks).items():
            if (got := getattr(rounds[-1], name)) != wanted:
                raise ValueError(f"the last of rounds must have {name} {wanted}, got {got}")
    return rounds


def zeros(masks: Sequence[Mask | Array]) -> int:
    """How many weights the masks take out; of weights, how many are 0."""
    return sum(int(mask.size - np.count_nonzero(mask)) for mask in masks)


def record(
    number: int,
    masks: Sequence[Mask],
    accuracies: tuple[float, float],
    seconds: tuple[float, float] = (0.0, 0.0),
) -> Round:
    """The record of one round, from its masks, and (before, after) and (scoring, tuning)."""
    return Round(
        number=number,
        **_counted(masks),
        accuracy_pruned=accuracies[0],
        accuracy_tuned=accuracies[1],
        seconds_scoring=seconds[0],
        seconds_tuning=seconds[1],
    )


def _counted(masks: Sequence[Mask]) -> dict[str, Any]:
    """What a record says of the masks."""
    pruned = zeros(masks)
    return {
        "pruned": pruned,
        "sparsity": pruned / sum(mask.size for mask in masks),
        "layer_sparsity": tuple(zeros([mask]) / mask.size for mask in masks),
    }
