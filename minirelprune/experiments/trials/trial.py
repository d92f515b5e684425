"""What to run. A trial is all that decides its outcome, and nothing else."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

import numpy as np

from minirelprune.network.training import Training
from minirelprune.pruning.catalogue import CRITERIA
from minirelprune.pruning.schedule import rounds_to
from minirelprune.pruning.scoring import Criterion
from minirelprune.support import checks

LAYER_SIZES = (784, 392, 196, 10)  # section 4
HIDDEN = LAYER_SIZES[1:-1]
MLP = "mlp"  # section 4's kind of network
ARCHITECTURES = (MLP, "lenet", "transformer")
EPOCHS = 10  # section 4, of the network that is pruned
CONTROL = "none"  # fine-tuned as often, but not pruned (R15)
REDRAWN = "random_redrawn"  # the hypothesis of R11, see `redraw`
EVEN, AT_ONCE = "even", "at_once"  # how the target is spread over the rounds

Option = tuple[str, float | str | None]


@dataclass(frozen=True)
class Trial:
    """One network, trained and then pruned round by round to the largest target a table asks for.

    Parameters
    ----------
    data : the name of the data set.
    seed : decides the initial weights, the order of the examples and the scoring subset.
    activation, output_l1 : of the hidden layers, and lambda of Eq. (3).
    criterion, options : a key of `CRITERIA` with the options that differ from its defaults; or
        "none", the control; or "random_redrawn", random pruning as R11 suspects it was done.
    scoring_fraction, per_round, target, scope, granularity, arithmetic : as in `prune`. Without a
        target the trial ends with the trained network.
    schedule : "even", as in Alg. 1: each round prunes `per_round`; or "at_once": the first round
        prunes the whole target, and the others, as many as with "even", only fine-tune.
    batch_size, standardised : readings of the training; pixels are standardised, or else in [0, 1].
    architecture, hidden : "mlp", with these units in its hidden layers, "lenet" or "transformer".
    epochs, n_train : 10 and all examples, or fewer for a quick look.
    held_out : train without the last sixth of the training data, and measure on that instead of the
        test set: to choose a lambda by.

    Raises
    ------
    ValueError : an unknown criterion, schedule or architecture, a schedule that prunes at once
        without a criterion, or hidden layers of what is no MLP.
    """

    data: str
    seed: int
    activation: str = "relu"
    output_l1: float = 0.0
    criterion: str = CONTROL
    options: tuple[Option, ...] = ()
    scoring_fraction: float = 1.0
    per_round: float = 0.05
    target: float | None = None
    scope: str = "global"
    granularity: str = "weight"
    arithmetic: str = "whole"
    schedule: str = EVEN
    batch_size: int = 64
    standardised: bool = False
    architecture: str = MLP
    hidden: tuple[int, ...] = HIDDEN
    epochs: int = EPOCHS
    n_train: int | None = None
    held_out: bool = False

    def __post_init__(self) -> None:
        checks.one_of("schedule", self.schedule, (EVEN, AT_ONCE))
        loops = (CONTROL, REDRAWN) if self.schedule == EVEN else ()  # which have no scores
        checks.one_of("criterion", self.criterion, (*CRITERIA, *loops))
        checks.one_of("architecture", self.architecture, ARCHITECTURES)
        if self.architecture != MLP and self.hidden != HIDDEN:
            raise ValueError(f"hidden must be {HIDDEN} with {self.architecture}, got {self.hidden}")

    @property
    def network(self) -> Trial:
        """The trial of the trained network alone: those that share it share the network."""
        return replace(
            self,
            criterion=CONTROL,
            options=(),
            scoring_fraction=1.0,
            per_round=0.05,
            target=None,
            scope="global",
            granularity="weight",
            arithmetic="whole",
            schedule=EVEN,
        )

    @property
    def training(self) -> Training:
        """How the network is trained (section 4)."""
        return Training(self.epochs, 1e-3, self.batch_size, self.output_l1)

    @property
    def tuning(self) -> Training:
        """How it is fine-tuned after each round (R9)."""
        return Training(1, 1e-4, self.batch_size, self.output_l1)

    @property
    def key(self) -> str:
        """A short name of the whole configuration."""
        return f"{zlib.crc32(repr(self).encode()):08x}"

    @property
    def n_rounds(self) -> int:
        """How many rounds of Alg. 1 it has."""
        return 0 if self.target is None else self.round_of(self.target)

    def round_of(self, target: float) -> int:
        """The round that reaches a target: 50% is round 10 at 5%, and 4 at 15%."""
        return rounds_to(target, self.per_round, self.arithmetic)

    def rng(self, purpose: str) -> np.random.Generator:
        """A generator that depends on the data, the seed and the purpose alone.

        All trials of a seed start from the same random weights (scaled alike) and see the same
        minibatches, whatever is pruned and when it is run, so that the difference between two of
        them is a paired one.
        """
        key = zlib.crc32(repr((purpose, self.data)).encode())
        return np.random.default_rng([self.seed, key])

    def make_criterion(self) -> Criterion | None:
        """The criterion itself; None for the control.

        Raises
        ------
        ValueError : "random_redrawn", which is no criterion but another loop.
        """
        checks.one_of("criterion", self.criterion, (*CRITERIA, CONTROL))
        return None if self.criterion == CONTROL else CRITERIA[self.criterion](**dict(self.options))

    @property
    def widths(self) -> str:
        """The units of the hidden layers in words: "392-196" in section 4."""
        return "-".join(map(str, self.hidden))

    @property
    def columns(self) -> dict[str, object]:
        """The configuration as columns of a CSV, all but the seed."""
        columns = {**asdict(self), "options": " ".join(f"{k}={v}" for k, v in self.options)}
        columns["hidden"] = self.widths if self.architecture == MLP else ""
        del columns["seed"], columns["target"]
        return columns

    def __str__(self) -> str:
        text = f"{self.data} seed {self.seed}, "
        text += f"{self.architecture} " if self.architecture != MLP else ""
        text += self.activation
        if self.hidden != HIDDEN:
            text += f" {self.widths}"
        if self.output_l1:
            text += f", lambda {self.output_l1:g}"
        if self.target is not None:
            text += f", {self.criterion}"
            if self.options:
                text += " (" + ", ".join(f"{key}={value}" for key, value in self.options) + ")"
            text += f" to {self.target:.0%} by {self.per_round:.0%}"
            if self.scoring_fraction < 1:
                text += f", scored on {self.scoring_fraction:.1%}"
        for name, usual in (
            ("scope", "global"),
            ("granularity", "weight"),
            ("arithmetic", "whole"),
            ("schedule", EVEN),
            ("batch_size", 64),
            ("standardised", False),
            ("held_out", False),
        ):
            if getattr(self, name) != usual:
                text += f", {name}={getattr(self, name)}"
        return text


def of_seed(trials: Iterable[Trial], seed: int) -> list[Trial]:
    """These trials with this seed, in their order, none twice."""
    return list(dict.fromkeys(replace(trial, seed=seed) for trial in trials))
