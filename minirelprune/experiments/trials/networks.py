"""The trained networks that trials start from, and the examples they are trained on."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from minirelprune.data import Dataset, load_dataset
from minirelprune.experiments.trials.trial import Trial
from minirelprune.experiments.trials.untrained import untrained
from minirelprune.network.protocol import Network
from minirelprune.network.training import train
from minirelprune.pruning.pruned import load_network
from minirelprune.support import threads
from minirelprune.support.arrays import Array, Labels
from minirelprune.support.files import locked

Examples = tuple[Array, Labels]


@lru_cache(maxsize=1)
def dataset(name: str, n_train: int | None = None) -> Dataset:
    """The data set of this name, from where it is stored: loading it takes a second."""
    return load_dataset(name, download=False, n_train=n_train)


def examples(trial: Trial) -> tuple[Examples, Examples]:
    """What the trial trains on, and what it is measured on."""
    data = dataset(trial.data, trial.n_train)
    training, testing = (data.x_train, data.y_train), (data.x_test, data.y_test)
    if trial.held_out:
        kept = len(data.x_train) * 5 // 6
        training, testing = (
            (data.x_train[:kept], data.y_train[:kept]),
            (data.x_train[kept:], data.y_train[kept:]),
        )
    if trial.standardised:
        mean, std = training[0].mean(), training[0].std()
        training, testing = (((x - mean) / std, y) for x, y in (training, testing))
    return training, testing


def train_network(
    trial: Trial,
    training: Examples,
    *,
    on_epoch: Callable[[int, Network], object] | None = None,
    progress: bool | None = None,
) -> Network:
    """The network a trial starts from, trained on the examples handed in (section 4).

    On one thread, wherever it is called from: with two, matrix products differ in their last bits.
    """
    rng = trial.rng("train")
    net = untrained(trial, training[0].shape[1], rng)
    with threads.limited(1):
        train(net, *training, trial.training, rng=rng, on_epoch=on_epoch, progress=progress)
    return net


def network(trial: Trial, folder: Path, *, progress: bool | None = None) -> Network:
    """The network a trial starts from, trained on the trial's own examples and kept in a file.

    Parameters
    ----------
    trial : all that decides the network is in it.
    folder : where the files are; another run may be writing the same one now.
    """
    name = str(trial.network).replace(", ", "-").replace(" ", "-")
    path = folder / f"{name}-{trial.network.key}.npz"
    if path.exists():
        return load_network(path)[0]
    folder.mkdir(parents=True, exist_ok=True)
    with locked(path.with_suffix(".lock"), "wb"):
        if path.exists():  # another run trained it meanwhile
            return load_network(path)[0]
        net = train_network(trial, examples(trial)[0], progress=progress)
        net.save(path)
        return net
