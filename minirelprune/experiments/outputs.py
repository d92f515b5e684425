"""The files of a result: tables as .md, their numbers as .csv, a picture as .png."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from minirelprune.experiments import figures
from minirelprune.experiments.table import Table
from minirelprune.experiments.tidy import csv_text
from minirelprune.support.files import write_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def write_files(
    name: str, out: Path, tables: Sequence[Table], picture: Figure | None = None
) -> list[str]:
    """Write `name`.md of all the tables, .csv of the first one's numbers, and .png.

    Returns
    -------
    The names of the files; none for what there is not.
    """
    texts = {}
    if tables:
        texts[".md"] = "\n".join(table.markdown() for table in tables)
        if tables[0].tidy:
            texts[".csv"] = csv_text(tables[0].tidy)
    for ending, text in texts.items():
        write_whole(out / f"{name}{ending}", text)
    if picture is not None:
        figures.save(picture, out / f"{name}.png")
    return [f"{name}{ending}" for ending in (*texts, *([".png"] if picture else []))]
