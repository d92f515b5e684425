"""What to run. A trial is all that decides its outcome, and nothing else."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from minirelprune.criteria import CRITERIA, Criterion
from minirelprune.experiments import published

LAYER_SIZES = (784, 392, 196, 10)  # section 4
EPOCHS = 10  # section 4, of the network that is pruned

TARGETS = (0.10, 0.50, 0.75)  # Table 4: rounds 2, 10 and 15 of one trial at 5% a round


@dataclass(frozen=True)
class Trial:
    """One network, trained and then pruned round by round to the largest target a table asks for.

    `criterion` is a key of `CRITERIA`, or "none" for the control, which is fine-tuned as often
    but not pruned. Without a `target` the trial ends with the trained network.
    """

    data: str
    seed: int
    activation: str = "relu"
    output_l1: float = 0.0
    criterion: str = "none"
    scoring_fraction: float = 1.0
    per_round: float = 0.05
    target: float | None = None

    @property
    def network(self) -> tuple[object, ...]:
        """What decides the trained network: trials that share this share the network."""
        return (self.data, self.seed, self.activation, self.output_l1)

    def rng(self, purpose: str) -> np.random.Generator:
        """A generator that hangs on the network and the purpose alone.

        Not on the criterion: all criteria start from one network and see the same minibatches, so
        that the difference between two of them is a paired one.
        """
        key = zlib.crc32(repr((purpose, *self.network)).encode())
        return np.random.default_rng([self.seed, key])

    def make_criterion(self) -> Criterion | None:
        """The criterion itself; None for the control."""
        return None if self.criterion == "none" else CRITERIA[self.criterion]()


def trials_for(experiment: str, *, data: str, seeds: Iterable[int]) -> list[Trial]:
    """The trials that an experiment needs, seed by seed.

    Parameters
    ----------
    experiment : a key of `EXPERIMENTS`.
    data : the name of the data set.
    seeds : one whole number a repetition.
    """
    return [trial for seed in seeds for trial in EXPERIMENTS[experiment](data, seed)]


def _dense(data: str, seed: int) -> list[Trial]:
    return [Trial(data, seed, activation=name) for name in published.DENSE]


def _table4(data: str, seed: int) -> list[Trial]:
    criteria = (*published.TABLE4, "none")
    return [Trial(data, seed, criterion=name, target=max(TARGETS)) for name in criteria]


EXPERIMENTS = {"dense": _dense, "table4": _table4}
