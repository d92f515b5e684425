"""The published accuracies across, the measured ones upwards: on the line they are equal."""

import math
from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.plots.style import CRITERIA, bare

DRAWN = ("magnitude", "wanda", "relative_contribution", "random")
ACROSS = (10, 50, 80, 90, 95, 97, 98.5)  # percent, on `error_scale`
UPWARDS = (10, 50, 80, 90, 95, 97, 98, 98.5)
SCALE = "(logarithmic scale of the error)"


def draw(numbers: Numbers) -> Figure:
    """Every cell of the five tables, one panel per criterion so that none hides another."""
    rows = [row for row in numbers["agreement"] if row["criterion"] in DRAWN]
    fig, panels = plt.subplots(
        2, 2, figsize=(12, 8.4), sharex=True, sharey=True, layout="constrained"
    )
    for axes, name in zip(panels.flat, DRAWN, strict=True):
        _panel(axes, [row for row in rows if row["criterion"] == name], name)
    axes = panels[0, 0]
    axes.set_xlim(_ends([row["published"] for row in rows]))
    axes.set_ylim(_ends([row["measured"] for row in rows]))
    for ticks, axis in ((ACROSS, axes.xaxis), (UPWARDS, axes.yaxis)):
        low, high = axis.get_view_interval()
        shown = [tick for tick in ticks if low <= error_scale(tick) <= high]
        axis.set_ticks([error_scale(tick) for tick in shown], [f"{tick:g}" for tick in shown])
    for axes in panels[-1]:
        axes.set_xlabel(f"published test accuracy, % {SCALE}", fontsize=12)
    for axes in panels[:, 0]:
        axes.set_ylabel(f"measured test accuracy, %\n{SCALE}", fontsize=12)
    fig.suptitle(
        "Above the line, the measured accuracy is higher than the published one\n"
        "One marker per cell of Tables 1 to 5; measured: mean over seeds",
        fontsize=14,
    )
    return fig


def error_scale(accuracy: float) -> float:
    """Where an accuracy in percent is drawn: half the error is always the same step further."""
    return -math.log(max(100 - accuracy, 0.5))


def _ends(accuracies: Sequence[float]) -> tuple[float, float]:
    """Where an axis begins and ends so that all of these are inside, with some room."""
    low, high = error_scale(min(accuracies)), error_scale(max(accuracies))
    room = 0.06 * (high - low)
    return low - room, high + room


def _panel(axes: Axes, rows: Sequence[Row], name: str) -> None:
    """One criterion, beside the line on which published and measured numbers are equal."""
    axes.axline((0, 0), slope=1, color="black", linewidth=1.2)
    axes.plot(
        [error_scale(row["published"]) for row in rows],
        [error_scale(row["measured"]) for row in rows],
        **{**CRITERIA[name], "linestyle": "none", "markersize": 8, "alpha": 0.8},
    )
    axes.text(0.99, 0.05, "on the line: equal", fontsize=12, ha="right", transform=axes.transAxes)
    above = sum(row["measured"] > row["published"] for row in rows)
    axes.set_title(
        f"{CRITERIA[name]['label']}: {above} of {len(rows)} cells above the line", fontsize=13
    )
    axes.tick_params(labelsize=11)
    bare(axes)
