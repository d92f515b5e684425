"""The tables that are no views of trials: of the library itself, and of trained networks."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from minirelprune.data import Dataset
from minirelprune.experiments import one_trial, published
from minirelprune.experiments.estimators import estimator_table
from minirelprune.experiments.heaviness import clt_table, tails_table
from minirelprune.experiments.outputs import write_files
from minirelprune.experiments.ranking import ranking_table
from minirelprune.experiments.table import Table
from minirelprune.experiments.trials import Trial
from minirelprune.network.mlp import MLP
from minirelprune.support import threads

RANKED_ON = 6_000  # examples; the readings with bins take minutes on more

# Of nothing; and of (networks, one an activation; dataset; progress).
ALONE: dict[str, Callable[[], Table]] = {"estimators": estimator_table}
ON_NETWORKS: dict[str, Callable[[list[MLP], Dataset, bool | None], Table]] = {
    "tails": lambda nets, d, progress: tails_table(nets, d.x_train, data=d.name, progress=progress),
    "clt": lambda nets, d, progress: clt_table(nets, d.x_train, data=d.name, progress=progress),
    "ranking": lambda nets, d, progress: ranking_table(nets, _some(d), data=d.name),
}
STUDIES = (*ALONE, *ON_NETWORKS)


def study(
    name: str, dataset: Dataset | None, *, seed: int, out: Path, progress: bool | None = None
) -> tuple[Table, list[str]]:
    """Make a table, and write it as .md and .csv.

    Parameters
    ----------
    name : one of `STUDIES`.
    dataset : what the networks are trained on; None will do for those of `ALONE`.
    seed : of the networks, which are those of `reproduce dense`, kept in `networks/`.
    out, progress : as for `reproduce`.

    Returns
    -------
    The table, and the names of the files.
    """
    if name in ALONE:
        table = ALONE[name]()
    elif dataset is None:
        raise ValueError(f"dataset must not be None for {name}")
    else:
        training = (dataset.x_train, dataset.y_train)
        with threads.limited(1):  # as trials are
            nets = [
                one_trial.network(
                    Trial(dataset.name, seed, activation=activation),
                    training,
                    out / "networks",
                    progress=progress,
                )
                for activation in published.DENSE
            ]
        table = ON_NETWORKS[name](nets, dataset, progress)
    return table, write_files(name, out, [table])


def _some(dataset: Dataset) -> np.ndarray:
    n = len(dataset.x_train)
    chosen = np.random.default_rng(0).choice(n, min(n, RANKED_ON), replace=False)
    return dataset.x_train[np.sort(chosen)]
