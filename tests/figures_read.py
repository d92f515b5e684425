"""What is in `figures/`, for tests of the sentences that quote it."""

import csv
import math
from collections.abc import Iterable, Iterator
from pathlib import Path

FIGURES = Path(__file__).parent.parent / "figures"

Row = dict[str, str]


def rows(name: str, **keys: str) -> list[Row]:
    """The rows of a CSV file that have these texts in these columns."""
    with (FIGURES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        every = list(csv.DictReader(file))
    return [row for row in every if all(row[key] == value for key, value in keys.items())]


def one(name: str, **keys: str) -> Row:
    """The only row that has these texts in these columns."""
    [row] = rows(name, **keys)
    return row


def pm(row: Row, value: str = "measured", half_width: str = "half_width_95") -> list[float]:
    """A number and the half-width of its interval."""
    return [float(row[value]), float(row[half_width])]


def size(row: Row) -> list[float]:
    """How large a difference is, whatever its sign, and the half-width of its interval."""
    return [abs(float(row["difference"])), float(row["half_width_95"])]


def claim(sentence: str) -> Row:
    """The row of a claim."""
    return one("claims", claim=sentence)


def tally(judged_as: str, verdict: str) -> int:
    """How many claims that are judged as "published", or as "added", got a verdict."""
    return len(rows("claims", judged_as=judged_as, verdict=verdict))


def eq_2(*tables: int) -> Iterator[Row]:
    """The cells of Eq. (2) in some tables."""
    for table in tables:
        yield from rows(f"table{table}", criterion="relative_contribution")


def gaps(cells: Iterable[Row]) -> list[float]:
    """Measured minus published, in points."""
    return [round(float(row["measured"]) - float(row["published"]), 4) for row in cells]


def up(value: float, digits: int) -> float:
    """The bound that "within" names: rounded up."""
    return math.ceil(round(value * 10**digits, 6)) / 10**digits


def down(value: float, digits: int) -> float:
    """The bound that "not within" names: rounded down."""
    return math.floor(round(value * 10**digits, 6)) / 10**digits
