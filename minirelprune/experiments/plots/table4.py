"""Table 4 as a picture: the measured rounds beside the published targets, and close up."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers, Row
from minirelprune.experiments.plots.curves import curve, data_and_seeds
from minirelprune.experiments.plots.style import CRITERIA, bare

DRAWN = ("magnitude", "wanda", "relative_contribution", "none")


def draw(numbers: Numbers) -> Figure:
    """Two panels: all of it with the published points, and the measured curves alone."""
    cells, rounds = numbers["table4"], numbers["table4_rounds"]
    fig, (far, near) = plt.subplots(1, 2, figsize=(11, 4.6), layout="constrained")
    for criterion in DRAWN:
        style = CRITERIA[criterion]
        mine = [row for row in rounds if row["criterion"] == criterion]
        curve(far, mine, "accuracy_tuned", **style)
        unlabelled = {key: value for key, value in style.items() if key != "label"}
        curve(near, mine, "accuracy_tuned", **unlabelled)
        if criterion != "none":
            dashed = {**unlabelled, "linestyle": "--", "alpha": 0.7}
            curve(near, mine, "accuracy_pruned", **dashed)
            _published(far, [row for row in cells if row["criterion"] == criterion])
    near.plot([], [], "k-", label="after one epoch of fine-tuning")
    near.plot([], [], "k--", alpha=0.7, label="right after pruning")
    far.set(title="after fine-tuning, and as published", ylabel="test accuracy, %")
    near.set(title="measured, close up")
    for axes in (far, near):
        axes.set_xlabel("weights pruned, % of all")
        bare(axes)
        axes.legend(frameon=False, loc="lower left")
    fig.suptitle(f"{data_and_seeds(rounds)}, 784-392-196-10 ReLU, 5% of the weights per round")
    return fig


def _published(axes: Axes, cells: Sequence[Row]) -> None:
    """The published points of a criterion, hollow, and a thin line through them."""
    style = CRITERIA[cells[0]["criterion"]]
    axes.plot(
        [100 * row["target"] for row in cells],
        [row["published"] for row in cells],
        color=style["color"],
        linewidth=0.8,
        linestyle=":",
        marker=style["marker"],
        markersize=9,
        markerfacecolor="none",
        label=f"{style['label']}, as published",
    )
