"""Fig. 1: the four activations, and where they are blind."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.paper.names import ACTIVATIONS
from minirelprune.experiments.plots.style import bare

TOLERANCES = (0.0, 0.01)  # the paper's own definition, and one under which a tail is blind too
REACH = 6.0  # z is shown from -REACH to REACH

MEANING = {
    0.0: "blind: f'(z) = 0 (the paper's definition)",
    0.01: "nearly blind: abs(f'(z)) ≤ 0.01",
}
FILL: dict[float, dict[str, Any]] = {
    0.0: {"facecolor": "#F0E442", "alpha": 0.8, "linewidth": 0},  # yellow, as in the paper
    0.01: {"facecolor": "none", "edgecolor": "#444444", "hatch": "///", "linewidth": 0},
}


def draw(numbers: Numbers) -> Figure:
    """A panel for each activation: f, its slope, and the blind ranges behind them."""
    fig, panels = plt.subplots(2, 2, figsize=(10, 8.2), layout="constrained", sharex=True)
    for axes, name in zip(panels.flat, ACTIVATIONS, strict=True):
        ranges = [row for row in numbers["fig1"] if row["activation"] == name]
        curve = [row for row in numbers["fig1_curves"] if row["activation"] == name]
        _panel(axes, curve, ranges)
        axes.set_title(f"{ACTIVATIONS[name]}\n{_in_words(ranges)}", fontsize=12)
    for axes in panels[1]:
        axes.set_xlabel("pre-activation z", fontsize=13)
    for axes in panels[:, 0]:
        axes.set_ylabel("f(z) and f'(z)", fontsize=13)
    handles = [
        *panels[0, 0].get_lines(),
        *(Patch(label=MEANING[tolerance], **fill) for tolerance, fill in FILL.items()),
    ]
    fig.legend(handles=handles, loc="outside lower center", ncols=2, frameon=False, fontsize=12)
    fig.suptitle(
        "Where does an activation stop responding to its input? Where its slope is 0", fontsize=14
    )
    return fig


def _panel(axes: Axes, curve: Sequence[Row], ranges: Sequence[Row]) -> None:
    for row in ranges:
        if row["low"] is not None:
            low, high = np.clip([row["low"], row["high"]], -REACH, REACH)
            axes.axvspan(low, high, **FILL[row["tolerance"]])
    z = [row["z"] for row in curve]
    axes.plot(z, [row["f"] for row in curve], color="black", linewidth=2.5, label="f(z)")
    slope = [row["slope"] for row in curve]
    axes.plot(z, slope, color="#777777", linewidth=2, linestyle="--", label="f'(z)")
    axes.set_xlim(-REACH, REACH)
    axes.tick_params(labelsize=11)
    bare(axes)


def _in_words(ranges: Sequence[Row]) -> str:
    """Such as "f' = 0 nowhere; abs(f') ≤ 0.01 where z ≤ −4.58 or z ≥ 4.58"."""
    texts = []
    for tolerance, condition in zip(TOLERANCES, ("f' = 0", "abs(f') ≤ 0.01"), strict=True):
        mine = [row for row in ranges if row["tolerance"] == tolerance]
        edges = [(row["low"], row["high"]) for row in mine if row["low"] is not None]
        where = " or ".join(_interval(*edge) for edge in edges)
        texts.append(f"{condition} where {where}" if where else f"{condition} nowhere")
    return "\n".join(texts)


def _interval(low: float, high: float) -> str:
    return (f"z ≤ {high:.3g}" if np.isinf(low) else f"z ≥ {low:.3g}").replace("-", "−")
