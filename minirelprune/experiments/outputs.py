"""What an exhibit gives: tables as text and numbers as tidy rows; and the files of both."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from minirelprune.support.files import write_whole

Row = dict[str, Any]  # one observation
Numbers = Mapping[str, Sequence[Row]]  # the name of a CSV file, without its ending -> its rows


@dataclass(frozen=True)
class Table:
    """Rows of text under a caption and a header; a note below says how to read them."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def markdown(self) -> str:
        """The caption, a table whose columns line up in plain text too, and the note."""
        lines = [self.header, *self.rows]
        widths = [max(len(line[k]) for line in lines) for k in range(len(self.header))]
        rule = ["-" * width for width in widths]
        aligned = [
            "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
            for line in (self.header, rule, *self.rows)
        ]
        below = ["", self.note] if self.note else []
        return "\n".join([self.caption, "", *aligned, *below]) + "\n"


@dataclass(frozen=True)
class Contents:
    """The tables of an exhibit, and the numbers that its picture is drawn from.

    It is true if there is a number, or a row, in it.
    """

    tables: Sequence[Table] = ()
    numbers: Numbers = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.numbers) or any(table.rows for table in self.tables)


def write_files(name: str, contents: Contents, out: Path) -> list[str]:
    """Write the tables to `name`.md in the folder `out`, and each set of numbers to a .csv.

    Returns
    -------
    The names of the files.
    """
    texts = {f"{stem}.csv": csv_text(rows) for stem, rows in contents.numbers.items()}
    if contents.tables:
        texts = {f"{name}.md": "\n".join(t.markdown() for t in contents.tables), **texts}
    for file, text in texts.items():
        write_whole(out / file, text)
    return list(texts)


def csv_text(rows: Sequence[Row]) -> str:
    """The rows as CSV under a header; None is an empty cell.

    >>> csv_text([{"z": -0.5, "blind": True}, {"z": 1.0, "blind": None}])
    'z,blind\\n-0.5,True\\n1.0,\\n'
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def short(value: float) -> float:
    """A measured number to the six digits worth writing down."""
    return float(f"{value:.6g}")


def scientific(value: float) -> str:
    """A power of ten, or a number near one, as the paper writes them.

    >>> scientific(0.0001), scientific(1e-5), scientific(0.0)
    ('1e-4', '1e-5', '0')
    """
    return np.format_float_scientific(value, trim="-", exp_digits=1) if value else "0"
