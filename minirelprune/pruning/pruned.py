"""What Alg. 1 leaves behind: the network, the masks, and a record of every round."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

import numpy as np

from minirelprune.network.mlp import MLP
from minirelprune.support import checkpoint
from minirelprune.support.arrays import Mask


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

    `net` is the pruned network, `masks` one boolean array per layer (False: pruned), `rounds` the
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
        ValueError : not a minirelprune file, another version, one that was changed, or a network
            that was never pruned.
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


def zeros(masks: Sequence[Mask]) -> int:
    """How many weights the masks take out."""
    return sum(int(mask.size - np.count_nonzero(mask)) for mask in masks)


def record(
    number: int,
    masks: Sequence[Mask],
    accuracies: tuple[float, float],
    seconds: tuple[float, float] = (0.0, 0.0),
) -> Round:
    """The record of one round, from its masks, and (before, after) and (scoring, tuning)."""
    pruned = zeros(masks)
    return Round(
        number=number,
        pruned=pruned,
        sparsity=pruned / sum(mask.size for mask in masks),
        layer_sparsity=tuple(zeros([mask]) / mask.size for mask in masks),
        accuracy_pruned=accuracies[0],
        accuracy_tuned=accuracies[1],
        seconds_scoring=seconds[0],
        seconds_tuning=seconds[1],
    )
