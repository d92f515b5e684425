"""Criteria on one kind of network: accuracies at 75 and 90%, and each layer's sparsity at 90%."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.layout_engine import ConstrainedLayoutEngine

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.plots.heat import tiles
from minirelprune.experiments.plots.ranked import legend, panel
from minirelprune.experiments.plots.style import seeds_in_words

PANELS = {"tuned_75%": "75% pruned", "tuned_90%": "90% pruned"}
LAST = 0.90
TITLES = {"lenet": "a convolutional network", "transformer": "a small transformer"}


def draw(numbers: Numbers) -> Figure:
    """Two panels of accuracies and a wide one of layers, with the same rows, the best first."""
    architecture = next(name for name in numbers if not name.endswith("_layers"))
    rows = sorted(numbers[architecture], key=lambda row: row["tuned_90%"])
    labels = [row["label"] for row in rows]
    layers = [row for row in numbers[f"{architecture}_layers"] if row["target"] == LAST]
    layers.sort(key=lambda row: labels.index(row["label"]))
    n_layers = len({row["name"] for row in layers})
    fig, panels = plt.subplots(
        *(1, 3),
        figsize=(11 + 0.62 * n_layers, 0.36 * len(rows) + 2.6),
        width_ratios=[3, 3, 0.55 * n_layers],
        layout=ConstrainedLayoutEngine(w_pad=0.1),
    )
    for axes, (name, title) in zip(panels[:2], PANELS.items(), strict=True):
        panel(axes, rows, name)
        axes.set_title(title, fontsize=12)
        axes.set_ylim(-0.5, len(rows) - 0.5)
    image = _shares(panels[2], layers)
    fig.colorbar(image, ax=panels[2], label="pruned share, %")
    panels[0].set_yticks(range(len(rows)), labels, fontsize=11)
    for axes in panels[1:]:
        axes.set_yticks(range(len(rows)), [])
    fig.suptitle(
        f"Criteria on {TITLES[architecture]}. {data_label(rows[0]['data'])}; 25% per round; "
        f"seeds: {seeds_in_words(rows)}; bars: 95% intervals over seeds",
        fontsize=13,
    )
    legend(fig, rows)
    return fig


def _shares(axes: Axes, layers: Sequence[Row]) -> AxesImage:
    """A tile for each criterion and layer; a layer that was emptied in some seed is bold."""
    names = list(dict.fromkeys(row["name"] for row in layers))
    image = tiles(
        *(axes, layers, "name", "label", "sparsity"),
        form=".0f",
        cmap="viridis_r",
        limits=(0, 100),
        interval=False,
        bold="emptied",
    )
    axes.invert_yaxis()  # the first criterion is below, as in the panels beside it
    axes.set_xticks(range(len(names)), names, rotation=40, ha="right", fontsize=11)
    axes.set_xlabel("layer", fontsize=11)
    axes.set_title("90% pruned: share of each layer, %", fontsize=12)
    return image
