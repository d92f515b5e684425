"""Lines 13-18 of Alg. 1: from scores and a count to masks. A criterion scores; this only counts.

Reading R6: the percentile in line 13 is taken over the weights that are still there. Over all
weights, as printed, the pruned ones tie at the bottom and nothing new falls below it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from minirelprune.support import checks, convert
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
    scores : one (n_in, n_out) array of real numbers per layer. Only surviving weights' scores are
        read. Infinity is a score: the last, or the first, to go. NaN has no rank, and is refused.
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
    ValueError : shapes that differ, masks that are not boolean, more to take out than there are
        survivors, a survivor's score that is NaN, or an unknown scope.

    >>> [mask] = prune_masks([np.array([[3.0, 1.0], [2.0, 1.0]])], [np.ones((2, 2), bool)], count=1)
    >>> mask
    array([[ True, False],
           [ True,  True]])
    """
    checks.one_of("scope", scope, SCOPES)
    checks.whole("count", count)
    masks = [
        convert.booleans(f"masks[{l}]", mask, ("n_in", "n_out"))
        for l, mask in enumerate(checks.sequence("masks", masks))
    ]
    scores = [
        convert.reals(f"scores[{l}]", layer_scores, masks[l].shape)
        for l, layer_scores in enumerate(checks.sequence("scores", scores, len(masks)))
    ]
    _refuse_nan(scores, masks)
    score, alive, group = _flatten(scores, masks, scope)
    if count > len(alive):
        raise ValueError(f"count must be at most the {len(alive)} surviving weights, got {count}")
    sizes = np.bincount(group)
    order = np.lexsort((score, group))  # by group, then score, then position: the sort is stable
    rank = np.arange(len(order)) - np.repeat(np.cumsum(sizes) - sizes, sizes)  # within the group
    pruned = alive[order[rank < np.repeat(_share(int(count), sizes), sizes)]]
    keep = np.concatenate([mask.ravel() for mask in masks])
    keep[pruned] = False
    parts = np.split(keep, np.cumsum([mask.size for mask in masks])[:-1])
    return [part.reshape(mask.shape) for part, mask in zip(parts, masks, strict=True)]


def take_out(weights: Sequence[Array], masks: Sequence[Mask]) -> None:
    """Set the weights to 0, in place, where their masks are False: line 16."""
    for W, mask in zip(weights, masks, strict=True):
        W[~mask] = 0


def _refuse_nan(scores: Sequence[Array], masks: Sequence[Mask]) -> None:
    for l, (layer_scores, mask) in enumerate(zip(scores, masks, strict=True)):
        wrong = np.argwhere(np.isnan(layer_scores) & mask)
        if len(wrong):
            raise ValueError(f"scores[{l}] must not be NaN, got NaN at {tuple(wrong[0].tolist())}")


def _flatten(
    scores: Sequence[Array], masks: Sequence[Mask], scope: str
) -> tuple[Array, NDArray[np.intp], NDArray[np.intp]]:
    """The survivors of all layers in one row: score, position in the network, group."""
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
