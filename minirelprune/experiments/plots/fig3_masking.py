"""The upper part of Fig. 3: the contributions of all weights of one input, by masking a column."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from minirelprune.experiments.outputs import Row
from minirelprune.support.arrays import Array

RED = "#F4A582"  # light enough for black numbers, and darker than the blue in grey
BLUE = "#BCDCEE"


def draw_masking(axes: Axes, rows: Sequence[Row]) -> None:
    """f(W x) = a with all of W, beside it with one column 0, and what that makes of each unit."""
    weights = np.array([row["w"] for row in rows]).reshape(-1, 3).T  # (units, inputs), as printed
    x = np.array([row["x"] for row in rows[::3]])[:, None]
    masked = [row for row in rows if row["masked"]]
    i = masked[0]["i"]
    column: dict[str, list[Any]] = {
        name: [[row[name]] for row in masked] for name in ("a", "a_without", "contribution")
    }
    left = 0.0
    for name, output, W_shown, color in (
        ("a", "a", weights, RED),
        (r"\bar{a}", "a_without", np.where(np.arange(len(x)) == i, 0, weights), "#FFFFFF"),
    ):
        _matrix(axes, left, W_shown, "W", column=i, color=color)
        _matrix(axes, left + 4.4, x, "x")
        axes.text(left + 5.9, 0, "f →", fontsize=14, ha="center", va="center")
        _matrix(axes, left + 6.4, column[output], f"${name}$", color=BLUE)
        left += 8.6
    _matrix(axes, left + 0.6, column["contribution"], r"$|(a - \bar{a}) / a|$", color=RED)
    axes.text(left - 0.2, 0, "⇒", fontsize=20, ha="center", va="center")
    axes.set(xlim=(-0.1, left + 2.4), ylim=(-2.1, 2.8))
    axes.set_aspect("equal")
    axes.axis("off")


def _matrix(
    axes: Axes,
    left: float,
    values: Array | list[Any],
    name: str,
    *,
    column: int = 0,
    color: str = "#FFFFFF",
) -> None:
    """Cells with numbers, around the line y = 0; one column is coloured."""
    cells = np.asarray(values)
    top = len(cells) / 2
    for (row, k), value in np.ndenumerate(cells):
        shade = color if k == column else "#FFFFFF"
        corner = (left + k, top - row - 1)
        axes.add_patch(Rectangle(corner, 1, 1, facecolor=shade, edgecolor="black"))
        text = f"{value:g}".replace("-", "−")
        axes.text(left + k + 0.5, top - row - 0.5, text, fontsize=9, ha="center", va="center")
    axes.text(left + cells.shape[1] / 2, top + 0.25, name, fontsize=13, ha="center")
