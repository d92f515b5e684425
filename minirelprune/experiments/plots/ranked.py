"""Criteria as rows of a picture: an accuracy each, and the kind of criterion by its marker."""

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import NullLocator

from minirelprune.experiments.outputs import Row
from minirelprune.experiments.plots.style import bare

LOOKS = {
    "other": ("other criteria", "#8C8C8C", "s"),
    "paper": ("the paper's", "#0072B2", "o"),
    "ablation": ("Eq. (1), one thing changed", "#6CC4F2", "^"),
    "proposed": ("proposed: LAMP of the change", "#C2410C", "D"),
    "control": ("nothing pruned, as often fine-tuned", "#000000", "X"),
}
TICKS = (99, 98, 97, 96, 95, 90, 80, 50, 20)
NEAREST = 1 / 14  # of the axis: two ticks whose numbers do not yet overlap


def panel(axes: Axes, rows: Sequence[Row], name: str) -> None:
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
    ticks = _apart([t for t in TICKS if ends[1] <= 100 - t <= ends[0]], ends)
    axes.xaxis.set_ticks([100 - t for t in ticks], [f"{t}" for t in ticks])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel("test accuracy, %\n(error on a logarithmic scale)", fontsize=11)
    bare(axes)


def _apart(ticks: Sequence[int], ends: Sequence[float]) -> list[int]:
    """Those of the ticks that are far enough from the one before, on the logarithmic scale."""
    least = (ends[0] / ends[1]) ** NEAREST
    kept: list[int] = []
    for tick in ticks:
        if not kept or (100 - tick) / (100 - kept[-1]) >= least:
            kept.append(tick)
    return kept


def legend(fig: Figure, rows: Sequence[Row]) -> None:
    """What the colours and markers of these rows mean, below the panels."""
    kinds = {row["kind"] for row in rows}
    handles = [
        Line2D([], [], linestyle="none", marker=marker, color=color, markersize=8, label=label)
        for kind, (label, color, marker) in LOOKS.items()
        if kind in kinds
    ]
    fig.legend(
        handles=handles, loc="outside lower center", ncols=len(handles), frameon=False, fontsize=11
    )
