"""Accuracy against sparsity, criterion by criterion: one row per activation, one panel per step."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.plots.style import ACTIVATIONS, CRITERIA, bare

DRAWN = ("random", "magnitude", "wanda", "relative_contribution", "none")
STEPS = (0.25, 0.15, 0.10, 0.05)
LOWEST = 90.0  # percent; what is below is not told apart


def draw(numbers: Numbers) -> Figure:
    """Every criterion's curve, scored on all the data: the mean over seeds and their range."""
    rows = numbers["curves"]
    fig, panels = plt.subplots(
        4, 4, figsize=(12, 11), sharex=True, sharey=True, layout="constrained"
    )
    for line, (activation, style) in zip(panels, ACTIVATIONS.items(), strict=True):
        for axes, per_round in zip(line, STEPS, strict=True):
            place = (activation, per_round)
            mine = [row for row in rows if (row["activation"], row["per_round"]) == place]
            for criterion in DRAWN:
                of_one = [row for row in mine if row["criterion"] == criterion]
                curve(axes, of_one, "accuracy_tuned", **CRITERIA[criterion])
            axes.set_title(f"{style['label']}, {per_round:.0%} per round", fontsize=11)
            bare(axes)
        line[0].set_ylabel("test accuracy, %")
    panels[0, 0].set_ylim(max(LOWEST, panels[0, 0].get_ylim()[0]))  # of all panels
    for axes in panels[-1]:
        axes.set(xlabel="weights pruned, % of all", xticks=(0, 25, 50, 75))
    handles, labels = panels[0, 0].get_legend_handles_labels()
    fig.legend(handles, labels, loc="outside lower center", ncols=5, frameon=False, fontsize=12)
    fig.suptitle(f"{data_and_seeds(rows)}: mean and range, after fine-tuning")
    return fig


def curve(axes: Axes, rows: Sequence[Row], field: str, **style: Any) -> None:
    """The mean over seeds of one criterion, and their range, against what is planned to be gone."""
    seeds = sorted({row["seed"] for row in rows})
    accuracy = np.array([[r[field] for r in rows if r["seed"] == seed] for seed in seeds])
    sparsity = [100 * row["planned"] for row in rows if row["seed"] == seeds[0]]
    axes.plot(sparsity, accuracy.mean(axis=0), **{"markersize": 4, **style})
    if len(seeds) > 1:
        low, high = accuracy.min(axis=0), accuracy.max(axis=0)
        axes.fill_between(sparsity, low, high, color=style["color"], alpha=0.15, linewidth=0)


def data_and_seeds(rows: Sequence[Row]) -> str:
    """Such as "MNIST, 5 seeds"."""
    seeds = len({row["seed"] for row in rows})
    return f"{data_label(rows[0]['data'])}, {seeds} seed{'s' if seeds > 1 else ''}"
