"""One style throughout: a criterion, or an activation, keeps its colour, marker and line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from minirelprune.files import written_whole

if TYPE_CHECKING:  # importing pyplot takes half a second, which `--help` should not
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito's colours: told apart by every kind of colour vision, and by their greys.
CRITERIA: dict[str, dict[str, Any]] = {
    "none": {"color": "#000000", "marker": "", "linestyle": (0, (1, 1))},
    "random": {"color": "#999999", "marker": "v", "linestyle": "-"},
    "magnitude": {"color": "#E69F00", "marker": "s", "linestyle": "-"},
    "wanda": {"color": "#56B4E9", "marker": "^", "linestyle": "-"},
    "ours": {"color": "#0A5C8A", "marker": "o", "linestyle": "-"},
    "mutual_information": {"color": "#009E73", "marker": "D", "linestyle": "-"},
}

ACTIVATIONS: dict[str, dict[str, Any]] = {
    "relu": {"color": "#0A5C8A", "marker": "o", "linestyle": "-", "label": "ReLU"},
    "leaky_relu": {"color": "#56B4E9", "marker": "^", "linestyle": "-", "label": "leaky ReLU"},
    "sigmoid": {"color": "#E69F00", "marker": "s", "linestyle": "--", "label": "sigmoid"},
    "tanh": {"color": "#000000", "marker": "D", "linestyle": ":", "label": "tanh"},
}

LABELS = {name: str(style["label"]) for name, style in ACTIVATIONS.items()}


def bare(axes: Axes) -> None:
    """No frame but the two axes, and a faint grid."""
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)


def save(figure: Figure, path: str | os.PathLike[str]) -> None:
    """Write a figure as PNG, whole or not at all, and without the date and version in it."""
    import matplotlib.pyplot as plt

    with written_whole(path) as temporary:
        figure.savefig(temporary, dpi=150, metadata={"Software": None})
    plt.close(figure)
