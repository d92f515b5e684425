"""What the notebooks share: data, networks trained as in the tables, results, and one style.

A notebook imports `minirelprune` and this file, and nothing else of the package:

>>> from minirelprune import lab
>>> [cell.published for cell in lab.find(4, "mnist", criterion="wanda")]
[98.6, 98.31, 90.32]
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from matplotlib.figure import Figure

from minirelprune.data import Dataset, load_dataset
from minirelprune.experiments import plots
from minirelprune.experiments.exhibit import OfTrials, Setting
from minirelprune.experiments.exhibits.pixels import survivors
from minirelprune.experiments.exhibits.ranking import of_networks as ranking_of
from minirelprune.experiments.intervals import estimate
from minirelprune.experiments.outputs import Contents, Table
from minirelprune.experiments.paper.cells import Cell, cells, find, rounds_of, trained
from minirelprune.experiments.paper.claimed import claims
from minirelprune.experiments.paper.labels import column_label, row_label
from minirelprune.experiments.paper.published import DENSE
from minirelprune.experiments.plots.style import ACTIVATIONS, CRITERIA, bare
from minirelprune.experiments.registry import exhibit
from minirelprune.experiments.trials.networks import network, train_network
from minirelprune.experiments.trials.repeats import Repeats, repeats, tuned
from minirelprune.experiments.trials.runner import run_trials
from minirelprune.experiments.trials.store import Result, Store
from minirelprune.experiments.trials.trial import EPOCHS, LAYER_SIZES, Trial
from minirelprune.network.losses import output_l1
from minirelprune.network.mlp import MLP
from minirelprune.theory.binning import equal_mass_edges

__all__ = [
    "ACTIVATIONS",
    "CRITERIA",
    "DENSE",
    "EPOCHS",
    "FIGURES",
    "LAYER_SIZES",
    "Cell",
    "Contents",
    "Table",
    "Trial",
    "bare",
    "cells",
    "claims",
    "column_label",
    "compute",
    "draw",
    "equal_mass_edges",
    "estimate",
    "find",
    "live",
    "live_network",
    "output_l1",
    "ranking_of",
    "results",
    "rounds_of",
    "row_label",
    "show",
    "start",
    "survivors",
    "train",
    "trained",
    "tuned",
]

FIGURES = Path("../figures")  # a notebook runs in its own folder, and the results lie beside it


def start(n_train: int = 3000, n_test: int | None = None) -> tuple[Dataset, bool]:
    """Load the data, and say what it is: MNIST, or digits drawn by code where it cannot be had.

    Parameters
    ----------
    n_train, n_test : how many examples a fast run takes; None for all of them.

    Returns
    -------
    The data, and whether this is a fast run: one with MINIRELPRUNE_FAST=1 in the environment.
    """
    fast = os.environ.get("MINIRELPRUNE_FAST") == "1"
    data = load_dataset(n_train=n_train, n_test=n_test) if fast else load_dataset()
    print(f"{data.name}: {len(data.x_train):,} training and {len(data.x_test):,} test images")
    return data, fast


def train(
    data: Dataset,
    activation: str = "relu",
    *,
    epochs: int = EPOCHS,
    seed: int = 0,
    on_epoch: Callable[[int, MLP], object] | None = None,
) -> MLP:
    """The paper's network, trained on this data as in the tables: the same bits for all of MNIST.

    Parameters
    ----------
    data : what to train on.
    activation : of the hidden layers.
    epochs, seed : 10 and 0 in the tables' first repetition.
    on_epoch : as in `minirelprune.train`.
    """
    trial = Trial(data.name, seed, activation=activation, epochs=epochs)
    training = (data.x_train, data.y_train)
    return train_network(trial, training, on_epoch=on_epoch, progress=False)


@lru_cache
def results() -> Repeats:
    """The committed trials on MNIST: configuration -> seed -> result; none where there is no file.

    `rounds_of(cell, results())` gives the round that a cell asks for, of each seed.
    """
    stored = Store(FIGURES / "trials.jsonl").results.values()
    return repeats(result for result in stored if result.trial.data == "mnist")


def compute(name: str, data: str = "mnist") -> Contents:
    """The tables and the numbers of an exhibit of `minirelprune list`.

    Parameters
    ----------
    name : of the exhibit. A view of trials is made from the committed ones.
    data : the name of the data set, where networks are trained for it.
    """
    one = exhibit(name)
    setting = Setting(data, [0], _folder() / "networks", progress=False)
    return one.contents(setting, results() if isinstance(one, OfTrials) else {})


def draw(name: str, contents: Contents) -> Figure:
    """The picture of an exhibit, drawn from its numbers."""
    return plots.draw(exhibit(name).plot or name, contents.numbers)


def live(trials: Iterable[Trial], **changes: Any) -> list[Result]:
    """Run trials here and now; nothing is read from the committed ones.

    Parameters
    ----------
    trials : such as `cell.trial` of some cells.
    changes : to every trial, such as epochs=2, n_train=3000 for a quick look.
    """
    store = Store(_folder() / "trials.jsonl")
    return run_trials([replace(trial, **changes) for trial in trials], store, progress=False)


def live_network(trial: Trial) -> MLP:
    """The trained network that a trial of `live` started from."""
    return network(trial, _folder() / "networks", progress=False)


def show(*tables: Table) -> None:
    """Show tables as a notebook does, and not as text."""
    from IPython.display import Markdown, display

    for table in tables:
        display(Markdown(table.markdown()))


@lru_cache
def _folder() -> Path:
    """A temporary folder of this session: a reader's run touches no file of the repository."""
    return Path(mkdtemp(prefix="minirelprune-"))
