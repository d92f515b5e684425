"""Numbers as tidy rows, one observation a row: what a picture is drawn from, and a CSV holds."""

import csv
import io
from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]
Numbers = dict[str, list[Row]]  # the name of a CSV file, without its ending -> its rows


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
