"""What can be reproduced: its name, one sentence, what it needs, what it makes, and how it is made.

`registry` lists them all. There are three kinds, by what they need: nothing, trained networks on a
data set, or trials that are kept in a store.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, NamedTuple

from minirelprune.data import GREY
from minirelprune.experiments.outputs import Contents
from minirelprune.experiments.trials.expected_time import expected_seconds
from minirelprune.experiments.trials.repeats import Repeats
from minirelprune.experiments.trials.trial import Trial


class Setting(NamedTuple):
    """What an exhibit of trained networks is computed on.

    Parameters
    ----------
    data : the name of a data set.
    seeds : one for each repetition.
    networks : the folder in which trained networks are kept.
    progress : show bars: True, False, or None for only on a terminal.
    """

    data: str
    seeds: Sequence[int]
    networks: Path
    progress: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Exhibit:
    """What all kinds have.

    Parameters
    ----------
    name : of the command, of its file in `exhibits/`, and of what is published.
    sentence : what it shows.
    makes : some of "table", "CSV" and "picture".
    plot : the file in `plots/` that draws the picture, if it is not the one of this name.
    across : whether it is about several data sets at once, or about none.
    on : the data sets it can be made of, if it needs one.
    """

    name: str
    sentence: str
    makes: tuple[str, ...]
    plot: str = ""
    across: bool = False
    on: tuple[str, ...] = GREY
    needs: ClassVar[str]

    @property
    def seconds(self) -> float:
        """How long it takes from nothing: one seed of MNIST, one core."""
        raise NotImplementedError

    @property
    def means(self) -> bool:
        """Whether it is a mean over seeds where there are several."""
        return False

    def contents(self, setting: Setting, results: Repeats) -> Contents:
        """Make it: of the setting, or of the results of its trials, or of nothing."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Measured(Exhibit):
    """One whose time was measured once; the time of trials follows from what they are."""

    takes: float  # seconds

    @property
    def seconds(self) -> float:
        return self.takes


@dataclass(frozen=True, kw_only=True)
class Alone(Measured):
    """An exhibit that needs no data."""

    needs = "nothing"
    across: bool = True
    compute: Callable[[], Contents]

    def contents(self, setting: Setting, results: Repeats) -> Contents:
        return self.compute()


@dataclass(frozen=True, kw_only=True)
class OfNetworks(Measured):
    """An exhibit of networks that it trains on a data set, or takes from those trained before.

    Parameters
    ----------
    repeated : whether more than one seed makes sense.
    """

    needs = "a data set"
    compute: Callable[[Setting], Contents]
    repeated: bool = False

    @property
    def means(self) -> bool:
        return self.repeated

    def contents(self, setting: Setting, results: Repeats) -> Contents:
        return self.compute(setting)


@dataclass(frozen=True, kw_only=True)
class OfTrials(Exhibit):
    """An exhibit that is a view of trials.

    Parameters
    ----------
    trials : of the name of a data set and a seed; what it needs.
    compute : of the name of the data set and the results.
    partial : whether it can show what there is while trials are missing.
    """

    needs = "trials"
    trials: Callable[[str, int], list[Trial]]
    compute: Callable[[str, Repeats], Contents]
    partial: bool = False

    @property
    def seconds(self) -> float:
        trials = self.trials("mnist", 0)
        return sum(map(expected_seconds, {*trials, *(trial.network for trial in trials)}))

    @property
    def means(self) -> bool:
        return True

    def contents(self, setting: Setting, results: Repeats) -> Contents:
        return self.compute(setting.data, results)
