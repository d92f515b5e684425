"""The warnings of `prune`: what went away without being asked for, and what may come back."""

import warnings
from collections.abc import Sequence

import numpy as np

from minirelprune.pruning.rounds import zeros
from minirelprune.support.arrays import Array, Mask

MANY_ZEROS = 0.01  # a share of the weights; training leaves next to no weight at exactly 0


class EmptiedWarning(UserWarning):
    """A layer, or units in it, lost all their weights: their output no longer depends on x.

    >>> before, after = [np.ones((3, 2), bool)], [np.zeros((3, 2), bool)]
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter("error", EmptiedWarning)  # as an exception
    ...     warn_if_emptied(before, after, number=4)
    Traceback (most recent call last):
        ...
    minirelprune.pruning.notices.EmptiedWarning: round 4: layer 0 has no weights left
    """


class NoMasksWarning(UserWarning):
    """The network looks pruned already, and no masks say so: its zeros will not stay zeros.

    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     warn_if_pruned_before([np.array([[0.0, 2.0], [3.0, 4.0]])])
    >>> caught[0].category.__name__, str(caught[0].message).partition(",")[0]
    ('NoMasksWarning', '1 of the weights (25.0%) are exactly 0')
    """


def warn_if_emptied(
    before: Sequence[Mask], after: Sequence[Mask], number: int, granularity: str = "weight"
) -> None:
    """Warn of the units, or the layer, that lost their last weight in this round.

    Where whole units are pruned, a hidden one that is gone was asked for; an output may not be.
    """
    for l, (old, new) in enumerate(zip(before, after, strict=True)):
        emptied = np.flatnonzero(old.any(axis=0) & ~new.any(axis=0))
        asked_for = granularity == "unit" and l < len(after) - 1 and new.any()
        if not len(emptied) or asked_for:
            continue
        shown = ", ".join(map(str, emptied[:5])) + (", ..." if len(emptied) > 5 else "")
        what = (
            f"{len(emptied)} of {new.shape[1]} units of layer {l} lost their last weight: {shown}"
        )
        if not new.any():
            what = f"layer {l} has no weights left"
        warnings.warn(f"round {number}: {what}", EmptiedWarning, stacklevel=3)


def warn_if_pruned_before(weights: Sequence[Array]) -> None:
    """Warn if more than 1% of the weights are exactly 0, though no masks came with them."""
    count = zeros(weights)
    share = count / sum(W.size for W in weights)
    if share > MANY_ZEROS:
        warnings.warn(
            f"{count} of the weights ({share:.1%}) are exactly 0, but without masks they count as "
            "not pruned, and fine-tuning changes them. If the network is pruned already, hand its "
            "masks in: prune(..., masks=Pruned.load(path).masks), or "
            "masks=[W != 0 for W in net.weights]",
            NoMasksWarning,
            stacklevel=4,
        )
