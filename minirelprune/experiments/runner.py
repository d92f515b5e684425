"""Running trials: what is missing, in order, each kept as soon as it is finished."""

import time
from collections.abc import Callable, Sequence

import numpy as np
from tqdm import tqdm

from minirelprune.data import Dataset
from minirelprune.experiments.store import Result, Store
from minirelprune.experiments.trials import EPOCHS, LAYER_SIZES, Trial
from minirelprune.mlp import MLP, accuracy
from minirelprune.pruned import Round, record
from minirelprune.pruning import prune
from minirelprune.training import train


def run(
    trials: Sequence[Trial],
    dataset: Dataset,
    store: Store,
    *,
    on_result: Callable[[Result], None] | None = None,
    progress: bool | None = None,
) -> list[Result]:
    """Run the trials that are not in the store yet, and give the results of all of them.

    Parameters
    ----------
    trials : in the order they are run; those of one network stand next to each other, so that
        it is trained once.
    dataset : the data set that the trials name.
    store : what is finished is added to it at once, so that a stopped run goes on from there.
    on_result : called with each new result.
    progress : show bars: True, False, or None for only on a terminal.

    Raises
    ------
    ValueError : a trial names another data set.
    KeyboardInterrupt : Ctrl-C; the running trial is lost, the finished ones are in the store.
    """
    for trial in trials:
        if trial.data != dataset.name:
            raise ValueError(f"trials must be on {dataset.name!r}, got one on {trial.data!r}")
    missing = [trial for trial in trials if trial not in store.results]
    trained: tuple[object, MLP] | None = None
    hide = None if progress is None else not progress
    for trial in tqdm(missing, desc="trials", unit="trial", disable=hide):
        started = time.perf_counter()
        if trained is None or trained[0] != trial.network:
            trained = (trial.network, train_network(trial, dataset, progress=progress))
        rounds = run_trial(trial, trained[1], dataset, progress=progress)
        result = Result(trial, rounds, round(time.perf_counter() - started, 1))
        store.add(result)
        if on_result is not None:
            on_result(result)
    return [store.results[trial] for trial in trials]


def train_network(
    trial: Trial,
    dataset: Dataset,
    *,
    on_epoch: Callable[[int, MLP], object] | None = None,
    progress: bool | None = None,
) -> MLP:
    """The network a trial starts from: section 4's, 10 epochs at a learning rate of 1e-3."""
    rng = trial.rng("train")
    net = MLP(LAYER_SIZES, trial.activation, rng=rng)
    train(
        net,
        dataset.x_train,
        dataset.y_train,
        epochs=EPOCHS,
        learning_rate=1e-3,
        output_l1=trial.output_l1,
        rng=rng,
        on_epoch=on_epoch,
        progress=progress,
    )
    return net


def run_trial(
    trial: Trial, net: MLP, dataset: Dataset, *, progress: bool | None = None
) -> list[Round]:
    """The rounds of one trial, round 0 being the trained network, measured on the test set."""
    test = (dataset.x_test, dataset.y_test)
    if trial.target is None:
        dense = accuracy(net, *test)
        return [record(0, [np.ones(W.shape, np.bool_) for W in net.weights], (dense, dense))]
    result = prune(
        net,
        dataset.x_train,
        dataset.y_train,
        criterion=trial.make_criterion(),
        target=trial.target,
        per_round=trial.per_round,
        scoring_fraction=trial.scoring_fraction,
        output_l1=trial.output_l1,
        rng=trial.rng("prune"),
        evaluation=test,
        progress=progress,
    )
    if not result.complete:
        raise KeyboardInterrupt
    return result.rounds
