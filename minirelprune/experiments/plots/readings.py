"""How far each reading is from the paper's numbers."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.plots.style import CRITERIA, bare

EQ_2 = "relative_contribution"
BASELINES = ("magnitude", "wanda")


def draw(numbers: Numbers) -> Figure:
    """Eq. (2) under every reading; below, the baselines under those that concern them."""
    rows = numbers["readings"]
    default, *others = rows
    own = [row for row in others if all(row[name] == default[name] for name in BASELINES)]
    general = [row for row in others if row not in own]
    upper = [default, *_nearest_first(own), *_nearest_first(general)]
    lower = [default, *_nearest_first(general)]
    fig, panels = plt.subplot_mosaic(
        [[EQ_2, EQ_2], [*BASELINES]],
        figsize=(11, 2.8 + 0.34 * (len(upper) + len(lower))),
        height_ratios=[len(upper), len(lower)],
        layout="constrained",
    )
    _panel(panels[EQ_2], upper, EQ_2, "Eq. (2)")
    for name in BASELINES:
        _panel(panels[name], lower, name, f"{CRITERIA[name]['label']}: readings that concern it")
        panels[name].set_xlabel("distance, points (axis does not begin at 0)", fontsize=12)
    panels[BASELINES[1]].tick_params(labelleft=False)
    panels[EQ_2].set_xlim(left=0)
    panels[EQ_2].set_xlabel("distance, points", fontsize=12)
    _title(fig, rows)
    return fig


def _nearest_first(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: float(row[EQ_2]))


def _panel(axes: Axes, rows: Sequence[Row], name: str, title: str) -> None:
    """One criterion, one line per reading, and a dotted line where the default is."""
    style: dict[str, Any] = {**CRITERIA[name], "linestyle": "none", "markersize": 8}
    bar: dict[str, Any] = {"ecolor": "black", "elinewidth": 1.3, "capsize": 3}
    axes.axvline(rows[0][name], color="black", linestyle=":", linewidth=1.2)
    halves = [row[f"{name}_half_width_95"] for row in rows]  # NaN, not drawn, of one seed
    axes.errorbar([row[name] for row in rows], range(len(rows)), xerr=halves, **style, **bar)
    axes.set_yticks(range(len(rows)), [str(row["reading"]) for row in rows], fontsize=11)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_title(title, fontsize=13)
    axes.locator_params(axis="x", nbins=6)
    axes.tick_params(axis="x", labelsize=11)
    bare(axes)


def _title(fig: Figure, rows: Sequence[Row]) -> None:
    """The range of each in numbers, and what the bars and the dotted lines are."""
    farthest = max(row[EQ_2] for row in rows)
    nearest = min(row[name] for row in rows for name in BASELINES)
    bars = "; bars: 95% intervals over seeds" if rows[0]["seeds"] > 1 else ""
    fig.suptitle(
        "Distance to the published numbers (root mean square), under every reading:\n"
        f"at most {farthest:.2f} points for Eq. (2), at least {nearest:.2f} for the others\n"
        f"Dotted line: every default{bars}",
        fontsize=13,
    )
