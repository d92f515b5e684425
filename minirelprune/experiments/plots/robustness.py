"""Attacks, corruptions and calibration against the share of weights pruned."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.plots.style import CRITERIA, bare, seeds_in_words

PANELS = {
    "fgsm_0.1": ("attacked by FGSM, 0.1", "accuracy, %"),
    "pgd_0.1": ("attacked by PGD, 0.1", "accuracy, %"),
    "corrupted": ("corrupted", "accuracy, %"),
    "calibration_error": ("calibration", "expected calibration error, %"),
}
PROPOSED = {"color": "#C2410C", "marker": "D", "linestyle": ":"}
LOOKS = {
    "Magnitude": CRITERIA["magnitude"],
    "Wanda": CRITERIA["wanda"],
    "Eq. (2)": CRITERIA["relative_contribution"],
    "LAMP of the change": PROPOSED | {"label": "LAMP of the change"},
}
RELIABLE = 0.95  # pruned, in the last panel


def draw(numbers: Numbers) -> Figure:
    """A panel for each measure, and one for the reliability of the sparsest networks."""
    rows = numbers["robustness"]
    fig, panels = plt.subplots(1, len(PANELS) + 1, figsize=(17, 4.4), layout="constrained")
    for axes, (name, (title, unit)) in zip(panels, PANELS.items(), strict=False):
        _lines(axes, rows, name)
        axes.set(title=title, xlabel="weights pruned, %", ylabel=unit)
    _reliability(panels[-1], numbers["robustness_bins"])
    fig.suptitle(
        "What pruning does to robustness and calibration. "
        f"{data_label(rows[0]['data'])}, ReLU, pruned at once, one epoch of fine-tuning; "
        f"seeds: {seeds_in_words(rows)}, bars: 95% intervals",
        fontsize=13,
    )
    handles, labels = panels[0].get_legend_handles_labels()
    fig.legend(handles, labels, loc="outside lower center", ncols=6, frameon=False, fontsize=11)
    return fig


def _lines(axes: Axes, rows: Sequence[Row], name: str) -> None:
    """One line per criterion, and horizontal ones for the networks that are not pruned."""
    for row, line, label in zip(
        (row for row in rows if row["target"] == 0),
        ("-", (0, (1, 1))),
        ("not pruned, not fine-tuned", "control: one epoch, not pruned"),
        strict=True,
    ):
        axes.axhline(row[name], color="black", linewidth=1.2, linestyle=line, label=label)
    for label, look in LOOKS.items():
        mine = [row for row in rows if row["label"] == label]
        axes.errorbar(
            [100 * row["target"] for row in mine],
            [row[name] for row in mine],
            yerr=[row[f"{name}_half_width_95"] for row in mine],
            **look,
            markersize=6,
        )
    bare(axes)


def _reliability(axes: Axes, bins: Sequence[Row]) -> None:
    """Accuracy against confidence: above the line a network is less sure than it is right."""
    axes.plot([0, 100], [0, 100], color="black", linewidth=1)
    for label, look in LOOKS.items():
        mine = [row for row in bins if row["label"] == label and row["target"] == RELIABLE]
        axes.plot(
            [100 * row["confidence"] for row in mine],
            [100 * row["accuracy"] for row in mine],
            **look,
            markersize=5,
        )
    axes.set(
        title=f"{RELIABLE:.0%} pruned: as sure as right?",
        xlabel="confidence, %",
        ylabel="accuracy, %",
    )
    bare(axes)
