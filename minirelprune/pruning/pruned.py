"""What Alg. 1 leaves behind: the network, the masks, and a record of every round."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minirelprune.network.kinds import network_from_state
from minirelprune.network.protocol import Network
from minirelprune.pruning import shown
from minirelprune.pruning.rounds import Round, saved_rounds
from minirelprune.pruning.saved import mask_names, saved_masks
from minirelprune.pruning.streams import saved_states
from minirelprune.support import checkpoint
from minirelprune.support.arrays import Mask


@dataclass(frozen=True, repr=False)
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

    >>> from minirelprune import MLP
    >>> net, masks = MLP((2, 1), rng=np.random.default_rng(0)), [np.array([[True], [False]])]
    >>> net.weights[0][1] = 0
    >>> result = Pruned(net, masks, rounds=[])
    >>> result.complete, result.masks[0].sum().item()
    (True, 1)
    """

    net: Network
    masks: list[Mask]
    rounds: list[Round]
    complete: bool = True
    configuration: dict[str, object] = field(default_factory=dict)
    generators: dict[str, Any] | None = None

    def __repr__(self) -> str:
        return f"Pruned({shown.summary(self.net, self.masks, self.rounds)})"

    def _repr_html_(self) -> str:
        """The rounds as a table, which is how a notebook shows the result."""
        return shown.html(repr(self), self.rounds)

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
        net = network_from_state(path, arrays, description)
        if not mask_names(arrays):
            raise ValueError(f"{path} holds a network that was not pruned: it has no masks")
        try:
            masks = saved_masks(net.weights, arrays)
            rounds = saved_rounds(description.get("rounds"), masks)
            complete, configuration = description.get("complete"), description.get("configuration")
            generators = saved_states(description.get("generators"))
            if not isinstance(complete, bool):
                raise ValueError(f"complete must be true or false, got {complete!r}")
            if not isinstance(configuration, dict):
                raise ValueError(f"configuration must be a dict, got {configuration!r}")
        except ValueError as error:
            raise ValueError(f"{path} does not hold a pruned network: {error}") from error
        return cls(net, masks, rounds, complete, configuration, generators)


def load_network(path: str | os.PathLike[str]) -> tuple[Network, list[Mask] | None]:
    """The network in a file, and its masks if the file holds a pruned one."""
    arrays, description = checkpoint.read(path)
    if not mask_names(arrays):
        return network_from_state(path, arrays, description), None
    result = Pruned.from_state(path, arrays, description)
    return result.net, result.masks
