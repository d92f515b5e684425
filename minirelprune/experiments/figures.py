"""Pictures of trials. One style throughout: a criterion keeps its colour, marker and line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from minirelprune.experiments import published
from minirelprune.experiments.store import Result
from minirelprune.experiments.tables import LABELS
from minirelprune.files import written_whole

if TYPE_CHECKING:  # importing pyplot takes half a second, which `--help` should not
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito's colours: told apart by every kind of colour vision, and by their greys.
STYLE: dict[str, dict[str, Any]] = {
    "none": {"color": "#000000", "marker": "", "linestyle": (0, (1, 1))},
    "random": {"color": "#999999", "marker": "v", "linestyle": "-"},
    "magnitude": {"color": "#E69F00", "marker": "s", "linestyle": "-"},
    "wanda": {"color": "#56B4E9", "marker": "^", "linestyle": "-"},
    "ours": {"color": "#0A5C8A", "marker": "o", "linestyle": "-"},
    "mutual_information": {"color": "#009E73", "marker": "D", "linestyle": "-"},
}


def sparsity_curves(results: Sequence[Result]) -> Figure:
    """Accuracy against sparsity: beside the paper's Table 4, and close up.

    Parameters
    ----------
    results : trials of one data set; the seeds of one criterion are averaged, and their range is
        shaded.
    """
    import matplotlib.pyplot as plt

    fig, (far, near) = plt.subplots(1, 2, figsize=(11, 4.6), layout="constrained")
    for criterion in (*published.TABLE4, "none"):
        mine = [result for result in results if result.trial.criterion == criterion]
        _curve(far, criterion, mine, "accuracy_tuned", label=LABELS[criterion])
        _curve(near, criterion, mine, "accuracy_tuned")
        if criterion != "none":
            _curve(near, criterion, mine, "accuracy_pruned", linestyle="--", alpha=0.7)
            _published(far, criterion)
    near.plot([], [], "k-", label="after one epoch of fine-tuning")
    near.plot([], [], "k--", alpha=0.7, label="right after pruning")
    far.set(title="after fine-tuning, and as published", ylabel="test accuracy, %")
    near.set(title="measured, close up")
    for axes in (far, near):
        axes.set_xlabel("weights pruned, % of all")
        axes.grid(alpha=0.25)
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False, loc="lower left")
    seeds = len({result.trial.seed for result in results})
    fig.suptitle(
        f"{results[0].trial.data}, 784-392-196-10 ReLU, 5% of the weights a round, "
        f"{seeds} seed{'s' if seeds > 1 else ''}"
    )
    return fig


def _published(axes: Axes, criterion: str) -> None:
    """The paper's three points of a criterion, hollow, and a thin line through them."""
    style, points = STYLE[criterion], published.TABLE4[criterion]
    axes.plot(
        [100 * target for target in points],
        list(points.values()),
        color=style["color"],
        linewidth=0.8,
        linestyle=":",
        marker=style["marker"],
        markersize=9,
        markerfacecolor="none",
        label=f"{LABELS[criterion]}, as published",
    )


def _curve(
    axes: Axes, criterion: str, results: Sequence[Result], field: str, **changes: Any
) -> None:
    accuracy = np.array([[getattr(one, field) for one in r.rounds] for r in results])
    # The control loses nothing: it is drawn at the round, to be compared with the others there.
    sparsity = 100 * results[0].trial.per_round * np.arange(accuracy.shape[1])
    style = {**STYLE[criterion], "markersize": 4, **changes}
    axes.plot(sparsity, accuracy.mean(axis=0), **style)
    if len(results) > 1:
        low, high = accuracy.min(axis=0), accuracy.max(axis=0)
        axes.fill_between(sparsity, low, high, color=style["color"], alpha=0.15, linewidth=0)


def scaling(rows: Sequence[dict[str, Any]]) -> Figure:
    """Seconds against size, log-log, beside a line of slope 1.

    Parameters
    ----------
    rows : one a measurement, with "axis" (which size is varied), the sizes "N", "n_in" and "n_out",
        and "seconds".
    """
    import matplotlib.pyplot as plt

    varied = {"examples": "N", "inputs": "n_in", "units": "n_out"}
    fig, panels = plt.subplots(1, 3, figsize=(11, 3.6), sharey=True, layout="constrained")
    for axes, (axis, size) in zip(panels, varied.items(), strict=True):
        points = [row for row in rows if row["axis"] == axis]
        sizes = np.array([row[size] for row in points], float)
        seconds = np.array([row["seconds"] for row in points])
        axes.loglog(sizes, seconds, label="measured", **STYLE["ours"])
        axes.loglog(sizes, sizes * seconds[-1] / sizes[-1], label="slope 1", **STYLE["none"])
        fixed = ", ".join(
            f"{points[0][key]:,} {name}" for name, key in varied.items() if name != axis
        )
        axes.set(xlabel=f"{axis} ({fixed})")
        axes.grid(alpha=0.25)
        axes.spines[["top", "right"]].set_visible(False)
    panels[0].set_ylabel("seconds for E and sigma of a ReLU layer")
    panels[0].legend(frameon=False)
    return fig


def save(figure: Figure, path: str | os.PathLike[str]) -> None:
    """Write a figure as PNG, whole or not at all, and without the date and version in it."""
    import matplotlib.pyplot as plt

    with written_whole(path) as temporary:
        figure.savefig(temporary, dpi=150, metadata={"Software": None})
    plt.close(figure)
