"""Each difference of Eq. (2) with three intervals: over seeds, over test images, over both."""

from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.paper.names import CRITERIA, data_label
from minirelprune.experiments.plots.style import bare

KINDS: dict[str, dict[str, Any]] = {
    "seeds_t": {"color": "#A6A6A6", "marker": "o", "label": "seeds vary (Student's t)"},
    "images": {"color": "#666666", "marker": "s", "label": "test images vary (bootstrap)"},
    "both": {"color": "#000000", "marker": "D", "label": "both vary (bootstrap)"},
}
STEP = 0.22  # between two intervals of one comparison


def draw(numbers: Numbers) -> Figure:
    """One group of intervals per comparison; left of 0, Eq. (2) is less accurate."""
    rows = numbers["sampling"]
    fig, axes = plt.subplots(figsize=(9, 1.9 + 0.75 * len(rows)), layout="constrained")
    axes.axvline(0, color="black", linewidth=1)
    for y, row in enumerate(rows):
        for k, kind in enumerate(KINDS):
            _interval(axes, y + STEP * (k - 1), row, kind, labelled=not y)
    names = [f"Eq. (2) minus {_in_sentence(row['other'])}" for row in rows]
    axes.set_yticks(range(len(rows)), names, fontsize=11)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlabel("difference in test accuracy, percentage points", fontsize=12)
    data, seeds, images = (rows[0][name] for name in ("data", "seeds", "images"))
    fig.suptitle(
        "Differences to Eq. (2): a bar that does not include 0 shows more than chance\n"
        f"{data_label(data)}, ReLU, 50% pruned by 25% per round; {seeds} seeds, {images:,} test "
        "images; bars: 95% intervals",
        fontsize=12,
    )
    bare(axes)
    fig.legend(loc="outside lower center", ncols=3, frameon=False, fontsize=11)
    return fig


def _interval(axes: Axes, y: float, row: Row, kind: str, *, labelled: bool) -> None:
    style = {key: value for key, value in KINDS[kind].items() if labelled or key != "label"}
    ends = [row[f"{kind}_low"], row[f"{kind}_high"]]
    axes.plot(ends, [y, y], color=style["color"], linewidth=3, solid_capstyle="butt")
    axes.plot(row["difference"], y, **style, markersize=8, linestyle="none")


def _in_sentence(criterion: str) -> str:
    name = CRITERIA[criterion]
    return "the control" if criterion == "none" else name if name == "Wanda" else name.lower()
