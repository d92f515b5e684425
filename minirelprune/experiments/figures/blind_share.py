"""Fig. 1 met in practice: how much of a network is blind on data, epoch by epoch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from tqdm import tqdm

from minirelprune.data import Dataset
from minirelprune.experiments.figures.style import ACTIVATIONS, bare
from minirelprune.experiments.one_trial import train_network
from minirelprune.experiments.tidy import Numbers, Row, short
from minirelprune.experiments.trials import Trial
from minirelprune.network.mlp import MLP
from minirelprune.theory.blind_range import blind_share

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TOLERANCES = (0.0, 0.001, 0.01, 0.1)
DRAWN = 0.01
EXAMPLES = 10_000  # of the training data; with all 60,000 no share changes by 0.002


def numbers(dataset: Dataset, seeds: Sequence[int], progress: bool | None = None) -> Numbers:
    """The share of each hidden layer, at each tolerance, after every epoch, 0 being untrained."""
    rows: list[Row] = []
    trials = [Trial(dataset.name, seed, activation=name) for seed in seeds for name in ACTIVATIONS]
    training = (dataset.x_train, dataset.y_train)
    hide = None if progress is None else not progress
    for trial in tqdm(trials, desc="networks", unit="network", disable=hide):

        def look(epoch: int, net: MLP, trial: Trial = trial) -> None:
            for tolerance in TOLERANCES:
                shares = blind_share(net, dataset.x_train[:EXAMPLES], tolerance)
                rows.extend(
                    {
                        "data": trial.data,
                        "seed": trial.seed,
                        "activation": trial.activation,
                        "layer": layer,
                        "epoch": epoch,
                        "tolerance": tolerance,
                        "share": short(share),
                    }
                    for layer, share in enumerate(shares)
                )

        train_network(trial, training, on_epoch=look, progress=progress)
    return {"blind_share": rows}


def picture(numbers: Numbers) -> Figure:
    """A panel a hidden layer; a line an activation, the mean over seeds with their range."""
    import matplotlib.pyplot as plt

    rows = [row for row in numbers["blind_share"] if row["tolerance"] == DRAWN]
    layers = sorted({row["layer"] for row in rows})
    seeds = sorted({row["seed"] for row in rows})
    epochs = sorted({row["epoch"] for row in rows})
    fig, panels = plt.subplots(
        1, len(layers), figsize=(10, 4.6), layout="constrained", sharey=True, squeeze=False
    )
    for axes, layer in zip(panels[0], layers, strict=True):
        for name, style in ACTIVATIONS.items():
            mine = [row for row in rows if (row["layer"], row["activation"]) == (layer, name)]
            shares = 100 * np.array([row["share"] for row in mine])
            shares = shares.reshape(len(seeds), len(epochs))
            axes.plot(epochs, shares.mean(axis=0), linewidth=2, **style)
            low, high = shares.min(axis=0), shares.max(axis=0)
            axes.fill_between(epochs, low, high, color=style["color"], alpha=0.2, linewidth=0)
        axes.set_title(f"layer l = {layer}", fontsize=13)
        axes.set_xlabel("epochs of training", fontsize=12)
        axes.set(ylim=(0, 100), xticks=epochs)
        bare(axes)
    panels[0, 0].set_ylabel("blind (example, unit) pairs, %", fontsize=12)
    handles, labels = panels[0, 0].get_legend_handles_labels()
    fig.legend(handles, labels, loc="outside lower center", ncols=4, frameon=False, fontsize=12)
    fig.suptitle(
        f"{rows[0]['data']}: pairs with abs(f'(z)) ≤ {DRAWN:g}, {_counted(seeds)}.\n"
        "With tolerance 0 ReLU stays as drawn, and the others are at 0",
        fontsize=13,
    )
    return fig


def _counted(seeds: Sequence[int]) -> str:
    return f"seed {seeds[0]}" if len(seeds) == 1 else f"mean and range of {len(seeds)} seeds"
