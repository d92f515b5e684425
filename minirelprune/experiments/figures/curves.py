"""Accuracy against sparsity, criterion by criterion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from minirelprune.experiments import published
from minirelprune.experiments.figures.style import ACTIVATIONS, CRITERIA, bare, shown
from minirelprune.experiments.store import Result
from minirelprune.experiments.trials import Trial

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DRAWN = ("random", "magnitude", "wanda", "ours", "none")
LOWEST = 90.0  # percent; what is below is not told apart


def table4_picture(results: Iterable[Result]) -> Figure:
    """Table 4 as a picture: beside the paper's three targets, and close up.

    Parameters
    ----------
    results : trials of one data set; those of other tables are passed over.
    """
    import matplotlib.pyplot as plt

    mine = _of(results, "relu", 0.05)
    fig, (far, near) = plt.subplots(1, 2, figsize=(11, 4.6), layout="constrained")
    for criterion in ("magnitude", "wanda", "ours", "none"):
        _curve(far, criterion, mine[criterion], "accuracy_tuned", with_label=True)
        _curve(near, criterion, mine[criterion], "accuracy_tuned")
        if criterion != "none":
            _curve(near, criterion, mine[criterion], "accuracy_pruned", linestyle="--", alpha=0.7)
            _published(far, criterion)
    near.plot([], [], "k-", label="after one epoch of fine-tuning")
    near.plot([], [], "k--", alpha=0.7, label="right after pruning")
    far.set(title="after fine-tuning, and as published", ylabel="test accuracy, %")
    near.set(title="measured, close up")
    for axes in (far, near):
        axes.set_xlabel("weights pruned, % of all")
        bare(axes)
        axes.legend(frameon=False, loc="lower left")
    fig.suptitle(f"{_who(mine['ours'])}, 784-392-196-10 ReLU, 5% of the weights a round")
    return fig


def curves_picture(results: Iterable[Result]) -> Figure:
    """Every criterion's curve, scored on all the data: a row an activation, a column a step."""
    import matplotlib.pyplot as plt

    results = list(results)
    steps = (0.25, 0.15, 0.10, 0.05)
    fig, panels = plt.subplots(
        4, 4, figsize=(12, 11), sharex=True, sharey=True, layout="constrained"
    )
    for row, (activation, style) in zip(panels, ACTIVATIONS.items(), strict=True):
        for axes, per_round in zip(row, steps, strict=True):
            mine = _of(results, activation, per_round)
            for criterion in DRAWN:
                _curve(axes, criterion, mine[criterion], "accuracy_tuned", with_label=True)
            axes.set_title(f"{style['label']}, {per_round:.0%} a round", fontsize=11)
            bare(axes)
        row[0].set_ylabel("test accuracy, %")
    panels[0, 0].set_ylim(max(LOWEST, panels[0, 0].get_ylim()[0]))  # of all panels
    for axes in panels[-1]:
        axes.set(xlabel="weights pruned, % of all", xticks=(0, 25, 50, 75))
    handles, labels = panels[0, 0].get_legend_handles_labels()
    fig.legend(handles, labels, loc="outside lower center", ncols=5, frameon=False, fontsize=12)
    fig.suptitle(f"{_who(_of(results, 'relu', 0.05)['ours'])}: mean and range, after fine-tuning")
    return fig


def _of(results: Iterable[Result], activation: str, per_round: float) -> dict[str, list[Result]]:
    """The plain trials of each criterion: scored on all the data, no L1 term, no option set."""
    found: dict[str, list[Result]] = {criterion: [] for criterion in DRAWN}
    for result in results:
        trial = result.trial
        usual = Trial(
            trial.data,
            trial.seed,
            activation=activation,
            criterion=trial.criterion,
            per_round=per_round,
            target=trial.target,
            epochs=trial.epochs,
            n_train=trial.n_train,
        )
        if trial == usual and trial.target is not None and trial.criterion in found:
            found[trial.criterion].append(result)
    for criterion, mine in found.items():
        rounds = {len(one.rounds) for one in mine}
        if rounds:  # a trial to 50%, and one to 75%, of which the other is the beginning
            found[criterion] = [one for one in mine if len(one.rounds) == max(rounds)]
    return found


def _published(axes: Axes, criterion: str) -> None:
    """The paper's three points of a criterion, hollow, and a thin line through them."""
    style = CRITERIA[criterion]
    points = [row for row in published.tables() if row.table == 4 and row.method == criterion]
    axes.plot(
        [100 * row.target for row in points],
        [row.accuracy for row in points],
        color=style["color"],
        linewidth=0.8,
        linestyle=":",
        marker=style["marker"],
        markersize=9,
        markerfacecolor="none",
        label=f"{style['label']}, as published",
    )


def _curve(
    axes: Axes,
    criterion: str,
    results: Sequence[Result],
    field: str,
    *,
    with_label: bool = False,
    **changes: Any,
) -> None:
    """The mean over seeds, and their range."""
    if not results:
        return
    accuracy = np.array([[getattr(one, field) for one in r.rounds] for r in results])
    # The control loses nothing: it is drawn at the round, to be compared with the others there.
    trial = results[0].trial
    sparsity = 100 * np.minimum(trial.per_round * np.arange(accuracy.shape[1]), trial.target or 0)
    style = {**CRITERIA[criterion], "markersize": 4, **changes}
    if not with_label:
        del style["label"]
    axes.plot(sparsity, accuracy.mean(axis=0), **style)
    if len(results) > 1:
        low, high = accuracy.min(axis=0), accuracy.max(axis=0)
        axes.fill_between(sparsity, low, high, color=style["color"], alpha=0.15, linewidth=0)


def _who(results: Sequence[Result]) -> str:
    data = results[0].trial.data
    seeds = len(results)
    return f"{shown(data)}, {seeds} seed{'s' if seeds > 1 else ''}"
