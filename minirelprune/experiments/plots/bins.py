"""How many bins? Few lose information, many add some: mutual information of normal pairs."""

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.plots.style import bare

COLORS = {1_000: "#E69F00", 10_000: "#0A5C8A"}


def draw(numbers: Numbers) -> Figure:
    """One panel per correlation: estimates against bins, beside the truth and what bins can see."""
    rows = numbers["bins"]
    correlations = sorted({row["correlation"] for row in rows})
    fig, panels = plt.subplots(
        1, len(correlations), figsize=(10, 4.6), layout="constrained", squeeze=False
    )
    for axes, rho in zip(panels[0], correlations, strict=True):
        _panel(axes, [row for row in rows if row["correlation"] == rho])
        axes.set_title(f"correlation {rho:g}", fontsize=13)
        axes.set_xlabel("equal-mass bins K", fontsize=12)
    panels[0, 0].set_ylabel("mutual information, nats", fontsize=12)
    handles, labels = panels[0, 0].get_legend_handles_labels()
    fig.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False, fontsize=11)
    fig.suptitle("Few bins lose information, many add some (means of 10 samples)")
    return fig


def _panel(axes: Axes, rows: list[Row]) -> None:
    truth = rows[0]["truth"]
    axes.axhline(truth, color="black", linewidth=1, label="truth: $-\\ln(1 - \\rho^2)\\,/\\,2$")
    for n, color in COLORS.items():
        mine = [row for row in rows if row["pairs"] == n]
        bins = [row["bins"] for row in mine]
        if n == min(COLORS):
            limit = [row["seen"] for row in mine]
            axes.plot(bins, limit, "k:", linewidth=2, label="what K bins can see")
        for name, line, label in (
            ("plug_in", "o-", f"{n:,} pairs"),
            ("miller_madow", "--", f"{n:,} pairs, Miller-Madow"),
        ):
            axes.plot(bins, [row[name] for row in mine], line, color=color, ms=4, label=label)
    axes.set_xscale("log")
    ticks = [2, 5, 10, 20, 50, 100]
    axes.set_xticks(ticks, [str(tick) for tick in ticks])
    axes.minorticks_off()
    axes.set_ylim(truth / 3 - 0.02, truth + 0.45)
    bare(axes)
