"""Structured pruning: whole groups of weights are pruned, such as all that leave one input.

A group scores the mean of its surviving weights. A criterion scores weights as ever; this only
adds up and counts.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from minirelprune.pruning.rounds import zeros
from minirelprune.support.arrays import Array, Mask

GROUPS = {"column": 1, "unit": 0}  # the axis of W that the weights of a group lie along


def prune_groups(
    scores: Sequence[Array], masks: Sequence[Mask], count: int, scope: str, granularity: str
) -> list[Mask]:
    """Take out the groups of lowest mean score, as many weights as is nearest to what is asked for.

    Parameters
    ----------
    scores, masks : one (n_in, n_out) array per layer, checked.
    count : how many more weights to take out.
    scope : "global" compares the groups of all layers with each other. "layer" takes the same share
        of all original weights from each layer: what whole groups took too little, or too much, of
        a layer in one round is made up for in the next.
    granularity : a key of `GROUPS`.

    Returns
    -------
    New masks, False wherever the old ones were. Equal means go by position; where two numbers of
    groups are equally near, the smaller one is taken.
    """
    axis = GROUPS[granularity]
    sizes = [mask.sum(axis=axis) for mask in masks]  # the survivors of each group
    means = [_means(*layer, axis) for layer in zip(scores, masks, sizes, strict=True)]
    if scope == "global":
        gone = _lowest(np.concatenate(means), np.concatenate(sizes), count)
        of_layers = np.split(gone, np.cumsum([len(mean) for mean in means])[:-1])
    else:
        share = (zeros(masks) + count) / sum(mask.size for mask in masks)
        of_layers = [
            _lowest(mean, size, share * mask.size - zeros([mask]))
            for mean, size, mask in zip(means, sizes, masks, strict=True)
        ]
    return [mask & ~np.expand_dims(gone, axis) for mask, gone in zip(masks, of_layers, strict=True)]


def _means(scores: Array, mask: Mask, sizes: NDArray[np.intp], axis: int) -> Array:
    """The mean score of each group's survivors; of an empty group, which has none, infinity."""
    divisor = np.expand_dims(np.maximum(sizes, 1), axis)
    parts = np.where(mask, scores, 0) / divisor  # a sum of scores may overflow
    with np.errstate(all="ignore"):
        means = np.where(sizes > 0, parts.sum(axis=axis), np.inf)
    if np.isnan(means).any():
        raise ValueError("scores must have means, got infinity and -infinity in one group")
    return means


def _lowest(means: Array, sizes: NDArray[np.intp], count: float) -> Mask:
    """The groups of lowest mean whose sizes add up to the number nearest to `count`."""
    order = np.argsort(means, kind="stable")
    totals = np.concatenate([[0], np.cumsum(sizes[order])])
    gone = np.zeros(len(means), np.bool_)
    gone[order[: np.argmin(np.abs(totals - count))]] = True
    return gone
