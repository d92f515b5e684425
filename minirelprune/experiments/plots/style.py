"""One style throughout: a criterion, or an activation, keeps its colour, marker and line."""

import math
from typing import Any

from matplotlib.axes import Axes

from minirelprune.experiments.paper.names import ACTIVATIONS as NAMES

# Okabe and Ito's colours: told apart by every kind of colour vision, and by their greys.
CRITERIA: dict[str, dict[str, Any]] = {
    "none": {"color": "#000000", "marker": "", "linestyle": (0, (1, 1)), "label": "control"},
    "random": {"color": "#999999", "marker": "v", "linestyle": "-", "label": "random"},
    "random_redrawn": {
        "color": "#999999",
        "marker": "<",
        "linestyle": "--",
        "label": "random, redrawn",
    },
    "magnitude": {"color": "#E69F00", "marker": "s", "linestyle": "-", "label": "magnitude"},
    "wanda": {"color": "#56B4E9", "marker": "^", "linestyle": "-", "label": "Wanda"},
    "relative_contribution": {
        "color": "#0A5C8A",
        "marker": "o",
        "linestyle": "-",
        "label": "Eq. (2)",
    },
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


def error_scale(accuracy: float) -> float:
    """Where an accuracy in percent is drawn: half the error is always the same step further."""
    return -math.log(max(100 - accuracy, 0.5))


def bare(axes: Axes) -> None:
    """No frame but the two axes, and a faint grid."""
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
