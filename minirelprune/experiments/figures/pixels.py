"""Which pixels survive: how many weights each has left in the first layer, round by round.

A pixel that is black in every image contributes nothing, and by Eq. (2) its weights tie at
beta / epsilon, 0.01 with ours (R4): above many that do contribute. On MNIST the frame of such
pixels outlasts three rounds of 15% whole, and goes in the next two, from the top, as ties go by
position. Wanda gives them 0.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from minirelprune.data import Dataset
from minirelprune.experiments.figures.style import CRITERIA, shown
from minirelprune.experiments.one_trial import train_network
from minirelprune.experiments.tidy import Numbers, Row
from minirelprune.experiments.trials import LAYER_SIZES, Trial
from minirelprune.pruning.algorithm import EmptiedWarning, prune
from minirelprune.support.arrays import Mask

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DRAWN = ("ours", "magnitude", "wanda")
PER_ROUND, TARGET = 0.15, 0.75
SIDE = 28  # of an image


def numbers(dataset: Dataset, seeds: Sequence[int], progress: bool | None = None) -> Numbers:
    """The first layer's survivors by pixel, after each round of each criterion, of one network."""
    training = (dataset.x_train, dataset.y_train)
    net = train_network(Trial(dataset.name, seeds[0]), training, progress=progress)
    rows: list[Row] = []
    for criterion in DRAWN:
        trial = Trial(
            dataset.name, seeds[0], criterion=criterion, per_round=PER_ROUND, target=TARGET
        )
        course: list[list[Mask]] = []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", EmptiedWarning)
            prune(
                net,
                *training,
                criterion=trial.make_criterion(),
                target=TARGET,
                per_round=PER_ROUND,
                rng=trial.rng("prune"),
                evaluation=(dataset.x_test, dataset.y_test),
                on_round=lambda so_far, course=course: course.append(so_far.masks),  # type: ignore[misc]
                progress=progress,
            )
        rows += survivors(course, trial)
    return {"pixels": rows}


def survivors(course: Sequence[Sequence[Mask]], trial: Trial) -> list[Row]:
    """A row a round and a pixel: how many weights it has left.

    Parameters
    ----------
    course : the masks after each round, round 0 first, which is passed over.
    trial : what they are of.
    """
    return [
        {
            "data": trial.data,
            "seed": trial.seed,
            "criterion": trial.criterion,
            "round": number,
            "pruned": round(
                sum(int((~mask).sum()) for mask in masks) / sum(map(np.size, masks)), 4
            ),
            "row": pixel // SIDE,
            "column": pixel % SIDE,
            "weights": int(left),
        }
        for number, masks in enumerate(course[1:], start=1)
        for pixel, left in enumerate(masks[0].sum(axis=1))
    ]


def picture(numbers: Numbers) -> Figure:
    """A row of images a criterion, a column a round; dark where a pixel has no weight left."""
    import matplotlib.pyplot as plt

    rows = numbers["pixels"]
    criteria = list(dict.fromkeys(row["criterion"] for row in rows))
    rounds = sorted({row["round"] for row in rows})
    fig, panels = plt.subplots(
        len(criteria),
        len(rounds),
        figsize=(2.05 * len(rounds) + 1.2, 2.25 * len(criteria) + 0.7),
        layout="constrained",
        squeeze=False,
    )
    for line, criterion in zip(panels, criteria, strict=True):
        for axes, number in zip(line, rounds, strict=True):
            mine = [r for r in rows if (r["criterion"], r["round"]) == (criterion, number)]
            left = np.array([row["weights"] for row in mine]).reshape(SIDE, SIDE)
            image = axes.imshow(left, cmap="viridis", vmin=0, vmax=LAYER_SIZES[1])
            axes.set(xticks=[], yticks=[])
            axes.set_xlabel(f"{np.count_nonzero(left == 0)} pixels with none", fontsize=10)
            if criterion == criteria[0]:
                axes.set_title(f"{mine[0]['pruned']:.0%} pruned", fontsize=12)
        line[0].set_ylabel(str(CRITERIA[criterion]["label"]), fontsize=13)
    bar = fig.colorbar(image, ax=panels, shrink=0.7, pad=0.02)
    bar.set_label(f"weights a pixel has left, of {LAYER_SIZES[1]}", fontsize=12)
    fig.suptitle(f"{shown(rows[0]['data'])}, seed {rows[0]['seed']}: first layer, by input pixel")
    return fig
