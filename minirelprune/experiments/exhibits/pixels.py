"""Which pixels survive: how many weights each has left in the first layer, round by round.

A pixel that is black in every image contributes nothing, and by Eq. (2) its weights tie at
beta / epsilon (R4), above many that do contribute. Wanda gives them 0.
"""

import math
import warnings
from collections.abc import Sequence

import numpy as np

from minirelprune.experiments.exhibit import OfNetworks, Setting
from minirelprune.experiments.outputs import Contents, Row
from minirelprune.experiments.trials.networks import examples, network
from minirelprune.experiments.trials.trial import Trial
from minirelprune.network.protocol import Network
from minirelprune.pruning.algorithm import prune
from minirelprune.pruning.notices import EmptiedWarning
from minirelprune.support import threads
from minirelprune.support.arrays import Mask

DRAWN = ("relative_contribution", "magnitude", "wanda")
PER_ROUND, TARGET = 0.15, 0.75


def trial_of(data: str, seed: int, criterion: str) -> Trial:
    """The trial whose masks are shown."""
    return Trial(data, seed, criterion=criterion, per_round=PER_ROUND, target=TARGET)


def compute(setting: Setting) -> Contents:
    """The first layer's survivors by pixel, after each round of each criterion, of one network."""
    rows: list[Row] = []
    for criterion in DRAWN:
        trial = trial_of(setting.data, setting.seeds[0], criterion)
        net = network(trial, setting.networks, progress=setting.progress)
        with threads.limited(1):  # as every trial
            rows += survivors(_masks_by_round(trial, net, setting.progress), trial)
    return Contents(numbers={"pixels": rows})


def _masks_by_round(trial: Trial, net: Network, progress: bool | None) -> list[list[Mask]]:
    training, testing = examples(trial)
    course: list[list[Mask]] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EmptiedWarning)
        prune(
            net,
            *training,
            criterion=trial.make_criterion(),
            target=TARGET,
            per_round=PER_ROUND,
            tuning=trial.tuning,
            rng=trial.rng("prune"),
            evaluation=testing,
            on_round=lambda so_far: course.append(so_far.masks),
            progress=progress,
        )
    return course


def survivors(course: Sequence[Sequence[Mask]], trial: Trial) -> list[Row]:
    """One row for each round and pixel: how many weights it has left.

    Parameters
    ----------
    course : the masks after each round, round 0 first, which is passed over.
    trial : what they are of.
    """
    side = math.isqrt(len(course[0][0]))  # of an image
    return [
        {
            "data": trial.data,
            "seed": trial.seed,
            "criterion": trial.criterion,
            "round": number,
            "pruned": round(
                sum(int((~mask).sum()) for mask in masks) / sum(map(np.size, masks)), 4
            ),
            "row": pixel // side,
            "column": pixel % side,
            "weights": int(left),
        }
        for number, masks in enumerate(course[1:], start=1)
        for pixel, left in enumerate(masks[0].sum(axis=1))
    ]


EXHIBIT = OfNetworks(
    name="pixels",
    sentence="the first layer's survivors by input pixel, round by round",
    makes=("CSV", "picture"),
    compute=compute,
    takes=140,
)
