"""Fig. 1 met in practice: how much of a network is blind on data, epoch by epoch."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.plots.style import ACTIVATIONS, band, bare

DRAWN = 0.01


def draw(numbers: Numbers) -> Figure:
    """One panel per hidden layer, one line per activation: the mean over seeds and their range."""
    rows = [row for row in numbers["blind_share"] if row["tolerance"] == DRAWN]
    layers = sorted({row["layer"] for row in rows})
    seeds = sorted({row["seed"] for row in rows})
    epochs = sorted({row["epoch"] for row in rows})
    fig, panels = plt.subplots(
        1, len(layers), figsize=(11, 5.2), layout="constrained", sharey=True, squeeze=False
    )
    for axes, layer in zip(panels[0], layers, strict=True):
        for name, style in ACTIVATIONS.items():
            mine = [row for row in rows if (row["layer"], row["activation"]) == (layer, name)]
            shares = 100 * np.array([row["share"] for row in mine])
            shares = shares.reshape(len(seeds), len(epochs))
            axes.plot(epochs, shares.mean(axis=0), linewidth=2, **style)
            if len(seeds) > 1:
                ends = shares.min(axis=0), shares.max(axis=0)
                axes.fill_between(epochs, *ends, color=style["color"], alpha=0.15, linewidth=0)
        axes.set_title(f"hidden layer l = {layer}", fontsize=13)
        axes.set_xlabel("epochs of training (0: untrained)", fontsize=12)
        axes.set(ylim=(0, 100), xticks=epochs)
        axes.tick_params(labelsize=11)
        bare(axes)
    panels[0, 0].set_ylabel("blind (example, unit) pairs, %", fontsize=12)
    handles, _ = panels[0, 0].get_legend_handles_labels()
    if len(seeds) > 1:
        handles.append(band(f"band: lowest to highest of {len(seeds)} seeds"))
    fig.legend(handles=handles, loc="outside lower center", ncols=5, frameon=False, fontsize=12)
    fig.suptitle(
        f"How often is a hidden unit blind, abs(f'(z)) ≤ {DRAWN:g}? Epoch by epoch on "
        f"{data_label(rows[0]['data'])}, {_counted(seeds)}\n"
        "If only f'(z) = 0 counts, ReLU's line stays where it is and the other three lie at 0",
        fontsize=13,
    )
    return fig


def _counted(seeds: Sequence[int]) -> str:
    return f"seed {seeds[0]}" if len(seeds) == 1 else f"mean of {len(seeds)} seeds"
