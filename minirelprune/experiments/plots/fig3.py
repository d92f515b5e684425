"""Fig. 3: masking a column, and the distribution of contributions it gives on a data set."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.paper.names import ACTIVATIONS, data_label
from minirelprune.experiments.plots.fig3_masking import draw_masking

WEIGHT = ("activation", "layer", "i", "j")  # what tells one weight from another


def draw(numbers: Numbers) -> Figure:
    """The masking on top; below, for each weight, a row of histograms and a row of Q-Q plots."""
    weights = list(dict.fromkeys(tuple(row[key] for key in WEIGHT) for row in numbers["fig3"]))
    heights = [2.4] + [3.3] * len(weights) + [0.3]
    # Placed by hand: a layout solver gives other pixels from one run to the next.
    fig = plt.figure(figsize=(9, sum(heights)))
    parts = fig.subfigures(len(heights), 1, squeeze=False, height_ratios=heights)
    top, *below, foot = parts[:, 0]
    draw_masking(top.add_axes((0.06, 0, 0.88, 0.88)), numbers["fig3_masking"])
    top.suptitle("What the weights of one input contribute: its column of W is masked", fontsize=13)
    for part, weight in zip(below, weights, strict=True):
        mine = {
            name: [row for row in rows if tuple(row.get(key) for key in WEIGHT) == weight]
            for name, rows in numbers.items()
        }
        _weight(part, mine)
    foot.suptitle("black: the normal of the same mean and standard deviation", fontsize=10)
    return fig


def _weight(part: SubFigure, numbers: Numbers) -> None:
    sizes = numbers["fig3"]
    panels = part.subplots(2, len(sizes), squeeze=False)
    part.subplots_adjust(left=0.07, right=0.97, bottom=0.14, top=0.83, wspace=0.42, hspace=0.75)
    for row, histogram, quantiles in zip(sizes, *panels, strict=True):
        at_n = {
            name: [one for one in rows if one["n"] == row["n"]] for name, rows in numbers.items()
        }
        _histogram(histogram, at_n["fig3_histograms"])
        _q_q(quantiles, at_n["fig3_quantiles"])
        histogram.set_title(f"n = {row['n']}, skew {_two(row['skewness'])}", fontsize=9.5)
    middle = len(sizes) // 2
    panels[0, middle].set_xlabel("mean of n contributions")
    panels[1, middle].set_xlabel("the same quantile of a normal")
    panels[0, 0].set_ylabel("share")
    panels[1, 0].set_ylabel("mean, in std")
    first = sizes[0]
    unit = f"{ACTIVATIONS[first['activation']]} network, layer l = {first['layer']}"
    unit += ", logits" if first["f"] == "identity" else ""
    part.suptitle(
        f"{data_label(first['data'])}, {unit}, "
        f"$w_{{{first['i']},{first['j']}}}$ = {first['w']:.3f}: "
        f"mean {_two(first['mean'])}, largest {_two(first['largest'])}, {first['zero']:.0%} are 0",
        fontsize=10.5,
    )


def _two(value: float) -> str:
    """Two digits, without an exponent."""
    return f"{float(f'{value:.2g}'):g}"


def _histogram(axes: Axes, rows: Sequence[Row]) -> None:
    edges = [row["low"] for row in rows] + [rows[-1]["high"]]
    axes.stairs([row["share"] for row in rows], edges, fill=True, color="#56B4E9")
    middles = [(row["low"] + row["high"]) / 2 for row in rows]
    axes.plot(middles, [row["normal"] for row in rows], color="black", linewidth=1.2)
    axes.set_ylim(bottom=0)
    axes.locator_params(axis="x", nbins=3)
    axes.tick_params(labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)


def _q_q(axes: Axes, rows: Sequence[Row]) -> None:
    normal = [row["normal"] for row in rows]
    axes.plot(normal, normal, color="black", linewidth=1.2)
    measured = [row["measured"] for row in rows]
    axes.plot(normal, measured, ".", color="#0A5C8A", markersize=4)
    axes.tick_params(labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)
