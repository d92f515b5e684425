"""Lines 13-18 of Alg. 1: from scores and a count to masks. A criterion scores; this only counts.

Reading R6: the percentile in line 13 is taken over the weights that are still there. Over all
weights, as printed, the pruned ones tie at the bottom and nothing new falls below it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from minirelprune.support import checks
from minirelprune.support.arrays import Array, Mask

SCOPES = ("global", "layer", "unit")


def prune_masks(
    scores: Sequence[Array], masks: Sequence[Mask], *, count: int, scope: str = "global"
) -> list[Mask]:
    """Take out exactly `count` more weights: the surviving ones with the lowest scores.

    Equal scores go by position, first layer and first row first, so that the choice does not depend
    on the sorting algorithm.

    Parameters
    ----------
    scores : one (n_in, n_out) array per layer; only surviving weights' scores are read.
    masks : one boolean (n_in, n_out) array per layer; True is a weight that is still there.
    count : how many more to take out.
    scope : "global" ranks the whole network at once; "layer" and "unit" take the same share of
        the survivors of each layer, or of each unit (Wanda's comparison group), rounded so that
        the sum is `count`.

    Returns
    -------
    New masks, False wherever the old ones were; the old ones are left alone.

    Raises
    ------
    ValueError : shapes that differ, more to take out than there are survivors, a score that is
        NaN, or an unknown scope.

    >>> [mask] = prune_masks([np.array([[3.0, 1.0], [2.0, 1.0]])], [np.ones((2, 2), bool)], count=1)
    >>> mask
    array([[ True, False],
           [ True,  True]])
    """
    score, alive, group = _flatten(scores, masks, scope)
    checks.whole("count", count)
    if count > len(alive):
        raise ValueError(f"count must be at most the {len(alive)} surviving weights, got {count}")
    if np.isnan(score).any():
        raise ValueError(f"scores must not be NaN, got {np.isnan(score).sum()} NaN")
    sizes = np.bincount(group)
    order = np.lexsort((score, group))  # by group, then score, then position: the sort is stable
    rank = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)  # within the group
    pruned = alive[order[rank < np.repeat(_share(count, sizes), sizes)]]
    keep = np.concatenate([mask.ravel() for mask in masks])
    keep[pruned] = False
    parts = np.split(keep, np.cumsum([mask.size for mask in masks])[:-1])
    return [part.reshape(mask.shape) for part, mask in zip(parts, masks, strict=True)]


def _flatten(
    scores: Sequence[Array], masks: Sequence[Mask], scope: str
) -> tuple[Array, NDArray[np.intp], NDArray[np.intp]]:
    """The survivors of all layers in one row: score, position in the network, group."""
    checks.one_of("scope", scope, SCOPES)
    if len(scores) != len(masks) or not masks:
        raise ValueError(f"scores must have one array per mask, got {len(scores)} for {len(masks)}")
    for l, (layer_scores, mask) in enumerate(zip(scores, masks, strict=True)):
        checks.shape(f"scores[{l}]", layer_scores.shape, mask.shape)
        if mask.dtype != np.bool_:
            raise ValueError(f"masks[{l}] must be boolean, got {mask.dtype}")
    groups, n_groups = [], 0
    for mask in masks:
        unit = np.arange(mask.shape[1]) if scope == "unit" else np.zeros(1, np.intp)
        groups.append(np.broadcast_to(n_groups + unit, mask.shape).ravel())
        n_groups += 0 if scope == "global" else len(unit)
    alive = np.flatnonzero(np.concatenate([mask.ravel() for mask in masks]))
    score = np.concatenate([layer_scores.ravel() for layer_scores in scores])[alive]
    return score, alive, np.concatenate(groups)[alive]


def _share(count: int, sizes: NDArray[np.intp]) -> NDArray[np.intp]:
    """`count` divided in proportion to the groups' sizes; the largest remainders round up."""
    whole, remainder = np.divmod(count * sizes, max(1, sizes.sum()))
    left = count - whole.sum()
    whole[np.argsort(-remainder, kind="stable")[:left]] += 1
    return whole
