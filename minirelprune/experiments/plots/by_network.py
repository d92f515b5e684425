"""Criteria on one kind of network: accuracies at 75 and 90%, and each layer's sparsity at 90%."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.layout_engine import ConstrainedLayoutEngine

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.plots.heat import ink
from minirelprune.experiments.plots.ranked import legend, panel
from minirelprune.experiments.plots.style import seeds_in_words

PANELS = {"tuned_75%": "75% pruned", "tuned_90%": "90% pruned"}
LAST = 0.90
TITLES = {"lenet": "a convolutional network", "transformer": "a small transformer"}


def draw(numbers: Numbers) -> Figure:
    """Two panels of accuracies and a wide one of layers, with the same rows, the best first."""
    architecture = next(name for name in numbers if not name.endswith("_layers"))
    rows = sorted(numbers[architecture], key=lambda row: row["tuned_90%"])
    layers = [row for row in numbers[f"{architecture}_layers"] if row["target"] == LAST]
    names = list(dict.fromkeys(row["name"] for row in layers))
    fig, panels = plt.subplots(
        *(1, 3),
        figsize=(11 + 0.62 * len(names), 0.36 * len(rows) + 2.6),
        width_ratios=[3, 3, 0.55 * len(names)],
        layout=ConstrainedLayoutEngine(w_pad=0.1),
    )
    for axes, (name, title) in zip(panels[:2], PANELS.items(), strict=True):
        panel(axes, rows, name)
        axes.set_title(title, fontsize=12)
        axes.set_ylim(-0.5, len(rows) - 0.5)
    image = _layers(panels[2], [row["label"] for row in rows], names, layers)
    panels[2].set_title("90% pruned: share of each layer, %", fontsize=12)
    fig.colorbar(image, ax=panels[2], label="pruned share, %")
    panels[0].set_yticks(range(len(rows)), [row["label"] for row in rows], fontsize=11)
    for axes in panels[1:]:
        axes.set_yticks(range(len(rows)), [])
    fig.suptitle(
        f"Criteria on {TITLES[architecture]}. {data_label(rows[0]['data'])}; 25% per round; "
        f"seeds: {seeds_in_words(rows)}; bars: 95% intervals over seeds",
        fontsize=13,
    )
    legend(fig, rows)
    return fig


def _layers(
    axes: Axes, labels: Sequence[str], names: Sequence[str], layers: Sequence[Row]
) -> AxesImage:
    """A tile for each criterion and layer; a layer that was emptied in some seed is bold."""
    shown = np.full((len(labels), len(names)), np.nan)
    places = {(row["label"], row["name"]): row for row in layers}
    for (label, name), row in places.items():
        shown[labels.index(label), names.index(name)] = row["sparsity"]
    image = axes.imshow(shown, cmap="viridis_r", vmin=0, vmax=100, aspect="auto", origin="lower")
    for (label, name), row in places.items():
        axes.annotate(
            f"{row['sparsity']:.0f}",
            (names.index(name), labels.index(label)),
            color=ink(image.to_rgba(row["sparsity"])),
            weight="bold" if row["emptied"] else "normal",
            ha="center",
            va="center",
            fontsize=10,
        )
    axes.set_xticks(range(len(names)), names, rotation=40, ha="right", fontsize=11)
    axes.set_xlabel("layer", fontsize=11)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return image
