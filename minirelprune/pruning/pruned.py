"""What Alg. 1 leaves behind: the network, the masks, and a record of every round."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minirelprune.network.mlp import MLP
from minirelprune.pruning.saved import mask_names, saved_masks
from minirelprune.pruning.streams import saved_states
from minirelprune.support import checkpoint, checks
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


@dataclass(frozen=True)
class Pruned:
    """What `prune` gives back.

    Parameters
    ----------
    net : the pruned network.
    masks : one boolean (n_in, n_out) array per layer; False is a pruned weight.
    rounds : the record of each round, from round 0 on.
    complete : False if it was stopped early, with Ctrl-C.
    configuration : what made it, for the file: names and what JSON can hold.
    generators : the states of the random generators, for `prune` to go on from; None if they are
        not known.

    >>> net, masks = MLP((2, 1), rng=np.random.default_rng(0)), [np.array([[True], [False]])]
    >>> net.weights[0][1] = 0
    >>> result = Pruned(net, masks, rounds=[])
    >>> result.complete, result.masks[0].sum().item()
    (True, 1)
    """

    net: MLP
    masks: list[Mask]
    rounds: list[Round]
    complete: bool = True
    configuration: dict[str, object] = field(default_factory=dict)
    generators: dict[str, Any] | None = None

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write everything to one file, whole or not at all; `MLP.load` reads it too.

        Parameters
        ----------
        path : of the file; it must end in .npz.

        Raises
        ------
        ValueError : another ending, a configuration that JSON cannot hold, or what `load` would
            refuse, such as a pruned weight that is not 0.
        """
        arrays, description = self.net.state()
        arrays |= {f"mask{l}": np.asarray(mask) for l, mask in enumerate(self.masks)}
        description["rounds"] = [asdict(entry) for entry in self.rounds]
        description["complete"] = self.complete
        description["configuration"] = self.configuration
        description["generators"] = self.generators
        Pruned.from_state("the result to save", arrays, description)
        checkpoint.write(path, arrays, description)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Pruned:
        """Read back what `save` wrote, bit for bit; path is as for `save`.

        Raises
        ------
        FileNotFoundError : no such file.
        ValueError : not a minirelprune file, another version, one that was changed, a network that
            was never pruned, or one whose masks or rounds do not fit it. The path is named.
        """
        return cls.from_state(path, *checkpoint.read(path))

    @classmethod
    def from_state(
        cls, path: object, arrays: dict[str, NDArray[Any]], description: dict[str, object]
    ) -> Pruned:
        """The result that `save` described; path and errors are as for `load`.

        Parameters
        ----------
        arrays, description : what `save` wrote: W (n_in, n_out), b (n_out,) and the mask, of the
            shape of W, of each layer; and the rest.
        """
        net = MLP.from_state(path, arrays, description)
        if not mask_names(arrays):
            raise ValueError(f"{path} holds a network that was not pruned: it has no masks")
        try:
            masks = saved_masks(net.weights, arrays)
            rounds = _rounds(description.get("rounds"), masks)
            complete, configuration = description.get("complete"), description.get("configuration")
            generators = saved_states(description.get("generators"))
            if not isinstance(complete, bool):
                raise ValueError(f"complete must be true or false, got {complete!r}")
            if not isinstance(configuration, dict):
                raise ValueError(f"configuration must be a dict, got {configuration!r}")
        except ValueError as error:
            raise ValueError(f"{path} does not hold a pruned network: {error}") from error
        return cls(net, masks, rounds, complete, configuration, generators)


def load_network(path: str | os.PathLike[str]) -> tuple[MLP, list[Mask] | None]:
    """The network in a file, and its masks if the file holds a pruned one."""
    arrays, description = checkpoint.read(path)
    if not mask_names(arrays):
        return MLP.from_state(path, arrays, description), None
    result = Pruned.from_state(path, arrays, description)
    return result.net, result.masks


def _rounds(entries: object, masks: Sequence[Mask]) -> list[Round]:
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
