"""Which laws a class breaks most: the place where the next lecture can start."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from minirelprune.coursework.law_book import find_law
from minirelprune.support.files import written_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 20  # laws that are drawn
NEEDED = {"submission", "task", "law", "status", "problem"}
BROKEN, UNSTARTED = "#b2182b", "#d9d9d9"  # dark red, and light grey with hatching


@dataclass(frozen=True)
class Share:
    """How a class did on a law: the shares of submissions that break it, or have not started.

    A submission that could not be graded, because its module cannot be imported, say, breaks no
    law and is not counted.
    """

    task: str
    law: str
    broken: float
    not_started: float


def shares(path: Path) -> list[Share]:
    """The laws in `grades.csv`, the one that is broken most first.

    Raises
    ------
    ValueError : the file is no table that `grade --csv` wrote, or has no submission.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows or not set(rows[0]) >= NEEDED:
        raise ValueError(f"{path} must be a file that `coursework grade --csv` wrote, with grades")
    by_law: dict[tuple[str, str], list[str]] = defaultdict(list)
    ungraded = {row["submission"] for row in rows if row["problem"]}
    for row in rows:
        if row["law"] and row["submission"] not in ungraded:
            by_law[row["task"], row["law"]].append(row["status"])
    if not by_law:
        raise ValueError(f"{path} must hold a submission that could be graded, got none")
    found = [
        Share(task, law, *(states.count(one) / len(states) for one in ("failed", "not started")))
        for (task, law), states in by_law.items()
    ]
    return sorted(found, key=lambda one: (-one.broken, -one.not_started, one.task, one.law))


def text_of(found: list[Share]) -> str:
    """The same as a table."""
    lines = ["broken  not started  task          law"]
    for one in found[:MOST]:
        lines.append(f"{one.broken:6.0%}  {one.not_started:11.0%}  {one.task:13} {said(one.law)}")
    return "\n".join(lines)


def said(law: str) -> str:
    """A law in words, or its name if this version does not have it."""
    try:
        return find_law(law).statement
    except KeyError:
        return law


def draw(found: list[Share], path: Path) -> None:
    """Draw the laws that are broken most, as a PNG or in another format by the ending of `path`."""
    with written_whole(path) as temporary:
        figure(found).savefig(temporary, dpi=150)


def figure(found: list[Share]) -> "Figure":
    """Bars: how many break a law, and, hatched, how many have not started."""
    from matplotlib.figure import Figure

    shown = found[:MOST][::-1]
    drawn = Figure(figsize=(10, 1.5 + 0.42 * len(shown)), layout="constrained")
    axes = drawn.subplots()
    names = [f"{one.task}: {_short(said(one.law))}" for one in shown]
    places = range(len(shown))
    broken = [100 * one.broken for one in shown]
    waiting = [100 * one.not_started for one in shown]
    axes.barh(places, broken, color=BROKEN, label="broken")
    axes.barh(places, waiting, left=broken, color=UNSTARTED, hatch="//", label="not started")
    axes.set_yticks(places, names, fontsize=8)
    axes.set_xlim(0, 100)
    axes.set_xlabel("share of the submissions that could be graded (percent)")
    axes.set_title("Which laws the class breaks most", loc="left")
    axes.legend(loc="lower right")
    return drawn


def _short(text: str, most: int = 70) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."
