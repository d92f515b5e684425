"""What a notebook does here and now: it loads data, trains networks, and runs trials."""

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, cast

from minirelprune.data import Dataset, load_dataset
from minirelprune.experiments.trials.networks import network, train_network
from minirelprune.experiments.trials.runner import run_trials
from minirelprune.experiments.trials.store import Result, Store
from minirelprune.experiments.trials.trial import EPOCHS, Trial
from minirelprune.network.mlp import MLP

QUICK = {"epochs": 2, "n_train": 3000}  # the changes to the trials of a fast run


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
    on_epoch: Callable[[int, Any], object] | None = None,
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
    return cast(MLP, train_network(trial, training, on_epoch=on_epoch, progress=False))


def live(trials: Iterable[Trial], **changes: Any) -> list[Result]:
    """Run trials here and now; nothing is read from the committed ones.

    Parameters
    ----------
    trials : such as `cell.trial` of some cells.
    changes : to every trial, such as epochs=2, n_train=3000 for a quick look.
    """
    store = Store(folder() / "trials.jsonl")
    return run_trials([replace(trial, **changes) for trial in trials], store, progress=False)


def live_network(trial: Trial) -> MLP:
    """The trained network that a trial of `live` started from."""
    return cast(MLP, network(trial, folder() / "networks", progress=False))


@lru_cache
def folder() -> Path:
    """A temporary folder of this session: a reader's run touches no file of the repository."""
    return Path(mkdtemp(prefix="minirelprune-"))
