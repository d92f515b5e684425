"""β over architectures: accuracies, and what each β changes, by depth and width."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.plots.heat import tiles
from minirelprune.experiments.plots.style import seeds_in_words


def draw(numbers: Numbers) -> Figure:
    """Two panels of accuracies, which share their colours, and two of changes."""
    rows = numbers["architectures"]
    changes = [name for name in rows[0] if name.endswith("_minus_0")]
    fig, panels = plt.subplots(
        1, 2 + len(changes), figsize=(17, 4.2), layout="constrained", sharey=True
    )
    absolute, relative = panels[:2], panels[2:]
    values = [row[name] for row in rows for name in ("not_pruned", "beta_0")]
    for axes, name, title in zip(
        absolute, ("not_pruned", "beta_0"), ("not pruned", "75% pruned, β = 0"), strict=True
    ):
        image = tiles(
            *(axes, rows, "width", "depth", name),
            form=".2f",
            cmap="viridis",
            limits=(min(values), max(values)),
        )
        _axes(axes, rows, title)
    fig.colorbar(image, ax=absolute, label="test accuracy, %")
    most = max(abs(row[name]) for row in rows for name in changes)
    for axes, name in zip(relative, changes, strict=True):
        image = tiles(
            *(axes, rows, "width", "depth", name),
            form="+.2f",
            cmap="RdBu",
            limits=(-most, most),
        )
        _axes(axes, rows, f"β = {name.split('_')[1]} minus β = 0")
    fig.colorbar(image, ax=relative, label="difference, percentage points")
    panels[0].set_ylabel("hidden layers", fontsize=12)
    fig.suptitle(
        f"Eq. (2) on other architectures. {data_label(rows[0]['data'])}, ReLU; mean ± 95% interval "
        f"over seeds ({seeds_in_words(rows)})",
        fontsize=13,
    )
    return fig


def _axes(axes: Axes, rows: Sequence[Row], title: str) -> None:
    widths, depths = (list(dict.fromkeys(row[name] for row in rows)) for name in ("width", "depth"))
    axes.set_title(title, fontsize=12)
    axes.set_xticks(range(len(widths)), [f"{width:,}" for width in widths], fontsize=11)
    axes.set_yticks(range(len(depths)), [str(depth) for depth in depths], fontsize=11)
    axes.set_xlabel("units of each hidden layer", fontsize=12)
