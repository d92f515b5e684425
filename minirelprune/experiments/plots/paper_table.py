"""A table of the paper as a picture: the published and the measured number of each row."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.plots.style import CRITERIA, ERROR_TICKS, bare, error_scale


def draw(numbers: Numbers) -> Figure:
    """One panel per column of the table; accuracy on the scale of the error's logarithm."""
    [rows] = numbers.values()
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
        f"Table {rows[0]['table']}, {data_label(data)}, seeds: "
        + " to ".join(str(n) for n in dict.fromkeys((seeds[0], seeds[-1]))),
        fontsize=12,
    )
    return fig


def _panel(axes: Axes, rows: Sequence[Row], names: Sequence[str]) -> None:
    for row in rows:
        y, style = names.index(row["row"]), _style(row)
        measured = error_scale(row["measured"])
        if row["published"] is not None:
            published = error_scale(row["published"])
            axes.plot([published, measured], [y, y], color=style["color"], linewidth=1, alpha=0.6)
            axes.plot(published, y, **style, markerfacecolor="none", markersize=7)
        if not np.isnan(row["half_width_95"]):
            ends = [row["measured"] - row["half_width_95"], row["measured"] + row["half_width_95"]]
            axes.plot([error_scale(end) for end in ends], [y, y], color=style["color"], linewidth=3)
        axes.plot(measured, y, **style, markersize=5)
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
    grey: dict[str, Any] = {"color": "#444444", "marker": "o", "linestyle": "none"}
    handles = [
        Line2D(
            [],
            [],
            **grey,
            markersize=5,
            label="measured" + ", 95% interval" * intervals,
        ),
        Line2D([], [], **grey, markersize=7, markerfacecolor="none", label="published"),
    ]
    fig.legend(handles=handles, loc="outside lower center", ncols=2, frameon=False, fontsize=11)
