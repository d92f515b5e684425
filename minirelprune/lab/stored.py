"""The committed trials, and what is made of them: exhibits, and comparisons of two cells."""

from functools import lru_cache
from pathlib import Path

from matplotlib.figure import Figure

from minirelprune.experiments import plots
from minirelprune.experiments.exhibit import OfTrials, Setting
from minirelprune.experiments.intervals import Estimate, estimate
from minirelprune.experiments.outputs import Contents
from minirelprune.experiments.paper.cells import Cell, rounds_of
from minirelprune.experiments.registry import exhibit
from minirelprune.experiments.trials.repeats import Repeats, repeats
from minirelprune.experiments.trials.store import Store
from minirelprune.lab.session import folder

FIGURES = Path("../figures")  # a notebook runs in its own folder, and the results lie beside it


@lru_cache
def results() -> Repeats:
    """The committed trials: configuration -> seed -> result; none where there is no file.

    `rounds_of(cell, results())` gives the round that a cell asks for, of each seed.
    """
    return repeats(Store(FIGURES / "trials.jsonl").results.values())


def compute(name: str, data: str = "mnist") -> Contents:
    """The tables and the numbers of an exhibit of `minirelprune list`.

    Parameters
    ----------
    name : of the exhibit. A view of trials is made from the committed ones.
    data : the name of the data set.
    """
    one = exhibit(name)
    setting = Setting(data, [0], folder() / "networks", progress=False)
    return one.contents(setting, results() if isinstance(one, OfTrials) else {})


def draw(name: str, contents: Contents) -> Figure:
    """The picture of an exhibit, drawn from its numbers."""
    return plots.draw(exhibit(name).plot or name, contents.numbers)


def accuracies(cell: Cell) -> dict[int, float]:
    """The accuracy of a cell after fine-tuning, in percent, of each committed seed."""
    return {seed: one.accuracy_tuned for seed, one in rounds_of(cell, results()).items()}


def compare(cell: Cell, other: Cell) -> Estimate:
    """The paired difference of two cells: their accuracies subtracted within each seed.

    Parameters
    ----------
    cell, other : such as those that `find` gives; the seeds that both have are compared.

    Returns
    -------
    The mean of `cell` minus `other` in percentage points, with its 95% interval over seeds.

    Raises
    ------
    ValueError : no seed has both.
    """
    one, two = accuracies(cell), accuracies(other)
    paired = [one[seed] - two[seed] for seed in one if seed in two]
    if not paired:
        raise ValueError(
            f"cell and other must share a committed seed, got {cell.trial} and {other.trial}"
        )
    return estimate(paired)
