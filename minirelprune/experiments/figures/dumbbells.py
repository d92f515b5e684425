"""A table of the paper as a picture: its number and ours on one line, a line a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from minirelprune.experiments.figures.style import CRITERIA, ERROR_TICKS, bare, error_scale, shown
from minirelprune.experiments.tidy import Row

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def table_picture(rows: Sequence[Row]) -> Figure:
    """A panel a column of the table; accuracy on the scale of the error's logarithm.

    Parameters
    ----------
    rows : the tidy numbers of `tables.paper_table`.
    """
    import matplotlib.pyplot as plt

    columns = list(dict.fromkeys(row["column"] for row in rows))
    names = list(dict.fromkeys(row["row"] for row in rows))
    across = next(n for n in (4, 3, 2, 1) if len(columns) % n == 0)
    down = len(columns) // across
    height = 0.25 * len(names) + 0.5
    fig, panels = plt.subplots(
        down,
        across,
        figsize=(3 + 2.4 * across, height * down + 1.1),
        sharex=True,
        sharey=True,
        squeeze=False,
        layout="constrained",
    )
    for axes, column in zip(panels.flat, columns, strict=True):
        _panel(axes, [row for row in rows if row["column"] == column], names)
        axes.set_title(column, fontsize=11)
    for axes in panels[-1]:
        axes.set_xlabel("test accuracy, %", fontsize=11)
    _legend(fig, any(row["seeds"] > 1 for row in rows))
    data, seeds = rows[0]["data"], sorted({row["seeds"] for row in rows})
    fig.suptitle(
        f"Table {rows[0]['table']}, {shown(data)}, seeds: "
        + " to ".join(str(n) for n in dict.fromkeys((seeds[0], seeds[-1]))),
        fontsize=12,
    )
    return fig


def _panel(axes: Axes, rows: Sequence[Row], names: Sequence[str]) -> None:
    for row in rows:
        y, style = names.index(row["row"]), _style(row)
        ours = error_scale(row["accuracy"])
        if row["paper"] is not None:
            paper = error_scale(row["paper"])
            axes.plot([paper, ours], [y, y], color=style["color"], linewidth=1, alpha=0.6)
            axes.plot(paper, y, **style, markerfacecolor="none", markersize=7)
        if not np.isnan(row["half_width_95"]):
            ends = [row["accuracy"] - row["half_width_95"], row["accuracy"] + row["half_width_95"]]
            axes.plot([error_scale(end) for end in ends], [y, y], color=style["color"], linewidth=3)
        axes.plot(ours, y, **style, markersize=5)
    axes.set_yticks(range(len(names)), names, fontsize=10)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xticks(
        [error_scale(tick) for tick in ERROR_TICKS],
        [f"{tick:g}" for tick in ERROR_TICKS],
        fontsize=9,
    )
    axes.tick_params(axis="x", rotation=60)
    bare(axes)


def _style(row: Row) -> dict[str, Any]:
    style = CRITERIA[row["criterion"]]
    return {"color": style["color"], "marker": style["marker"] or "D", "linestyle": "none"}


def _legend(fig: Figure, intervals: bool) -> None:
    from matplotlib.lines import Line2D

    grey: dict[str, Any] = {"color": "#444444", "marker": "o", "linestyle": "none"}
    handles = [
        Line2D([], [], **grey, markersize=5, label="ours" + ", 95% interval" * intervals),
        Line2D([], [], **grey, markersize=7, markerfacecolor="none", label="the paper's"),
    ]
    fig.legend(handles=handles, loc="outside lower center", ncols=2, frameon=False, fontsize=11)
