"""Every criterion at high sparsity, the best first: pruned at once, and step by step."""

import math
from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import NullLocator

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.paper.names import ACTIVATIONS, data_label
from minirelprune.experiments.plots.style import bare, seeds_in_words

PANELS = {
    "at_once_90%": "90% at once, one epoch",
    "at_once_95%": "95% at once, one epoch",
    "by_steps_90%": "90% in six rounds, six epochs",
}
LOOKS = {
    "other": ("other criteria", "#8C8C8C", "s"),
    "paper": ("the paper's", "#0072B2", "o"),
    "ablation": ("Eq. (1), one thing changed", "#6CC4F2", "^"),
    "proposed": ("proposed: LAMP of the change", "#C2410C", "D"),
}
TICKS = (99, 98, 97, 96, 95, 90, 80, 50, 20)


def draw(numbers: Numbers) -> Figure:
    """Three panels with the same rows, in the order of the middle one."""
    [found] = numbers.values()
    rows = sorted(found, key=lambda row: row["at_once_95%"])
    size = (13.5, 0.32 * len(rows) + 2.6)
    fig, panels = plt.subplots(1, len(PANELS), figsize=size, layout="constrained", sharey=True)
    for axes, (name, title) in zip(panels, PANELS.items(), strict=True):
        _panel(axes, rows, name)
        axes.set_title(title, fontsize=12)
    panels[0].set_yticks(range(len(rows)), [row["label"] for row in rows], fontsize=11)
    where = f"{data_label(rows[0]['data'])}, {ACTIVATIONS[rows[0]['activation']]}"
    fig.suptitle(
        f"Criteria at high sparsity. {where}; "
        f"seeds: {seeds_in_words(rows)}; bars: 95% intervals over seeds",
        fontsize=13,
    )
    handles = [
        Line2D([], [], linestyle="none", marker=marker, color=color, markersize=8, label=label)
        for label, color, marker in LOOKS.values()
    ]
    fig.legend(handles=handles, loc="outside lower center", ncols=4, frameon=False, fontsize=11)
    return fig


def _panel(axes: Axes, rows: Sequence[Row], name: str) -> None:
    """Errors 100 - accuracy on a logarithmic scale, so that the best are apart."""
    for y, row in enumerate(rows):
        _, color, marker = LOOKS[row["kind"]]
        axes.errorbar(
            100 - row[name],
            y,
            xerr=row[f"{name}_half_width_95"],
            marker=marker,
            color=color,
            markersize=7,
            linewidth=1.8,
        )
    errors = [100 - row[name] for row in rows]
    widths = [row[f"{name}_half_width_95"] for row in rows]
    widths = [0 if math.isnan(width) else width for width in widths]  # of one seed
    pairs = list(zip(errors, widths, strict=True))
    ends = [1.1 * max(e + h for e, h in pairs), min(max(e - h, e / 2) for e, h in pairs) / 1.1]
    axes.set(xscale="log", xlim=ends)
    ticks = [t for t in TICKS if ends[1] <= 100 - t <= ends[0]]
    axes.xaxis.set_ticks([100 - t for t in ticks], [f"{t}" for t in ticks])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel("test accuracy, %\n(error on a logarithmic scale)", fontsize=11)
    bare(axes)
