"""The figures that are no views of trials: each has numbers of its own, and is drawn from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from minirelprune.data import Dataset
from minirelprune.experiments.figures import (
    bins,
    blind_share,
    fig1,
    fig2,
    fig3,
    pixels,
    save,
)
from minirelprune.experiments.tidy import Numbers, csv_text
from minirelprune.support import threads
from minirelprune.support.files import write_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Drawing(NamedTuple):
    """How a figure comes about.

    Parameters
    ----------
    numbers : gives what is drawn: of (dataset, seeds, progress), or of nothing.
    picture : draws it.
    on_data : whether the numbers are of a data set, and networks trained on it.
    repeated : whether more than one seed means something.
    """

    numbers: Callable[..., Numbers]
    picture: Callable[[Numbers], Figure]
    on_data: bool
    repeated: bool = False


DRAWINGS = {
    "fig1": Drawing(fig1.numbers, fig1.picture, on_data=False),
    "fig2": Drawing(fig2.numbers, fig2.picture, on_data=False),
    "fig3": Drawing(fig3.numbers, fig3.picture, on_data=True),
    "blind_share": Drawing(blind_share.numbers, blind_share.picture, on_data=True, repeated=True),
    "bins": Drawing(bins.numbers, bins.picture, on_data=False),
    "pixels": Drawing(pixels.numbers, pixels.picture, on_data=True),
}


def draw(
    name: str,
    dataset: Dataset | None,
    *,
    seeds: Sequence[int],
    out: Path,
    progress: bool | None = None,
) -> list[str]:
    """Compute a figure's numbers, and write them as .csv and their picture as .png.

    Parameters
    ----------
    name : a key of `DRAWINGS`.
    dataset : what to train on; None will do for those that need no data.
    seeds, out, progress : as for `reproduce`.

    Returns
    -------
    The names of the files.

    Raises
    ------
    ValueError : no data where it is needed, or several seeds where one network is shown.
    """
    drawing = DRAWINGS[name]
    if len(seeds) != 1 and not drawing.repeated:
        raise ValueError(
            f"seeds must be one for {name}, which is no mean over them, got {len(seeds)}"
        )
    if not drawing.on_data:
        numbers = drawing.numbers()
    elif dataset is None:
        raise ValueError(f"dataset must not be None for {name}")
    else:
        with threads.limited(1):  # as trials are, so that the networks are the tables' own
            numbers = drawing.numbers(dataset, seeds, progress)
    return publish(name, numbers, out)


def publish(name: str, numbers: Numbers, out: Path) -> list[str]:
    """Write the numbers of a figure, a key of `DRAWINGS`, as .csv and their picture as .png.

    Returns
    -------
    The names of the files.
    """
    picture = DRAWINGS[name].picture(numbers)  # before a file is touched: they belong together
    for stem, rows in numbers.items():
        write_whole(out / f"{stem}.csv", csv_text(rows))
    save(picture, out / f"{name}.png")
    return [f"{name}.png", *(f"{stem}.csv" for stem in numbers)]
