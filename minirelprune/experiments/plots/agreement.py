"""The published accuracies across, the measured ones upwards: on the line they are equal."""

from typing import Any

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers
from minirelprune.experiments.plots.style import CRITERIA, ERROR_TICKS, bare, error_scale

DRAWN = ("random", "magnitude", "wanda", "relative_contribution")


def draw(numbers: Numbers) -> Figure:
    """Every cell of the five tables, on the scale of the error's logarithm."""
    rows = numbers["agreement"]
    fig, axes = plt.subplots(figsize=(7.2, 6), layout="constrained")
    ends = [error_scale(tick) for tick in (ERROR_TICKS[0], ERROR_TICKS[-1])]
    axes.plot(ends, ends, color="black", linewidth=1)
    for name in DRAWN:
        mine = [row for row in rows if row["criterion"] == name]
        style: dict[str, Any] = {**CRITERIA[name], "linestyle": "none", "markersize": 7}
        axes.plot(
            [error_scale(row["published"]) for row in mine],
            [error_scale(row["measured"]) for row in mine],
            **{**style, "label": f"{style['label']}, {len(mine)} cells"},
            markeredgecolor="white",
            markeredgewidth=0.5,
        )
    places = [error_scale(tick) for tick in ERROR_TICKS]
    axes.set_xticks(places, [f"{tick:g}" for tick in ERROR_TICKS])
    axes.set_yticks(places, [f"{tick:g}" for tick in ERROR_TICKS])
    axes.set_xlabel("published test accuracy, %", fontsize=12)
    axes.set_ylabel("measured test accuracy, mean over seeds, %", fontsize=12)
    axes.annotate("equal", (error_scale(60), error_scale(60)), (8, -14), textcoords="offset points")
    axes.legend(frameon=False, loc="lower right", fontsize=11)
    bare(axes)
    return fig
