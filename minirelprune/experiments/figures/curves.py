"""Accuracy against sparsity, criterion by criterion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from minirelprune.experiments import published
from minirelprune.experiments.figures.style import CRITERIA, bare
from minirelprune.experiments.store import Result
from minirelprune.experiments.tables import LABELS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


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
        bare(axes)
        axes.legend(frameon=False, loc="lower left")
    seeds = len({result.trial.seed for result in results})
    fig.suptitle(
        f"{results[0].trial.data}, 784-392-196-10 ReLU, 5% of the weights a round, "
        f"{seeds} seed{'s' if seeds > 1 else ''}"
    )
    return fig


def _published(axes: Axes, criterion: str) -> None:
    """The paper's three points of a criterion, hollow, and a thin line through them."""
    style, points = CRITERIA[criterion], published.TABLE4[criterion]
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
    style = {**CRITERIA[criterion], "markersize": 4, **changes}
    axes.plot(sparsity, accuracy.mean(axis=0), **style)
    if len(results) > 1:
        low, high = accuracy.min(axis=0), accuracy.max(axis=0)
        axes.fill_between(sparsity, low, high, color=style["color"], alpha=0.15, linewidth=0)
