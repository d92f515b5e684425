"""The claims as a forest plot: measured differences with intervals, and published ones."""

from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.plots.style import bare

VERDICTS: dict[str, dict[str, Any]] = {
    "replicates": {"color": "#0A5C8A", "marker": "o"},
    "undecided": {"color": "#888888", "marker": "s"},
    "does not replicate": {"color": "#B24A00", "marker": "X"},
}
LINEAR = 0.5  # percentage points; farther from 0 the axis is logarithmic
TICKS = (-10, -1, -0.5, 0, 0.5, 1, 10)


def draw(numbers: Numbers) -> Figure:
    """One line per claim that has a verdict; to the right of 0 is in its favour."""
    rows = numbers["claims"]
    judged = [row for row in rows if row["verdict"] in VERDICTS]
    fig, axes = plt.subplots(figsize=(12, 1.6 + 0.34 * len(judged)), layout="constrained")
    fig.get_layout_engine().set(w_pad=0.15)  # type: ignore[union-attr,call-arg]
    axes.axvline(0, color="black", linewidth=1)
    for y, row in enumerate(judged):
        _line(axes, y, row)
    axes.set_xscale("symlog", linthresh=LINEAR)
    axes.set_xticks(TICKS, [f"{tick:+g}" if tick else "0" for tick in TICKS])
    axes.set_xlabel(
        "difference in accuracy, percentage points (bars: 95% intervals)",
        fontsize=12,
    )
    axes.set_yticks(range(len(judged)), [str(row["claim"]) for row in judged], fontsize=11)
    axes.set_ylim(len(judged) - 0.4, -0.6)
    bare(axes)
    _legend(fig)
    return fig


def _line(axes: Axes, y: int, row: Row) -> None:
    style, half = VERDICTS[row["verdict"]], row["half_width_95"]
    ends = [row["difference"] - half, row["difference"] + half]
    axes.plot(ends, [y, y], color=style["color"], linewidth=3, solid_capstyle="butt")
    axes.plot(row["difference"], y, **style, markersize=8, linestyle="none")
    if row["published"] is not None:
        axes.plot(
            row["published"], y, marker="D", color="black", markerfacecolor="none", markersize=7
        )


def _legend(fig: Figure) -> None:
    handles = [
        Line2D([], [], **style, markersize=8, linewidth=3, label=f"measured: {name}")
        for name, style in VERDICTS.items()
    ]
    hollow: dict[str, Any] = {"marker": "D", "markerfacecolor": "none", "linestyle": "none"}
    handles.append(Line2D([], [], color="black", **hollow, markersize=7, label="published"))
    fig.legend(handles=handles, loc="outside lower center", ncols=4, frameon=False, fontsize=11)
