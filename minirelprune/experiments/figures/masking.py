"""The upper part of Fig. 3: the contributions of all weights of one input, by masking a column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from minirelprune.contribution.definition import contributions
from minirelprune.experiments.tidy import Row
from minirelprune.network.activations import ACTIVATIONS
from minirelprune.support.arrays import Array

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Three ReLU units: one that loses, one that gains more than it had, and one in its blind range.
X = np.array([[1.0, 2.0, 0.5, 1.0]])
W = np.array([[0.5, 1.0, -1.0], [0.5, -0.5, -0.5], [1.0, 2.0, 1.0], [0.5, -0.5, -0.5]])
B = np.zeros(3)
MASKED = 1  # the second input

RED = "#F4A582"  # light enough for black numbers, and darker than the blue in grey
BLUE = "#BCDCEE"


def masking() -> list[Row]:
    """A row for each weight: a with it, a without its input's column, and Eq. (1)."""
    f = ACTIVATIONS["relu"]
    a = f(X @ W + B)[0]
    c = contributions(X, W, B, f)[0]
    rows: list[Row] = []
    for i, j in np.ndindex(W.shape):
        without = np.where(np.arange(len(W)) == i, 0, W[:, j])
        rows.append(
            {
                "i": i,
                "j": j,
                "x": X[0, i].item(),
                "w": W[i, j].item(),
                "masked": i == MASKED,
                "a": a[j].item(),
                "a_without": f(X @ without + B[j]).item(),
                "contribution": c[i, j].item(),
            }
        )
    return rows


def draw_masking(axes: Axes, rows: list[Row]) -> None:
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
    from matplotlib.patches import Rectangle

    cells = np.asarray(values)
    top = len(cells) / 2
    for (row, k), value in np.ndenumerate(cells):
        shade = color if k == column else "#FFFFFF"
        corner = (left + k, top - row - 1)
        axes.add_patch(Rectangle(corner, 1, 1, facecolor=shade, edgecolor="black"))
        text = f"{value:g}".replace("-", "−")
        axes.text(left + k + 0.5, top - row - 0.5, text, fontsize=9, ha="center", va="center")
    axes.text(left + cells.shape[1] / 2, top + 0.25, name, fontsize=13, ha="center")
