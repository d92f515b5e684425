"""One trial, from the data to its rounds. Nothing outside its configuration decides the result."""

import time
import warnings
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np

from minirelprune.data import load_dataset
from minirelprune.experiments.store import Result
from minirelprune.experiments.trials import LAYER_SIZES, Trial
from minirelprune.network.mlp import MLP, accuracy
from minirelprune.network.training import train
from minirelprune.pruning.algorithm import EmptiedWarning, prune
from minirelprune.pruning.pruned import Round, record
from minirelprune.support.arrays import Array, Labels
from minirelprune.support.files import locked
from minirelprune.theory.blind_range import blind_share

BLIND = 0.01  # slopes up to this count as blind: sigmoid's and tanh's are never 0

Examples = tuple[Array, Labels]


def run(trial: Trial, networks: Path, *, progress: bool | None = None) -> Result:
    """Train the trial's network, or take it from the folder `networks`, and prune it.

    Raises
    ------
    KeyboardInterrupt : Ctrl-C.
    TrainingDiverged : a loss that is not finite.
    """
    started = time.perf_counter()
    training, testing = examples(trial)
    net = network(trial, training, networks, progress=progress)
    blind = [round(share, 5) for share in blind_share(net, testing[0], BLIND)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EmptiedWarning)  # sparsity by layer is in every round
        rounds = _rounds(trial, net, training, testing, progress)
    return Result(trial, rounds, blind, round(time.perf_counter() - started, 1))


def examples(trial: Trial) -> tuple[Examples, Examples]:
    """What the trial trains on, and what it is measured on."""
    data = _dataset(trial.data, trial.n_train)
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


# One data set is all that a process works on, and loading it takes a second.
_dataset = lru_cache(maxsize=1)(
    lambda name, n_train: load_dataset(name, download=False, n_train=n_train)
)


def train_network(
    trial: Trial,
    training: Examples,
    *,
    on_epoch: Callable[[int, MLP], object] | None = None,
    progress: bool | None = None,
) -> MLP:
    """The network a trial starts from: section 4's, 10 epochs at a learning rate of 1e-3."""
    rng = trial.rng("train")
    net = MLP(LAYER_SIZES, trial.activation, rng=rng)
    train(
        net,
        *training,
        epochs=trial.epochs,
        learning_rate=1e-3,
        batch_size=trial.batch_size,
        output_l1=trial.output_l1,
        rng=rng,
        on_epoch=on_epoch,
        progress=progress,
    )
    return net


def network(
    trial: Trial, training: Examples, networks: Path, *, progress: bool | None = None
) -> MLP:
    """The trained network, from its file if there is one; another run may be writing it now."""
    networks.mkdir(parents=True, exist_ok=True)
    name = str(trial.network).replace(", ", "-").replace(" ", "-")
    key = trial.network.key
    path = networks / f"{name}-{key}.npz"
    with locked(path.with_suffix(".lock"), "wb"):
        if path.exists():
            return MLP.load(path)
        net = train_network(trial, training, progress=progress)
        net.save(path)
        return net


def _rounds(
    trial: Trial, net: MLP, training: Examples, testing: Examples, progress: bool | None
) -> list[Round]:
    """The rounds of the trial, round 0 being the trained network."""
    if trial.target is None:
        dense = accuracy(net, *testing)
        return [record(0, [np.ones(W.shape, np.bool_) for W in net.weights], (dense, dense))]
    result = prune(
        net,
        *training,
        criterion=trial.make_criterion(),
        target=trial.target,
        per_round=trial.per_round,
        scoring_fraction=trial.scoring_fraction,
        scope=trial.scope,
        arithmetic=trial.arithmetic,
        batch_size=trial.batch_size,
        output_l1=trial.output_l1,
        rng=trial.rng("prune"),
        evaluation=testing,
        progress=progress,
    )
    if not result.complete:
        raise KeyboardInterrupt
    return result.rounds
