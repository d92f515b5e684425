"""A heat map: one tile for each pair of two things that vary, with its number written on it."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from numpy.typing import ArrayLike

from minirelprune.experiments.outputs import Row


def tiles(
    axes: Axes,
    rows: Sequence[Row],
    across: str,
    down: str,
    value: str,
    *,
    form: str,
    cmap: str,
    limits: tuple[float, float],
    interval: bool = True,
    bold: str = "",
) -> AxesImage:
    """Draw one tile per row.

    Parameters
    ----------
    across, down, value : columns of the rows: where a tile stands, and what is on it.
    form : how the number is written, as ".2f".
    cmap, limits : its colours, and the values of the first and of the last.
    interval : write the half-width of its interval below it, where there are several seeds.
    bold : the column that says whether it is written in bold.
    """
    xs, ys = (list(dict.fromkeys(row[name] for row in rows)) for name in (across, down))
    shown = np.full((len(ys), len(xs)), np.nan)
    for row in rows:
        shown[ys.index(row[down]), xs.index(row[across])] = row[value]
    image = axes.imshow(shown, cmap=cmap, vmin=limits[0], vmax=limits[1], aspect="auto")
    for row in rows:
        text = f"{row[value]:{form}}"
        if interval and row["seeds"] > 1:
            text += f"\n± {row[f'{value}_half_width_95']:.2f}"
        place = (xs.index(row[across]), ys.index(row[down]))
        weight = "bold" if bold and row[bold] else "normal"
        axes.annotate(
            *(text, place),
            color=_ink(image.to_rgba(row[value])),
            weight=weight,
            ha="center",
            va="center",
            fontsize=11,
        )
    axes.set_xticks(range(len(xs)))
    axes.set_yticks(range(len(ys)))
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return image


def _ink(color: ArrayLike) -> str:
    """Black on light tiles, white on dark ones."""
    return "black" if np.dot(np.asarray(color)[:3], (0.299, 0.587, 0.114)) > 0.5 else "white"
