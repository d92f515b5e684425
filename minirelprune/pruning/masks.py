"""Lines 13-18 of Alg. 1: from scores and a count to masks. A criterion scores; this only counts.

Reading R6: the percentile in line 13 is taken over the weights that are still there. Over all
weights, as printed, the pruned ones tie at the bottom and nothing new falls below it.
"""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from minirelprune.network.protocol import EXAMPLE, Network
from minirelprune.pruning.groups import GROUPS, prune_groups
from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array, Mask

N = TypeVar("N", bound=Network)

SCOPES = ("global", "layer", "unit")
GRANULARITIES = ("weight", *GROUPS)


def prune_masks(
    scores: Sequence[Array],
    masks: Sequence[Mask],
    *,
    count: int,
    scope: str = "global",
    granularity: str = "weight",
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
    granularity : "weight"; or whole groups, by the mean score of their survivors, as many as come
        nearest to `count`: "column" is all weights that leave an input, a row of W (the paper's
        i-th column), and "unit" all that enter a unit, the output units included.

    Returns
    -------
    New masks, False wherever the old ones were; the old ones are left alone.

    Raises
    ------
    ValueError : shapes that differ, masks that are not boolean, more to take out than there are
        survivors, a survivor's score that is NaN, an unknown scope or granularity, or the scope
        "unit" for whole groups.

    >>> [mask] = prune_masks([np.array([[3.0, 1.0], [2.0, 1.0]])], [np.ones((2, 2), bool)], count=1)
    >>> mask
    array([[ True, False],
           [ True,  True]])
    """
    check_ranking(scope, granularity)
    scores, masks = _checked(scores, masks, count)
    if granularity in GROUPS:
        return prune_groups(scores, masks, int(count), scope, granularity)
    return _prune_weights(scores, masks, int(count), scope)


def check_ranking(scope: object, granularity: object) -> None:
    """What is ranked with what, and what goes together."""
    checks.one_of("scope", scope, SCOPES)
    checks.one_of("granularity", granularity, GRANULARITIES)
    if granularity in GROUPS and scope == "unit":
        raise ValueError(
            f"scope must be 'global' or 'layer' with granularity {granularity!r}, got 'unit'"
        )


def take_out(weights: Sequence[Array], masks: Sequence[Mask]) -> None:
    """Set the weights to 0, in place, where their masks are False: line 16."""
    for W, mask in zip(weights, masks, strict=True):
        W[~mask] = 0


def checked_network(net: N) -> N:
    """The network, once it is known that it is one and that its numbers are finite."""
    checks.instance("net", net, Network, EXAMPLE)
    for k, parameter in enumerate(net.parameters):
        checks.finite(f"net.parameters[{k}]", parameter)
    return net


def masked(net: N, masks: Sequence[Mask]) -> tuple[N, list[Mask]]:
    """Copies of a network and its masks; what the masks take out is 0 in the network."""
    masks = [mask.copy() for mask in convert.masks("masks", masks, checked_network(net).weights)]
    net = net.copy()
    take_out(net.weights, masks)
    return net, masks


def _checked(
    scores: Sequence[Array], masks: Sequence[Mask], count: int
) -> tuple[list[Array], list[Mask]]:
    """The scores and masks as arrays that fit each other, and the count."""
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
    alive = sum(map(np.count_nonzero, masks))
    if count > alive:
        raise ValueError(f"count must be at most the {alive} surviving weights, got {count}")
    return scores, masks


def _refuse_nan(scores: Sequence[Array], masks: Sequence[Mask]) -> None:
    for l, (layer_scores, mask) in enumerate(zip(scores, masks, strict=True)):
        wrong = np.argwhere(np.isnan(layer_scores) & mask)
        if len(wrong):
            raise ValueError(f"scores[{l}] must not be NaN, got NaN at {tuple(wrong[0].tolist())}")


def _prune_weights(
    scores: Sequence[Array], masks: Sequence[Mask], count: int, scope: str
) -> list[Mask]:
    """Take out the single weights of lowest score."""
    score, alive, group = _flatten(scores, masks, scope)
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
