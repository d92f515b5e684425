"""A table of the paper as a picture: what pruning costs, row by row, against the control."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.plots.style import CRITERIA, bare, hollow

RANDOM = ("random", "random_redrawn")  # far below the others: drawn on a scale of their own
LINEAR = 1.0  # points, on that scale: what is farther from 0 is logarithmic
TICKS = (-100, -10, -1, 0)
DIFFERENCE = "accuracy minus control, points"
NOT_LINEAR = f"{DIFFERENCE}\n(linear to −1, then logarithmic)"
OUT_OF_SIGHT = "<"  # the marker of what is farther to the left
ZERO: dict[str, Any] = {"color": "black", "linewidth": 1.2, "linestyle": ":"}
GREY: dict[str, Any] = {"color": "#666666", "linestyle": "none"}
WHITE: dict[str, Any] = {**GREY, "markerfacecolor": "white", "markeredgewidth": 1.8}


def draw(numbers: Numbers) -> Figure:
    """One panel per column of the table; at the end of each line of panels, one for random."""
    [rows] = numbers.values()
    columns = list(dict.fromkeys(row["column"] for row in rows))
    informed = [row for row in rows if row["criterion"] not in ("none", *RANDOM)]
    names = list(dict.fromkeys(row["row"] for row in informed))
    across = next(n for n in (4, 3, 2, 1) if len(columns) % n == 0)
    down = len(columns) // across
    with_random = any(row["criterion"] == "random" for row in rows)
    size = (2.6 + 2.6 * (across + with_random), (0.27 * len(names) + 1) * down + 1.4)
    fig, panels = plt.subplots(
        down, across + with_random, figsize=size, squeeze=False, layout="constrained"
    )
    limits = _limits(informed)
    for k, column in enumerate(columns):
        axes = panels[k // across, k % across]
        _panel(axes, [row for row in rows if row["column"] == column], names, limits)
        axes.tick_params(labelleft=k % across == 0)
    for line, axes in enumerate(panels[:, across:].flat):
        mine = columns[line * across : (line + 1) * across]
        _random(axes, [row for row in rows if row["column"] in mine], mine)
    for k, axes in enumerate(panels[-1]):
        axes.set_xlabel(DIFFERENCE if k < across else NOT_LINEAR, fontsize=11)
    _legend(fig, rows, with_random)
    _title(fig, rows)
    return fig


def _limits(rows: Sequence[Row]) -> tuple[float, float]:
    """The range that holds every measured difference with its interval, and 0."""
    ends = [0.0]
    for row in rows:
        half = np.nan_to_num(row["difference_half_width_95"])  # one seed has no interval
        ends += [row["difference_to_control"] - half, row["difference_to_control"] + half]
    room = 0.06 * (max(ends) - min(ends)) or 0.1
    return min(ends) - 2 * room, max(ends) + room


def _panel(
    axes: Axes, rows: Sequence[Row], names: Sequence[str], limits: tuple[float, float]
) -> None:
    """The rows of one column, and the published accuracies beside them."""
    [control] = [row for row in rows if row["criterion"] == "none"]
    axes.axvline(0, **ZERO)
    for y, name in enumerate(names):
        [row] = [row for row in rows if row["row"] == name]
        if row["published"] is not None:
            _published(axes, row, y, row["published"] - control["measured"], limits[0])
        _measured(axes, row, y)
    if any(row["published"] is not None for row in rows):
        axes.text(1.03, 1.0, "publ. %", fontsize=9, va="bottom", transform=axes.transAxes)
    axes.set_yticks(range(len(names)), names, fontsize=11)
    axes.set(xlim=limits, ylim=(len(names) - 0.4, -0.6))
    axes.set_title(f"{control['column']}\ncontrol {control['measured']:.2f}%", fontsize=11)
    bare(axes)


def _published(axes: Axes, row: Row, y: int, difference: float, left: float) -> None:
    """The published accuracy as a number beside the panel, and as a marker where it is in it."""
    style = {**hollow(row["criterion"]), "markersize": 6}
    if difference < left:
        style |= {"marker": OUT_OF_SIGHT, "clip_on": False}
    axes.plot(max(difference, left), y, **style)
    text, place = f"{row['published']:.2f}", axes.get_yaxis_transform()
    axes.text(1.03, y, text, fontsize=9, va="center", transform=place)


def _random(axes: Axes, rows: Sequence[Row], columns: Sequence[str]) -> None:
    """Random pruning in the columns of one line of panels, beside Eq. (2) on all the data."""
    control = {row["column"]: row["measured"] for row in rows if row["criterion"] == "none"}
    axes.axvline(0, **ZERO)
    for row in rows:
        y = columns.index(row["column"])
        if row["criterion"] == "random" and row["published"] is not None:
            difference = row["published"] - control[row["column"]]
            axes.plot(difference, y, **hollow("random"), markersize=8)
        whole = row["criterion"] == "relative_contribution" and row["scoring_fraction"] == 1
        if row["criterion"] in RANDOM or whole:
            _measured(axes, row, y)
    axes.set_xscale("symlog", linthresh=LINEAR)
    axes.set_xticks(TICKS, [f"{tick:d}".replace("-", "−") for tick in TICKS])
    axes.set_xlim(-150, 0.4)
    shared, own = _shared_words(columns)
    axes.set_yticks(range(len(columns)), own, fontsize=11)
    axes.yaxis.tick_right()
    axes.set_ylim(len(columns) - 0.4, -0.6)
    axes.set_title(f"{', '.join(['Random', *shared])}\n(on its own scale)", fontsize=11)
    bare(axes)


def _measured(axes: Axes, row: Row, y: int) -> None:
    """The measured difference, and its interval, which one seed has not."""
    style = {**CRITERIA[row["criterion"]], "linestyle": "none", "markersize": 6}
    half = row["difference_half_width_95"]
    bar: dict[str, Any] = {"ecolor": "black", "elinewidth": 1.3, "capsize": 3}
    axes.errorbar(row["difference_to_control"], y, xerr=half, **style, **bar)


def _shared_words(columns: Sequence[str]) -> tuple[list[str], list[str]]:
    """What all these columns share, such as "Tanh", and what tells each of them apart."""
    parts = [column.split(", ") for column in columns]
    shared = [one for one in parts[0] if all(one in each for each in parts)]
    return shared, [", ".join(p for p in each if p not in shared) for each in parts]


def _legend(fig: Figure, rows: Sequence[Row], with_random: bool) -> None:
    """What the line, the markers and the bars are."""
    interval = "; bar: 95% interval over seeds, paired" if rows[0]["seeds"] > 1 else ""
    handles = [
        Line2D([], [], **ZERO, label="control: fine-tuned as often, nothing pruned"),
        Line2D([], [], marker="o", **GREY, label=f"measured{interval}"),
    ]
    if any(row["published"] is not None for row in rows):
        label = "hollow: published accuracy minus measured control"
        handles.append(Line2D([], [], marker="o", **WHITE, label=label))
    if any(line.get_marker() == OUT_OF_SIGHT for axes in fig.axes for line in axes.get_lines()):
        label = "published, farther to the left"
        handles.append(Line2D([], [], marker=OUT_OF_SIGHT, **WHITE, label=label))
    names = {
        "random": "random, among survivors",
        "random_redrawn": "random, redrawn over all weights",
        "relative_contribution": "Eq. (2), scored on all the data",
    }
    for criterion, label in names.items() if with_random else ():
        style = {**CRITERIA[criterion], "linestyle": "none", "label": label}
        handles.append(Line2D([], [], **style))
    fig.legend(handles=handles, loc="outside lower center", ncols=3, frameon=False, fontsize=11)


def _title(fig: Figure, rows: Sequence[Row]) -> None:
    """The question, and what the numbers are of."""
    seeds = max(row["seeds"] for row in rows)
    of = f"mean of {seeds} seeds" if seeds > 1 else "one seed"
    fig.suptitle(
        f"Table {rows[0]['table']}: how much test accuracy does pruning cost? Farther left, more "
        f"is lost\n{data_label(rows[0]['data'])}, {of}, after fine-tuning, in percentage points",
        fontsize=14,
    )
