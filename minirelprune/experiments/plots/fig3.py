"""Fig. 3: masking a weight, and the distribution of contributions it gives on a data set."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.paper.names import ACTIVATIONS, data_label
from minirelprune.experiments.plots.fig3_masking import draw_masking

WEIGHT = ("activation", "layer", "i", "j")  # what tells one weight from another
DRAWN = (1, 16, 256)  # the n of the means that are shown
SHADES = ("#BDBDBD", "#7F7F7F", "#303030")  # of n: the more examples, the darker
MARKERS = ("s", "^", "o")


def draw(numbers: Numbers) -> Figure:
    """The masking on top; below, for each weight, histograms of its means and a Q-Q plot."""
    weights = list(dict.fromkeys(tuple(row[key] for key in WEIGHT) for row in numbers["fig3"]))
    heights = [3.0] + [3.7] * len(weights) + [0.5]
    # Placed by hand: a layout solver gives other pixels from one run to the next.
    fig = plt.figure(figsize=(13, sum(heights)))
    parts = fig.subfigures(len(heights), 1, squeeze=False, height_ratios=heights)
    top, *below, foot = parts[:, 0]
    draw_masking(top.add_axes((0.02, 0, 0.96, 0.78)), numbers["fig3_masking"])
    top.suptitle(
        "What do the weights of one input contribute, and is the mean over n examples normal?\n"
        "All weights of one input are masked together: a row of W in code, a column in the paper",
        fontsize=14,
    )
    for part, weight in zip(below, weights, strict=True):
        mine = {
            name: [row for row in rows if tuple(row.get(key) for key in WEIGHT) == weight]
            for name, rows in numbers.items()
        }
        _weight(part, mine)
    foot.text(
        0.5,
        0.6,
        "Histograms show the middle 99% of the means; black line: the normal of the same mean and "
        "standard deviation.",
        fontsize=12,
        ha="center",
    )
    return fig


def _weight(part: SubFigure, numbers: Numbers) -> None:
    """Three histograms, and the quantiles of all three beside a normal's."""
    sizes = [row for row in numbers["fig3"] if row["n"] in DRAWN]
    panels = part.subplots(1, len(sizes) + 1)
    part.subplots_adjust(left=0.06, right=0.985, bottom=0.18, top=0.78, wspace=0.36)
    for row, axes in zip(sizes, panels, strict=False):
        bins = [bin_ for bin_ in numbers["fig3_histograms"] if bin_["n"] == row["n"]]
        _histogram(axes, bins)
        cut = f"drawn to {_two(bins[-1]['high'])}, largest {_two(row['largest'])}"
        axes.set_title(f"n = {row['n']} ({cut})", fontsize=11)
        axes.set_xlabel("mean of n contributions", fontsize=12)
    panels[0].set_ylabel("share of the means", fontsize=12)
    _q_q(panels[-1], [r for r in numbers["fig3_quantiles"] if r["n"] in DRAWN])
    first = numbers["fig3"][0]
    unit = f"{ACTIVATIONS[first['activation']]} network, layer l = {first['layer']}"
    unit += ", logits" if first["f"] == "identity" else ""
    part.suptitle(
        f"{data_label(first['data'])}, {unit}, "
        f"$w_{{{first['i']},{first['j']}}}$ = ${first['w']:.3f}$: "
        f"mean contribution {_two(first['mean'])}, {first['zero']:.0%} are 0",
        fontsize=13,
    )


def _two(value: float) -> str:
    """Two digits, without an exponent."""
    return f"{float(f'{value:.2g}'):g}"


def _histogram(axes: Axes, rows: Sequence[Row]) -> None:
    edges = [row["low"] for row in rows] + [rows[-1]["high"]]
    axes.stairs([row["share"] for row in rows], edges, fill=True, color="#C4C4C4")
    middles = [(row["low"] + row["high"]) / 2 for row in rows]
    axes.plot(middles, [row["normal"] for row in rows], color="black", linewidth=1.8)
    axes.set_ylim(bottom=0)
    axes.locator_params(axis="x", nbins=4)
    axes.tick_params(labelsize=10.5)
    axes.spines[["top", "right"]].set_visible(False)


def _q_q(axes: Axes, rows: Sequence[Row]) -> None:
    """Standardised quantiles of the means against a normal's: on the line they are equal."""
    axes.axline((0, 0), slope=1, color="black", linewidth=1.8)
    for n, shade, marker in zip(DRAWN, SHADES, MARKERS, strict=True):
        if mine := [row for row in rows if row["n"] == n]:
            style: dict[str, Any] = {
                "color": shade,
                "marker": marker,
                "linestyle": "none",
                "markersize": 5,
            }
            style |= {"markeredgecolor": "#333333", "markeredgewidth": 0.4, "label": str(n)}
            axes.plot([r["normal"] for r in mine], [r["measured"] for r in mine], **style)
    axes.set_xlim(-4.5, 4.5)
    axes.legend(title="n", frameon=False, loc="upper left", fontsize=10.5)
    axes.set_title("quantiles: normal on the line", fontsize=12)
    axes.set_xlabel("quantile of a normal, std", fontsize=12)
    axes.set_ylabel("quantile of means, std", fontsize=12)
    axes.tick_params(labelsize=10.5)
    axes.spines[["top", "right"]].set_visible(False)
