"""Pictures, each drawn from numbers alone: `plots/x.py` draws what `exhibits/x.py` computed.

Importing matplotlib takes half a second, so a plot is imported when it is drawn.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from minirelprune.experiments.outputs import Numbers
from minirelprune.support.files import written_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw(plot: str, numbers: Numbers) -> Figure:
    """The picture that the file `plot` of this folder draws of these numbers."""
    figure: Figure = import_module(f"{__name__}.{plot}").draw(numbers)
    return figure


def save(figure: Figure, path: Path) -> None:
    """Write a figure as PNG, whole or not at all; the same numbers give the same bytes.

    The file therefore holds no date and no version, and the positions that a layout solver found
    are rounded: their last digits differ from run to run.
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
