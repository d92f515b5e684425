"""How sure is a difference of 0.15 points? Seeds and test images are drawn again by the bootstrap.

Trials keep an accuracy and not which images were right. The trials of Table 2 at 25% per round,
scored on all the data, are therefore run again, two rounds each, and their networks are compared
image by image.
"""

from collections.abc import Iterator

import numpy as np

from minirelprune.experiments.bootstrap import percentiles, resampled
from minirelprune.experiments.exhibit import OfNetworks, Setting
from minirelprune.experiments.intervals import estimate
from minirelprune.experiments.outputs import Contents, Row, Table
from minirelprune.experiments.paper.cells import EQ_2
from minirelprune.experiments.paper.names import CRITERIA, data_label
from minirelprune.experiments.trials.networks import examples
from minirelprune.experiments.trials.run import pruned_network
from minirelprune.experiments.trials.trial import CONTROL, Trial
from minirelprune.support import threads
from minirelprune.support.arrays import Array
from minirelprune.support.progress import counted

RIVALS = ("wanda", "magnitude", "random", CONTROL)
SEED = 0  # of the bootstrap
NOTE = (
    "Drawn again: 2,000 times with replacement (Efron and Tibshirani, 1993), the interval being "
    "what the middle 95% of the means span. With the images drawn again, the seeds stay as they "
    "are. Drawing few seeds again gives a narrower interval than Student's t, because their own "
    "spread is taken for the true one. Judged differently: the share of images that one of the two "
    "networks of a seed gets right and the other does not, mean over seeds."
)


def trial(data: str, seed: int, criterion: str) -> Trial:
    """The trial of Table 2 that is run again."""
    return Trial(data, seed, criterion=criterion, per_round=0.25, target=0.50)


def compute(setting: Setting) -> Contents:
    """Eq. (2) against each of the others: the difference, and three intervals of it."""
    asked = [(seed, name) for seed in setting.seeds for name in (EQ_2, *RIVALS)]
    right: dict[str, list[Array]] = {name: [] for name in (EQ_2, *RIVALS)}
    for seed, name in counted(asked, name="networks", progress=setting.progress):
        right[name].append(correct(trial(setting.data, seed, name), setting))
    return of_images({name: np.array(each) for name, each in right.items()}, setting.data)


def correct(one: Trial, setting: Setting) -> Array:
    """Which test images the pruned network of a trial gets right, (images,): 1 or 0."""
    net = pruned_network(one, setting.networks, progress=setting.progress)
    x, y = examples(one)[1]
    with threads.limited(1):  # as trials run: the same bits
        right: Array = (net.predict(x) == y).astype(np.float64)
    return right


def of_images(right: dict[str, Array], data: str) -> Contents:
    """The table and its numbers from which images each criterion's networks get right.

    Parameters
    ----------
    right : for Eq. (2) and each of its rivals (seeds, images), 1 where the network is right.
    data : the name of the data set, for the caption.
    """
    numbers = [{"data": data, **row} for row in _compared(right)]
    n_seeds, n_images = right[EQ_2].shape
    caption = (
        f"Accuracy of Eq. (2) minus that of another criterion, in percentage points, with 95% "
        f"intervals. {data_label(data)}, ReLU, 50% pruned by 25% per round, scored on all the "
        f"data; {n_seeds} seeds, {n_images:,} test images, paired by seed and by image."
    )
    header = ["Eq. (2) minus", "Difference", "Seeds: Student's t", "Images drawn again"]
    header += ["Both drawn again", "Images judged differently"]
    table = Table(caption, header, list(map(_shown, numbers)), NOTE)
    return Contents([table], {"sampling": numbers})


def _compared(right: dict[str, Array]) -> Iterator[Row]:
    for name in RIVALS:
        differences = 100 * (right[EQ_2] - right[name])  # (seeds, images), points
        over_seeds = estimate(differences.mean(axis=1).tolist())
        drawn = resampled(differences, np.random.default_rng(SEED))
        images, seeds, both = (percentiles(means) for means in drawn)
        yield {
            "other": name,
            "seeds": differences.shape[0],
            "images": differences.shape[1],
            "accuracy_eq_2": round(100 * float(right[EQ_2].mean()), 4),
            "accuracy_other": round(100 * float(right[name].mean()), 4),
            "difference": round(over_seeds.mean, 4),
            "seeds_t_low": round(over_seeds.low, 4),
            "seeds_t_high": round(over_seeds.high, 4),
            "images_low": round(images[0], 4),
            "images_high": round(images[1], 4),
            "seeds_low": round(seeds[0], 4),
            "seeds_high": round(seeds[1], 4),
            "both_low": round(both[0], 4),
            "both_high": round(both[1], 4),
            "judged_differently": round(float((differences != 0).mean()), 6),
        }


def _shown(row: Row) -> list[str]:
    """A line of the table."""
    intervals = [
        f"{row[f'{kind}_low']:+.2f} to {row[f'{kind}_high']:+.2f}"
        for kind in ("seeds_t", "images", "both")
    ]
    name, share = CRITERIA[row["other"]], f"{row['judged_differently']:.2%}"
    return [name, f"{row['difference']:+.2f}", *intervals, share]


EXHIBIT = OfNetworks(
    name="sampling",
    sentence="differences to Eq. (2): seeds and test images drawn again by a bootstrap",
    makes=("table", "CSV", "picture"),
    compute=compute,
    takes=60,
    repeated=True,
)
