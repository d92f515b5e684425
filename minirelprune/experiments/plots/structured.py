"""The published numbers against what single weights, whole columns and whole units give."""

import statistics
from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import NullLocator

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.plots.style import CRITERIA, EDGE, bare

LOOKS: dict[str, dict[str, Any]] = {
    "weight": {"marker": "o", "color": "#202020", "label": "single weights"},
    "column": {"marker": "^", "color": "#d55e00", "label": "whole columns"},
    "unit": {"marker": "s", "color": "#8ec5e8", "label": "whole units"},
}


def draw(numbers: Numbers) -> Figure:
    """One panel per criterion; a point on the line agrees with the paper."""
    rows = numbers["structured"]
    names = list(dict.fromkeys(str(row["criterion"]) for row in rows))
    across = len(names)
    fig, panels = plt.subplots(
        1, across, figsize=(4.2 * across, 5.2), layout="constrained", squeeze=False
    )
    for axes, name in zip(panels[0], names, strict=True):
        _panel(axes, [row for row in rows if row["criterion"] == name], name)
    panels[0, 0].set_ylabel("measured accuracy, %\n(error on a logarithmic scale)", fontsize=12)
    fig.suptitle(f"{_said(rows)}\nOn the line, measured = published", fontsize=13)
    marks = [
        Line2D([], [], linestyle="none", markersize=8, **{**look, **EDGE})
        for look in LOOKS.values()
    ]
    fig.legend(handles=marks, loc="outside lower center", ncols=len(marks), fontsize=12)
    return fig


def _said(rows: Sequence[Row]) -> str:
    """What to see in the first panel, in numbers."""
    mine = [row for row in rows if row["criterion"] == rows[0]["criterion"]]
    near = {
        way: statistics.median(abs(row[way] - row["published"]) for row in mine)
        for way in ("column", "weight")
    }
    name = CRITERIA[str(rows[0]["criterion"])]["label"]
    return (
        f"Distance of {name} to the published numbers, median:\n{near['column']:.1f} points if "
        f"whole columns are pruned, {near['weight']:.1f} if single weights"
    )


def _panel(axes: Axes, rows: Sequence[Row], name: str) -> None:
    """One criterion, errors 100 - accuracy on logarithmic scales, the best at the upper right."""
    values = [row["published"] for row in rows]
    for way, look in LOOKS.items():
        mine = [row for row in rows if row[way] is not None]
        axes.scatter(
            [100 - row["published"] for row in mine],
            [100 - row[way] for row in mine],
            **look,
            s=42,
            alpha=0.85,
            edgecolor="#333333",
            linewidth=0.6,
        )
        values += [row[way] for row in mine]
    errors = [100 - value for value in values]
    ends = [min(errors) / 1.15, max(errors) * 1.15]
    axes.plot(ends, ends, color="black", linewidth=1, zorder=0)
    axes.set(xscale="log", yscale="log", xlim=ends[::-1], ylim=ends[::-1])
    ticks = [t for t in (90, 50, 20, 10, 5, 3, 2, 1.5) if ends[0] <= t <= ends[1]]
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks(ticks, [f"{100 - t:g}" for t in ticks])
        axis.set_minor_locator(NullLocator())
    axes.set_xlabel("published accuracy, %\n(error on a logarithmic scale)", fontsize=12)
    axes.set_title(f"{CRITERIA[name]['label']} ({len(rows)} cells)", fontsize=13)
    bare(axes)
