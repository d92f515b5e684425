"""The paper's accuracies across, ours upwards: on the line they are equal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from minirelprune.experiments.figures.style import CRITERIA, ERROR_TICKS, bare, error_scale
from minirelprune.experiments.tidy import Row

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DRAWN = ("random", "magnitude", "wanda", "ours")


def agreement_picture(rows: Sequence[Row]) -> Figure:
    """Every cell of the five tables, on the scale of the error's logarithm.

    Parameters
    ----------
    rows : the tidy numbers of `agreement.agreement_table`.
    """
    import matplotlib.pyplot as plt

    fig, axes = plt.subplots(figsize=(7.2, 6), layout="constrained")
    ends = [error_scale(tick) for tick in (ERROR_TICKS[0], ERROR_TICKS[-1])]
    axes.plot(ends, ends, color="black", linewidth=1)
    for name in DRAWN:
        mine = [row for row in rows if row["criterion"] == name]
        style: dict[str, Any] = {**CRITERIA[name], "linestyle": "none", "markersize": 7}
        axes.plot(
            [error_scale(row["paper"]) for row in mine],
            [error_scale(row["accuracy"]) for row in mine],
            **{**style, "label": f"{style['label']}, {len(mine)} cells"},
            markeredgecolor="white",
            markeredgewidth=0.5,
        )
    places = [error_scale(tick) for tick in ERROR_TICKS]
    axes.set_xticks(places, [f"{tick:g}" for tick in ERROR_TICKS])
    axes.set_yticks(places, [f"{tick:g}" for tick in ERROR_TICKS])
    axes.set_xlabel("test accuracy in the paper's tables, %", fontsize=12)
    axes.set_ylabel("measured, mean over seeds, %", fontsize=12)
    axes.annotate("equal", (error_scale(60), error_scale(60)), (8, -14), textcoords="offset points")
    axes.legend(frameon=False, loc="lower right", fontsize=11)
    bare(axes)
    return fig
