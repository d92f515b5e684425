"""How many bins? Few lose information, many add some: mutual information of normal pairs."""

from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.plots.style import bare

COLORS = {1_000: "#A8A8A8", 10_000: "#3F3F3F"}  # neither a criterion's nor an activation's
MARKERS = {1_000: "s", 10_000: "o"}


def draw(numbers: Numbers) -> Figure:
    """One panel per correlation: estimates against bins, beside the truth and what bins can see."""
    rows = numbers["bins"]
    correlations = sorted({row["correlation"] for row in rows})
    fig, panels = plt.subplots(
        1, len(correlations), figsize=(11, 5.4), layout="constrained", squeeze=False
    )
    for axes, rho in zip(panels[0], correlations, strict=True):
        _panel(axes, [row for row in rows if row["correlation"] == rho])
        independent = " (independent)" if rho == 0 else ""
        axes.set_title(f"correlation {rho:g}{independent}", fontsize=13)
        axes.set_xlabel("equal-mass bins K (logarithmic scale)", fontsize=12)
    panels[0, 0].set_ylabel("mutual information, nats", fontsize=12)
    handles, labels = panels[0, 0].get_legend_handles_labels()
    fig.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False, fontsize=11)
    fig.suptitle(
        "Few bins lose information (below the truth), many add some (above it)\n"
        "Mutual information of normal pairs, estimated by bins: mean of 10 samples, cut off on top",
        fontsize=14,
    )
    return fig


def _panel(axes: Axes, rows: list[Row]) -> None:
    truth = rows[0]["truth"]
    axes.axhline(truth, color="black", linewidth=1, label="truth: $-\\ln(1 - \\rho^2)\\,/\\,2$")
    for n, color in COLORS.items():
        mine = [row for row in rows if row["pairs"] == n]
        bins = [row["bins"] for row in mine]
        if n == min(COLORS):
            limit = [row["seen"] for row in mine]
            axes.plot(bins, limit, "k:", linewidth=2.5, label="K bins, infinitely many pairs")
        for name, line, fill, label in (
            ("plug_in", "-", color, f"{n:,} pairs, plug-in"),
            ("miller_madow", "--", "white", f"{n:,} pairs, Miller-Madow"),
        ):
            style: dict[str, Any] = {
                "color": color,
                "linestyle": line,
                "marker": MARKERS[n],
                "linewidth": 2,
            }
            style |= {"markerfacecolor": fill, "markersize": 6, "label": label}
            axes.plot(bins, [row[name] for row in mine], **style)
    axes.set_xscale("log")
    ticks = [2, 5, 10, 20, 50, 100]
    axes.set_xticks(ticks, [str(tick) for tick in ticks])
    axes.minorticks_off()
    axes.tick_params(labelsize=11)
    axes.set_ylim(truth / 3 - 0.02, truth + 0.45)
    bare(axes)
