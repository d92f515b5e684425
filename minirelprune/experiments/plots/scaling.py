"""How long the moments of Eq. (1) take, against the size of the layer and the data."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.plots.style import bare

VARIED = {"examples": "N", "inputs": "n_in", "units": "n_out"}


def draw(numbers: Numbers) -> Figure:
    """Seconds against size, log-log, beside a line of slope 1."""
    rows = numbers["scaling"]
    fig, panels = plt.subplots(1, 3, figsize=(12, 4.6), sharey=True, layout="constrained")
    for axes, varied in zip(panels, VARIED, strict=True):
        _panel(axes, [row for row in rows if row["axis"] == varied], varied)
    panels[0].set_ylabel("seconds (logarithmic scale)", fontsize=12)
    seconds = (0.1, 1, 10)
    low, high = panels[0].get_ylim()
    shown = [tick for tick in seconds if low <= tick <= high]
    panels[0].set_yticks(shown, [f"{tick:g}" for tick in shown])
    panels[0].legend(frameon=False, fontsize=11)
    fig.suptitle(
        "Time for E and sigma of Eq. (1) in one ReLU layer: along the dotted line, "
        "twice the size takes twice the time",
        fontsize=14,
    )
    return fig


def _panel(axes: Axes, points: list[Row], varied: str) -> None:
    """One size is varied, the others stay."""
    sizes = np.array([row[VARIED[varied]] for row in points], float)
    seconds = np.array([row["seconds"] for row in points])
    axes.loglog(sizes, seconds, "o-", color="#333333", label="measured")
    line = sizes * seconds[-1] / sizes[-1]
    axes.loglog(sizes, line, ":", color="black", linewidth=2, label="in proportion to the size")
    fixed = [f"{points[0][key]:,} {name}" for name, key in VARIED.items() if name != varied]
    axes.set_title(f"with {' and '.join(fixed)}", fontsize=12)
    unit, name = (1000, "thousands of ") if sizes.max() >= 10_000 else (1, "")
    axes.set_xlabel(f"{name}{varied} (logarithmic scale)", fontsize=12)
    axes.set_xticks(sizes, [f"{size / unit:,g}" for size in sizes])
    axes.minorticks_off()
    axes.tick_params(labelsize=11)
    bare(axes)
