"""One style throughout: a criterion, or an activation, keeps its colour, marker and line."""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, Any

from minirelprune.experiments.published import NAMES
from minirelprune.support.files import written_whole

if TYPE_CHECKING:  # importing pyplot takes half a second, which `--help` should not
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito's colours: told apart by every kind of colour vision, and by their greys.
CRITERIA: dict[str, dict[str, Any]] = {
    "none": {"color": "#000000", "marker": "", "linestyle": (0, (1, 1)), "label": "control"},
    "random": {"color": "#999999", "marker": "v", "linestyle": "-", "label": "random"},
    "magnitude": {"color": "#E69F00", "marker": "s", "linestyle": "-", "label": "magnitude"},
    "wanda": {"color": "#56B4E9", "marker": "^", "linestyle": "-", "label": "Wanda"},
    "ours": {"color": "#0A5C8A", "marker": "o", "linestyle": "-", "label": "Eq. (2)"},
    "mutual_information": {"color": "#009E73", "marker": "D", "linestyle": "-", "label": "MI"},
}

ACTIVATIONS: dict[str, dict[str, Any]] = {
    "relu": {"color": "#0A5C8A", "marker": "o", "linestyle": "-", "label": NAMES["relu"]},
    "leaky_relu": {
        "color": "#56B4E9",
        "marker": "^",
        "linestyle": "-",
        "label": NAMES["leaky_relu"],
    },
    "sigmoid": {"color": "#E69F00", "marker": "s", "linestyle": "--", "label": NAMES["sigmoid"]},
    "tanh": {"color": "#000000", "marker": "D", "linestyle": ":", "label": NAMES["tanh"]},
}

ERROR_TICKS = (10, 50, 80, 90, 95, 97, 98, 98.5)  # percent, on `error_scale`


def shown(data: str) -> str:
    """The name of a data set as it stands in a title."""
    return "MNIST" if data == "mnist" else data


def error_scale(accuracy: float) -> float:
    """Where an accuracy in percent is drawn: half the error is always the same step further."""
    return -math.log(max(100 - accuracy, 0.5))


def bare(axes: Axes) -> None:
    """No frame but the two axes, and a faint grid."""
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)


def save(figure: Figure, path: str | os.PathLike[str]) -> None:
    """Write a figure as PNG, whole or not at all; the same numbers give the same bytes.

    So there is no date and no version in it, and the places a layout solver gave are rounded: their
    last digits differ from run to run, and a pixel in a thousand with them.
    """
    import matplotlib.pyplot as plt
    from matplotlib.transforms import Bbox

    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    for axes in figure.axes:
        axes.set_position(Bbox(axes.get_position().get_points().round(4)))
    with written_whole(path) as temporary:
        figure.savefig(temporary, dpi=150, metadata={"Software": None})
    plt.close(figure)
