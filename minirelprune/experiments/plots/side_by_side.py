"""Claims in several settings: a tile for each, in the colour of its outcome; right, agreement."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from minirelprune.experiments.outputs import Numbers, Row

# The outcomes differ in lightness, so that they can be told apart in print without colour.
OUTCOMES = {"holds": "#7FB8DE", "undecided": "#E6E6E6", "fails": "#9C4A1A", "no verdict": "#FFFFFF"}
ON_DARK = {"fails"}
SETTINGS = {
    "claims_by_data": "data set",
    "claims_beyond": "data set and activation",
    "claims_by_network": "data set and network",
}


def draw(numbers: Numbers) -> Figure:
    """One row per claim, one column per setting."""
    [(exhibit, rows)] = numbers.items()
    names = list(dict.fromkeys(row["setting"] for row in rows))
    claims = list(dict.fromkeys(row["claim"] for row in rows))
    size = (7.5 + 2.2 * len(names), 0.36 * len(claims) + 1.6)
    fig, axes = plt.subplots(figsize=size, layout="constrained")
    for row in rows:
        _tile(axes, names.index(row["setting"]), claims.index(row["claim"]), row)
    for y, claim in enumerate(claims):
        agreement = next(row["agreement"] for row in rows if row["claim"] == claim)
        weight = "bold" if agreement == "different" else "normal"
        axes.annotate(agreement, (len(names) + 0.05, y), va="center", fontsize=11, weight=weight)
    _axes(axes, names, claims, SETTINGS[exhibit])
    fig.suptitle(
        "Claims side by side: difference in percentage points, paired by seed,\n"
        "± 95% interval over seeds. A claim holds if it holds in each of its cells.",
        fontsize=13,
    )
    shown = [name for name in OUTCOMES if any(row["outcome"] == name for row in rows)]
    handles = [Patch(facecolor=OUTCOMES[name], edgecolor="#555555", label=name) for name in shown]
    fig.legend(handles=handles, loc="outside lower center", ncols=4, frameon=False, fontsize=11)
    return fig


def _tile(axes: Axes, x: int, y: int, row: Row) -> None:
    color = OUTCOMES[row["outcome"]]
    axes.add_patch(Rectangle((x, y - 0.5), 1, 1, facecolor=color, edgecolor="white", linewidth=2))
    if row["difference"] is None:
        return
    interval = f" ± {row['half_width_95']:.2f}" if row["seeds"] > 1 else ""
    ink = "white" if row["outcome"] in ON_DARK else "black"
    text = f"{row['difference']:+.2f}{interval}"
    axes.annotate(text, (x + 0.5, y), color=ink, fontsize=11, ha="center", va="center")


def _axes(axes: Axes, names: Sequence[str], claims: Sequence[str], setting: str) -> None:
    axes.set(xlim=(0, len(names) + 0.75), ylim=(len(claims) - 0.5, -0.5))
    axes.set_xticks([k + 0.5 for k in range(len(names))], names, fontsize=12)
    axes.set_yticks(range(len(claims)), claims, fontsize=11)
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_xlabel(setting, fontsize=12)
    axes.set_ylabel("claim", fontsize=12)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
