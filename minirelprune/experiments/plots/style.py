"""One style throughout: a criterion, or an activation, keeps its colour, marker and line.

The two palettes share no colour. In each, the entries that are drawn in one picture are at least 15
points of relative luminance apart, so that they differ in print without colour. White paper leaves
room for five such steps: the two further criteria stand between them, with a line of their own.
"""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from minirelprune.experiments.outputs import Row
from minirelprune.experiments.paper.names import ACTIVATIONS as NAMES

EDGE = {"markeredgecolor": "#333333", "markeredgewidth": 0.6}  # a pale marker stays visible
DOTTED = (0, (1, 1))


def _style(label: str, color: str, marker: str, linestyle: Any = "-") -> dict[str, Any]:
    return {"label": label, "color": color, "marker": marker, "linestyle": linestyle, **EDGE}


CRITERIA: dict[str, dict[str, Any]] = {
    "none": _style("control", "#000000", "", DOTTED),
    "relative_contribution": _style("Eq. (2)", "#0072B2", "o"),
    "magnitude": _style("magnitude", "#E87722", "s"),
    "wanda": _style("Wanda", "#6CC4F2", "^"),
    "random": _style("random", "#D2D2D2", "X"),
    "random_redrawn": _style("random, redrawn", "#4D4D4D", "P", "--"),
    "mutual_information": _style("MI", "#00906A", "D", "-."),
}

ACTIVATIONS: dict[str, dict[str, Any]] = {
    "relu": _style(NAMES["relu"], "#3B0F70", "o"),
    "leaky_relu": _style(NAMES["leaky_relu"], "#DA80C3", "^"),
    "sigmoid": _style(NAMES["sigmoid"], "#D8D03E", "s", "--"),
    "tanh": _style(NAMES["tanh"], "#D83566", "D", ":"),
}


def hollow(criterion: str) -> dict[str, Any]:
    """The marker of a published number: the criterion's own, not filled."""
    color = "#777777" if criterion == "random" else CRITERIA[criterion]["color"]
    return {
        "marker": CRITERIA[criterion]["marker"],
        "linestyle": "none",
        "markerfacecolor": "white",
        "markeredgecolor": color,
        "markeredgewidth": 1.8,
    }


def seeds_in_words(rows: Sequence[Row]) -> str:
    """How many seeds the rows are means of: "5", or "3 to 5"."""
    return " to ".join(str(n) for n in sorted({row["seeds"] for row in rows}))


def band(text: str) -> Patch:
    """What a legend says of the shaded bands of a picture."""
    return Patch(facecolor="#000000", alpha=0.15, linewidth=0, label=text)


def bare(axes: Axes) -> None:
    """No frame but the two axes, and a faint grid."""
    axes.grid(alpha=0.25)
    axes.spines[["top", "right"]].set_visible(False)
