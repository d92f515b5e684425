"""How far each reading is from the paper's numbers."""

from typing import Any

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers
from minirelprune.experiments.plots.style import CRITERIA, bare

DRAWN = ("magnitude", "wanda", "relative_contribution")


def draw(numbers: Numbers) -> Figure:
    """One line per reading, the nearest on all criteria first."""
    rows = numbers["readings"]
    ranked = sorted(rows, key=lambda row: float(row["all"]))
    lines = range(len(ranked))
    fig, axes = plt.subplots(figsize=(9, 1.6 + 0.34 * len(ranked)), layout="constrained")
    for criterion in DRAWN:
        style: dict[str, Any] = {**CRITERIA[criterion], "linestyle": "none", "markersize": 8}
        bars = [row[f"{criterion}_half_width_95"] for row in ranked]  # NaN, not drawn, of one seed
        axes.errorbar([row[criterion] for row in ranked], lines, xerr=bars, **style)
    together: dict[str, Any] = {
        "color": "black",
        "marker": "|",
        "linestyle": "none",
        "markersize": 14,
    }
    axes.plot([row["all"] for row in ranked], lines, **together, label="all three")
    axes.set_yticks(lines, [str(row["reading"]) for row in ranked], fontsize=11)
    axes.set_ylim(len(ranked) - 0.4, -0.6)
    axes.set_xlim(left=0)
    axes.set_xlabel(
        "root-mean-square distance to the published numbers, percentage points", fontsize=12
    )
    bare(axes)
    fig.legend(loc="outside lower center", ncols=4, frameon=False, fontsize=11)
    return fig
