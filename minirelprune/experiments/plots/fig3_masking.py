"""The upper part of Fig. 3: the contributions of all weights of one input, by masking its row."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from minirelprune.experiments.outputs import Row
from minirelprune.support.arrays import Array

MASKED = "#F4A582"  # light enough for black numbers, and darker than the other in grey
OUTPUT = "#D9E8F0"


def draw_masking(axes: Axes, rows: Sequence[Row]) -> None:
    """f(x W) = a with all of W, beside it with one row 0, and what that makes of each unit."""
    n_out = 1 + max(row["j"] for row in rows)
    W = np.array([row["w"] for row in rows]).reshape(-1, n_out)  # (n_in, n_out), as in code
    x = np.array([[row["x"] for row in rows[::n_out]]])  # (1, n_in)
    masked = [row for row in rows if row["masked"]]
    i = masked[0]["i"]
    result = {name: [[r[name] for r in masked]] for name in ("a", "a_without", "contribution")}
    without = np.where(np.arange(len(W))[:, None] == i, 0, W)
    left = 0.0
    for name, output, shown, title in (
        ("a", "a", W, "W"),
        (r"\bar{a}", "a_without", without, f"W, row {i} masked"),
    ):
        left = _matrix(axes, left, x, "x") + 0.4
        left = _matrix(axes, left, shown, title, masked_row=i)
        axes.text(left + 0.75, 0, "f →", fontsize=15, ha="center", va="center")
        left = _matrix(axes, left + 1.5, result[output], f"${name}$", color=OUTPUT) + 1.3
    axes.text(left - 0.3, 0, "⇒", fontsize=20, ha="center", va="center")
    name = r"$|(a - \bar{a})\,/\,a|$, Eq. (1)"
    left = _matrix(axes, left + 0.4, result["contribution"], name, color=MASKED)
    axes.set(xlim=(-0.1, left + 0.4), ylim=(-2.3, 2.9))
    axes.set_aspect("equal")
    axes.axis("off")


def _matrix(
    axes: Axes,
    left: float,
    values: Array | list[list[float]],
    name: str,
    *,
    color: str = "#FFFFFF",
    masked_row: int | None = None,
) -> float:
    """Cells with numbers, around the line y = 0; where its right side is."""
    cells = np.asarray(values)
    top = len(cells) / 2
    for (row, k), value in np.ndenumerate(cells):
        corner = (left + k, top - row - 1)
        shade = MASKED if row == masked_row else color
        axes.add_patch(Rectangle(corner, 1, 1, facecolor=shade, edgecolor="black"))
        text = f"{value:g}".replace("-", "−")
        axes.text(left + k + 0.5, top - row - 0.5, text, fontsize=10, ha="center", va="center")
    axes.text(left + cells.shape[1] / 2, top + 0.3, name, fontsize=14, ha="center")
    return float(left + cells.shape[1])
