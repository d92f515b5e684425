"""The claims as a forest plot: measured differences with intervals, published ones, verdicts."""

from collections.abc import Sequence
from textwrap import fill
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.plots.style import bare

# By outcome: a claim of the paper, and one that is judged as added, have different words for it.
HOLDS: dict[str, Any] = {"color": "#3F8FC4", "marker": "o"}
UNDECIDED: dict[str, Any] = {"color": "#BDBDBD", "marker": "s"}
FAILS: dict[str, Any] = {"color": "#7A2E00", "marker": "X"}
VERDICTS = {
    "replicates": HOLDS,
    "supported": HOLDS,
    "undecided": UNDECIDED,
    "does not replicate": FAILS,
    "refuted": FAILS,
}
IN_TITLE = {
    "replicates": "replicate",
    "supported": "supported",
    "undecided": "undecided",
    "does not replicate": "do not replicate",
    "refuted": "refuted",
}
LEGEND = {
    "measured: replicates, or supported": HOLDS,
    "measured: undecided": UNDECIDED,
    "measured: does not replicate, or refuted": FAILS,
}
ADDED = "added here, not the paper's"
LINEAR = 0.5  # percentage points; farther from 0 the axis is logarithmic
TICKS = (-0.5, -0.2, 0, 0.2, 0.5, 2, 10, 40)
BAND = "#E4E4E4"  # of a claim that two things are on average this near to each other


def draw(numbers: Numbers) -> Figure:
    """One line per claim that has a verdict, under its table; right of 0 is in its favour."""
    judged = [row for row in numbers["claims"] if row["verdict"] in VERDICTS]
    lines = _with_headings(judged)
    height = 2.6 + 0.42 * len(lines)
    fig, axes = plt.subplots(figsize=(12, height), layout="constrained")
    fig.get_layout_engine().set(w_pad=0.15)  # type: ignore[union-attr,call-arg]
    axes.axvline(0, color="black", linewidth=1)
    for y, line in enumerate(lines):
        if isinstance(line, str):
            axes.annotate(line, (-0.02, y), xycoords=("axes fraction", "data"), **HEADING)
        else:
            _line(axes, y, line)
    _axes(axes, lines)
    _legend(fig, judged)
    if judged:
        fig.suptitle(f"{data_label(judged[0]['data'])}: {_tally(judged)}", fontsize=15)
    return fig


HEADING: dict[str, Any] = {"ha": "right", "va": "center", "fontsize": 13, "fontweight": "bold"}


def _with_headings(rows: Sequence[Row]) -> list[str | Row]:
    """The rows of each group under its name, which is a line of its own."""
    lines: list[str | Row] = []
    for group in dict.fromkeys(row["group"] for row in rows):
        heading = group if group.startswith("Table") else ADDED
        lines += [heading, *(row for row in rows if row["group"] == group)]
    return lines


def _line(axes: Axes, y: int, row: Row) -> None:
    """The measured interval, the published difference, and to the right the verdict."""
    style, half = VERDICTS[row["verdict"]], row["half_width_95"]
    if row["margin"] is not None:
        axes.fill_betweenx([y - 0.5, y + 0.5], -row["margin"], row["margin"], color=BAND)
    ends = [row["difference"] - half, row["difference"] + half]
    axes.plot(ends, [y, y], color=style["color"], linewidth=4, solid_capstyle="butt")
    if row["published"] is not None:
        axes.plot(row["published"], y, **_hollow(), markersize=12)
    axes.plot(row["difference"], y, **style, markersize=8, markeredgecolor="black", linewidth=0)
    text = f"{row['verdict']}\n{row['reason']}" if row["reason"] else row["verdict"]
    place: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "va": "center"}
    axes.annotate(text, (1.015, y), **place, fontsize=10.5, linespacing=1.25)


def _axes(axes: Axes, lines: Sequence[str | Row]) -> None:
    """The claims on the left, without the name of their table; and a scale with a name."""
    axes.set_xscale("symlog", linthresh=LINEAR, linscale=1.8)
    axes.set_xticks(TICKS, [f"{tick:+g}" if tick else "0" for tick in TICKS], fontsize=11)
    axes.minorticks_off()
    axes.set_xlim(-1, 60)
    axes.set_xlabel(
        "difference in test accuracy, percentage points\n"
        "right of 0, or inside the grey band if there is one: in favour of the claim\n"
        f"scale: linear from -{LINEAR:g} to +{LINEAR:g}, logarithmic beyond",
        fontsize=12,
    )
    places = [y for y, line in enumerate(lines) if not isinstance(line, str)]
    names = [_name(line) for line in lines if not isinstance(line, str)]
    axes.set_yticks(places, names, fontsize=11)
    axes.set_ylim(len(lines) - 0.4, -0.6)
    bare(axes)


def _name(row: Row) -> str:
    """The sentence without its group, on two lines if it is long."""
    sentence = str(row["claim"]).removeprefix(f"{row['group']}:").removeprefix(str(row["group"]))
    return fill(sentence.strip(), 46)


def _tally(rows: Sequence[Row]) -> str:
    """How many claims got which verdict: first those judged as the paper's, then the others."""
    parts = []
    for kind, name in (("published", "published claims"), ("added", "other claims")):
        said = [row["verdict"] for row in rows if row["judged_as"] == kind]
        counts = [f"{said.count(word)} {many}" for word, many in IN_TITLE.items() if word in said]
        if said:
            parts.append(f"{len(said)} {name}: {', '.join(counts)}")
    return "\n".join(parts)


def _hollow() -> dict[str, Any]:
    return {"color": "black", "marker": "D", "markerfacecolor": "white", "linestyle": "none"}


def _legend(fig: Figure, rows: Sequence[Row]) -> None:
    """The markers, with what is on the picture only in some reports where it is."""
    handles: list[Any] = [
        Line2D([], [], **style, markersize=8, linewidth=4, markeredgecolor="black", label=name)
        for name, style in LEGEND.items()
    ]
    if any(row["published"] is not None for row in rows):
        handles.append(Line2D([], [], **_hollow(), markersize=12, label="published"))
    if margins := {row["margin"] for row in rows if row["margin"] is not None}:
        handles.append(Patch(color=BAND, label=f"within {min(margins):g} points of each other"))
    handles.append(Line2D([], [], color="black", linewidth=4, label="95% interval over seeds"))
    fig.legend(handles=handles, loc="outside lower center", ncols=2, frameon=False, fontsize=11)
