"""Table 4 as a picture: the measured rounds beside the published targets, and close up."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.plots.curves import curve, data_and_seeds, spread
from minirelprune.experiments.plots.style import CRITERIA, bare, hollow

DRAWN = ("magnitude", "wanda", "relative_contribution", "none")


def draw(numbers: Numbers) -> Figure:
    """Two panels: all of it with the published points, and the measured curves close up."""
    cells, rounds = numbers["table4"], numbers["table4_rounds"]
    fig, (far, near) = plt.subplots(1, 2, figsize=(12, 6), layout="constrained")
    for criterion in DRAWN:
        style = CRITERIA[criterion]
        mine = [row for row in rounds if row["criterion"] == criterion]
        curve(far, mine, "accuracy_tuned", **style)
        curve(near, mine, "accuracy_tuned", **style)
        if criterion != "none":
            before = {**style, "linestyle": "--", "linewidth": 1, "markersize": 0}
            curve(near, mine, "accuracy_pruned", shaded=False, **before)
    limits = near.get_ylim()
    published = [row for row in cells if row["published"] is not None]
    for row in published:
        if row["criterion"] in DRAWN:
            _published(far, row)
            _published(near, row)
    _name_the_deepest(far, [row for row in published if row["criterion"] in DRAWN])
    near.set_ylim(limits)  # published points outside are in the left panel
    far.set_title("After fine-tuning, beside the published points", fontsize=13)
    near.set_title("The measured lines, close up", fontsize=13)
    for axes in (far, near):
        axes.set_xlabel("weights pruned, % of all", fontsize=12)
        axes.set_ylabel("test accuracy, %", fontsize=12)
        axes.tick_params(labelsize=11)
        bare(axes)
    _legend(fig, rounds)
    fig.suptitle(
        f"Table 4: {_in_numbers([row for row in cells if row['criterion'] in DRAWN[:3]])}\n"
        f"{data_and_seeds(rounds)}, 784-392-196-10 ReLU network, 5% of the weights per round",
        fontsize=14,
    )
    return fig


def _published(axes: Axes, row: Row) -> None:
    """A published accuracy, as a point: the paper says nothing of what is between them."""
    axes.plot(
        100 * row["target"], row["published"], **hollow(row["criterion"]), markersize=10, zorder=4
    )


def _in_numbers(cells: Sequence[Row]) -> str:
    """The range of the criteria at the largest target, measured and published."""
    deepest = max(row["target"] for row in cells)
    parts = []
    for kind in ("measured", "published"):
        found = [row[kind] for row in cells if row["target"] == deepest and row[kind] is not None]
        if found:
            parts.append(f"{min(found):.1f} to {max(found):.1f}% is {kind}")
    return f"at {deepest:.0%} pruned, an accuracy of {' and '.join(parts)}"


def _name_the_deepest(axes: Axes, cells: Sequence[Row]) -> None:
    """Write beside the published points of the largest target what they are."""
    for row in cells:
        if row["target"] == max(one["target"] for one in cells):
            text = f"{CRITERIA[row['criterion']]['label']}, published: {row['published']:.2f}"
            at = (100 * row["target"], row["published"])
            away: dict[str, Any] = {"xytext": (-12, 0), "textcoords": "offset points"}
            axes.annotate(text, at, **away, ha="right", va="center", fontsize=12)


def _legend(fig: Figure, rounds: Sequence[Row]) -> None:
    """Lines, markers, and the band."""
    black: dict[str, Any] = {"color": "black"}
    handles = [
        *(Line2D([], [], **CRITERIA[name]) for name in DRAWN),
        Line2D([], [], **black, linestyle="-", label="after one epoch of fine-tuning"),
        Line2D([], [], **black, linestyle="--", linewidth=1, label="right after pruning"),
        Line2D([], [], **{**hollow("none"), "marker": "o"}, label="published, same marker"),
        *spread(rounds),
    ]
    fig.legend(handles=handles, loc="outside lower center", ncols=4, frameon=False, fontsize=11)
