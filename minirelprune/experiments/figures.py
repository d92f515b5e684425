"""Pictures of trials. One style throughout: a criterion keeps its colour, marker and line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from minirelprune.experiments import published
from minirelprune.experiments.store import Result
from minirelprune.experiments.tables import LABELS
from minirelprune.files import written_whole

if TYPE_CHECKING:  # importing pyplot takes half a second, which `--help` should not
    from matplotlib.figure import Figure

# Okabe and Ito's colours: told apart by every kind of colour vision, and by their greys.
STYLE = {
    "none": {"color": "#000000", "marker": "", "linestyle": ":"},
    "random": {"color": "#999999", "marker": "v", "linestyle": "-"},
    "magnitude": {"color": "#E69F00", "marker": "s", "linestyle": "-"},
    "wanda": {"color": "#56B4E9", "marker": "^", "linestyle": "-"},
    "ours": {"color": "#0A5C8A", "marker": "o", "linestyle": "-"},
}


def sparsity_curves(results: Sequence[Result]) -> Figure:
    """Accuracy against sparsity, before and after fine-tuning, with the paper's Table 4.

    Parameters
    ----------
    results : trials of one data set; the seeds of one criterion are averaged, and their range is
        shaded.
    """
    import matplotlib.pyplot as plt

    fig, panels = plt.subplots(1, 2, figsize=(10, 4.2), sharey=True, layout="constrained")
    titles = ("right after pruning", "after one epoch of fine-tuning")
    for axes, title, field in zip(
        panels, titles, ("accuracy_pruned", "accuracy_tuned"), strict=True
    ):
        for criterion in (*published.TABLE4, "none"):
            _curve(axes, criterion, [r for r in results if r.trial.criterion == criterion], field)
        axes.set(title=title, xlabel="weights pruned, % of all")
        axes.grid(alpha=0.25)
        axes.spines[["top", "right"]].set_visible(False)
    for criterion, points in published.TABLE4.items():
        style = STYLE[criterion]
        panels[1].plot(
            [100 * target for target in points],
            list(points.values()),
            linestyle="none",
            marker=style["marker"],
            markersize=9,
            markerfacecolor="none",
            markeredgecolor=style["color"],
            markeredgewidth=1.5,
            label=f"{LABELS[criterion].split(',')[0]}, paper",
        )
    panels[0].set_ylabel("test accuracy, %")
    panels[1].legend(frameon=False, fontsize=9, loc="lower left")
    seeds = len({result.trial.seed for result in results})
    fig.suptitle(
        f"{results[0].trial.data}, 784-392-196-10 ReLU, 5% of the weights a round, "
        f"{seeds} seed{'s' if seeds > 1 else ''}"
    )
    return fig


def _curve(axes: object, criterion: str, results: Sequence[Result], field: str) -> None:
    accuracy = np.array([[getattr(one, field) for one in r.rounds] for r in results])
    per_round = results[0].trial.per_round
    # The control loses nothing: it is drawn at the round, to be compared with the others there.
    sparsity = 100 * per_round * np.arange(accuracy.shape[1])
    axes.plot(  # type: ignore[attr-defined]
        sparsity, accuracy.mean(axis=0), label=LABELS[criterion], markersize=4, **STYLE[criterion]
    )
    if len(results) > 1:
        axes.fill_between(  # type: ignore[attr-defined]
            sparsity,
            accuracy.min(axis=0),
            accuracy.max(axis=0),
            color=STYLE[criterion]["color"],
            alpha=0.15,
            linewidth=0,
        )


def save(figure: Figure, path: str | os.PathLike[str]) -> None:
    """Write a figure as PNG, whole or not at all, and without the date and version in it."""
    import matplotlib.pyplot as plt

    with written_whole(path) as temporary:
        figure.savefig(temporary, dpi=150, metadata={"Software": None})
    plt.close(figure)
