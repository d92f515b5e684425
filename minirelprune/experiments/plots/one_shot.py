"""What pruning step by step gains on pruning at once: after one epoch, and after as many."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.plots.style import CRITERIA, bare, seeds_in_words

GAINS: dict[str, dict[str, Any]] = {
    "rounds_and_epochs": {"color": "#8C8C8C", "marker": "o", "markerfacecolor": "white"},
    "rounds_alone": {"color": "#000000", "marker": "o"},
}
LABELS = {
    "rounds_and_epochs": "pruned at once, then one epoch",
    "rounds_alone": "pruned at once, then as many epochs",
}


def draw(numbers: Numbers) -> Figure:
    """One panel per target, each with its own scale, and one line per criterion."""
    rows = numbers["one_shot"]
    targets = sorted({row["target"] for row in rows})
    size = (5.5 * len(targets) + 1, 4.2)
    fig, panels = plt.subplots(1, len(targets), figsize=size, squeeze=False, layout="constrained")
    for axes, target in zip(panels[0], targets, strict=True):
        _panel(axes, [row for row in rows if row["target"] == target])
    one_seed = all(row["seeds"] == 1 for row in rows)
    bars = "one seed has no interval" if one_seed else "bars: 95% intervals over seeds"
    fig.suptitle(
        "Pruning step by step minus pruning at once: after one epoch, and after as many epochs\n"
        f"{data_label(rows[0]['data'])}, ReLU; seeds: {seeds_in_words(rows)}; {bars}",
        fontsize=12,
    )
    handles = [
        Line2D([], [], **style, markersize=8, linewidth=2, label=LABELS[name])
        for name, style in GAINS.items()
    ]
    fig.legend(
        handles=handles,
        title="step by step compared with",
        loc="outside lower center",
        ncols=2,
        frameon=False,
        fontsize=11,
    )
    return fig


def _panel(axes: Axes, rows: Sequence[Row]) -> None:
    axes.axvline(0, color="black", linewidth=1)
    for y, row in enumerate(rows):
        for k, (name, style) in enumerate(GAINS.items()):
            axes.errorbar(
                row[name],
                y + 0.24 * k - 0.12,
                xerr=row[f"{name}_half_width_95"],
                **style,
                markersize=8,
                linewidth=2,
            )
    axes.set_yticks(range(len(rows)), [CRITERIA[row["criterion"]]["label"] for row in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlabel("step by step minus at once, percentage points")
    target, epochs = rows[0]["target"], rows[0]["epochs"]
    axes.set_title(f"{target:.0%} pruned, {epochs} rounds of {target / epochs:.0%}")
    bare(axes)
