"""Accuracy against sparsity, criterion by criterion: one row per activation, one panel per step."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.plots.style import ACTIVATIONS, CRITERIA, band, bare

DRAWN = ("random", "magnitude", "wanda", "relative_contribution", "none")
STEPS = (0.25, 0.15, 0.10, 0.05)
LOWEST = 90.0  # percent; what is below is not told apart


def draw(numbers: Numbers) -> Figure:
    """Every criterion's curve, scored on all the data: the mean over seeds and their range."""
    rows = numbers["curves"]
    fig, panels = plt.subplots(
        4, 4, figsize=(13, 12), sharex="col", sharey="row", layout="constrained"
    )
    for line, (activation, style) in zip(panels, ACTIVATIONS.items(), strict=True):
        for axes, per_round in zip(line, STEPS, strict=True):
            place = (activation, per_round)
            mine = [row for row in rows if (row["activation"], row["per_round"]) == place]
            for criterion in DRAWN:
                of_one = [row for row in mine if row["criterion"] == criterion]
                curve(axes, of_one, "accuracy_tuned", **CRITERIA[criterion])
            axes.set_title(f"{style['label']}, {per_round:.0%} per round", fontsize=13)
            axes.tick_params(labelsize=11)
            bare(axes)
        line[0].set_ylabel("test accuracy, %", fontsize=12)
        _scale(line, [row for row in rows if row["activation"] == activation])
    for axes in panels[-1]:
        axes.set_xlabel("weights pruned, % of all", fontsize=12)
    handles = [*(Line2D([], [], **CRITERIA[name]) for name in DRAWN), *spread(rows)]
    fig.legend(handles=handles, loc="outside lower center", ncols=6, frameon=False, fontsize=12)
    fig.suptitle(
        "Where does a criterion leave the control, which is fine-tuned as often and not pruned?\n"
        f"{data_and_seeds(rows)}, after fine-tuning; each row of panels has its own scale"
        f"{_cut(rows)}",
        fontsize=14,
    )
    return fig


def _scale(line: Sequence[Axes], rows: Sequence[Row]) -> None:
    """A row of panels shows all but the end of random, which is written where it is farther down.

    Otherwise one line that falls would press the others together.
    """
    others = [row["accuracy_tuned"] for row in rows if row["criterion"] in DRAWN[1:]]
    lowest, highest = max(LOWEST, min(others)), max(others)
    room = 0.06 * (highest - lowest)
    line[0].set_ylim(lowest - room, highest + room)
    for axes, per_round in zip(line, STEPS, strict=True):
        random = [r for r in rows if (r["criterion"], r["per_round"]) == ("random", per_round)]
        last = max(row["round"] for row in random)
        end = float(np.mean([row["accuracy_tuned"] for row in random if row["round"] == last]))
        if end < lowest - room:
            white: dict[str, Any] = {
                "facecolor": "white",
                "edgecolor": "none",
                "alpha": 0.85,
                "pad": 1.5,
            }
            place: dict[str, Any] = {"transform": axes.transAxes, "ha": "center"}
            axes.text(0.5, 0.04, f"random ends at {end:.1f}%", fontsize=11, bbox=white, **place)


def curve(
    axes: Axes, rows: Sequence[Row], field: str, *, shaded: bool = True, **style: Any
) -> None:
    """The mean over seeds of one criterion, and their range, against what is planned to be gone."""
    seeds = sorted({row["seed"] for row in rows})
    accuracy = np.array([[r[field] for r in rows if r["seed"] == seed] for seed in seeds])
    sparsity = [100 * row["planned"] for row in rows if row["seed"] == seeds[0]]
    axes.plot(sparsity, accuracy.mean(axis=0), **{"markersize": 5, **style})
    if shaded and len(seeds) > 1:
        low, high = accuracy.min(axis=0), accuracy.max(axis=0)
        axes.fill_between(sparsity, low, high, color=style["color"], alpha=0.15, linewidth=0)


def spread(rows: Sequence[Row]) -> list[Patch]:
    """What a legend says of the bands that `curve` draws; nothing of one seed."""
    seeds = len({row["seed"] for row in rows})
    return [band(f"band: lowest to highest of {seeds} seeds")] if seeds > 1 else []


def data_and_seeds(rows: Sequence[Row]) -> str:
    """Such as "MNIST, mean of 5 seeds"."""
    seeds = len({row["seed"] for row in rows})
    return f"{data_label(rows[0]['data'])}, {f'mean of {seeds} seeds' if seeds > 1 else '1 seed'}"


def _cut(rows: Sequence[Row]) -> str:
    """A warning if something is below the panels."""
    below = any(row["accuracy_tuned"] < LOWEST for row in rows if row["criterion"] in DRAWN[1:])
    return f", cut at {LOWEST:g}%" if below else ""
