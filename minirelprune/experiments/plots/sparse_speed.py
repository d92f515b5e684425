"""Time and memory of a pruned network against the share of its weights that is pruned."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from minirelprune.experiments.outputs import Numbers
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.plots.style import bare

LOOKS = {
    "dense": {"color": "#202020", "marker": "o", "label": "dense, with zeros"},
    "sparse": {"color": "#d55e00", "marker": "^", "label": "sparse rows"},
    "units": {"color": "#8ec5e8", "marker": "s", "label": "whole units pruned, compact"},
}
PANELS = {
    "microseconds_1": "time, 1 image",
    "microseconds_32": "time, 32 images",
    "microseconds_1000": "time, 1,000 images",
    "memory": "memory",
}
TICKS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)


def draw(numbers: Numbers) -> Figure:
    """Multiples of the network that is not pruned: below the line a form saves something."""
    rows = numbers["sparse_speed"]
    [whole] = [row for row in rows if row["target"] == 0]
    fig, panels = plt.subplots(1, len(PANELS), figsize=(15, 4.4), layout="constrained")
    for axes, (name, title) in zip(panels, PANELS.items(), strict=True):
        for form, look in LOOKS.items():
            mine = [row for row in rows if row["form"] == form and row["target"] > 0]
            shares = [row[name] / whole[name] for row in mine]
            axes.plot(range(len(mine)), shares, **look, markersize=7)
        axes.axhline(1, color="black", linewidth=1)
        targets = [row["target"] for row in rows if row["form"] == "dense" and row["target"] > 0]
        axes.set_xticks(range(len(targets)), [f"{100 * target:.0f}" for target in targets])
        axes.set_yscale("log")
        low, high = axes.get_ylim()
        ticks = [t for t in TICKS if low <= t <= high]
        axes.yaxis.set_ticks(ticks, [f"{t:g}" for t in ticks])
        axes.yaxis.set_minor_locator(NullLocator())
        axes.set(title=title, xlabel="weights pruned, %")
        bare(axes)
    panels[0].set_ylabel("multiple of the dense network\n(logarithmic scale)")
    fig.suptitle(
        "What pruning saves: below the line a form is better than the network before pruning\n"
        f"784-392-196-10, {data_label(rows[0]['data'])}, one core; times are of one machine",
        fontsize=13,
    )
    handles, labels = panels[0].get_legend_handles_labels()
    fig.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False, fontsize=11)
    return fig
