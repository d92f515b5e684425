"""One pruned network: accuracy and sparsity by round, and the pixels that its first layer sees."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.plots.style import EDGE, bare

MARKERS = "os^DvPX"


def draw(numbers: Numbers) -> Figure:
    """Two panels; a third if an input is an image."""
    pixels, [run] = numbers["pixels"], numbers["run"]
    count = 3 if pixels else 2
    fig, panels = plt.subplots(1, count, figsize=(4.9 * count, 4.7), layout="constrained")
    _accuracy(panels[0], numbers["rounds"])
    _sparsity(panels[1], numbers["rounds"], numbers["layers"])
    for axes in panels[:2]:
        axes.set_xlabel("round", fontsize=12)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.tick_params(labelsize=11)
        axes.legend(frameon=False, fontsize=11)
        bare(axes)
    if pixels:
        _pixels(fig, panels[2], pixels, run["units"])
    last = numbers["rounds"][-1]
    fig.suptitle(
        f"{run['file']}: {last['sparsity']:.1%} of the weights are pruned, and "
        f"{last['accuracy_tuned']:.2f}% of the test examples are labelled rightly\n{run['made']}",
        fontsize=13,
    )
    return fig


def _accuracy(axes: Axes, rounds: Sequence[Row]) -> None:
    numbers = [row["round"] for row in rounds]
    lines: list[dict[str, Any]] = [
        {"label": "after fine-tuning", "color": "#0B3C5D", "marker": "o", **EDGE},
        {
            "label": "before fine-tuning",
            "color": "#9A9A9A",
            "marker": "v",
            "linestyle": "--",
            **EDGE,
        },
    ]
    for field, style in zip(("accuracy_tuned", "accuracy_pruned"), lines, strict=True):
        axes.plot(numbers, [row[field] for row in rounds], **style)
    low, high = axes.get_ylim()
    axes.set_ylim(low, min(high, 100.5))  # a constant 100% would have an axis to 105%
    axes.set_ylabel("test accuracy, %", fontsize=12)
    axes.set_title("Accuracy in each round", fontsize=13)


def _sparsity(axes: Axes, rounds: Sequence[Row], layers: Sequence[Row]) -> None:
    """All layers together, and each: the darker, the nearer to the input."""
    numbers = [row["round"] for row in rounds]
    depth = 1 + max(row["layer"] for row in layers)
    shades = plt.get_cmap("cividis")(np.linspace(0.1, 0.95, depth))
    for l in range(depth):
        style: dict[str, Any] = {"color": shades[l], "marker": MARKERS[l % len(MARKERS)], **EDGE}
        shares = [100 * row["sparsity"] for row in layers if row["layer"] == l]
        axes.plot(numbers, shares, label=f"layer {l}", **style)
    everything = [100 * row["sparsity"] for row in rounds]
    axes.plot(numbers, everything, color="black", linestyle=":", linewidth=2.5, label="all layers")
    axes.set_ylabel("weights pruned, %", fontsize=12)
    axes.set_title("Sparsity in each round", fontsize=13)


def _pixels(fig: Figure, axes: Axes, pixels: Sequence[Row], units: int) -> None:
    height, width = (1 + max(row[key] for row in pixels) for key in ("row", "column"))
    left = np.zeros((height, width), int)
    for row in pixels:
        left[row["row"], row["column"]] = row["weights"]
    image = axes.imshow(left, cmap="viridis", vmin=0, vmax=units)
    axes.set(xticks=[], yticks=[])
    gone = np.count_nonzero(left == 0)
    axes.set_xlabel(f"{gone:,} of {left.size:,} pixels have no weight left", fontsize=12)
    axes.set_title("Weights left in layer 0, by pixel", fontsize=13)
    bar = fig.colorbar(image, ax=axes, shrink=0.8)
    bar.set_label(f"weights left, of {units} (linear scale)", fontsize=12)
