"""What every criterion does: it scores weights, and the lowest go. `criteria` has the paper's."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from minirelprune.network.protocol import EXAMPLE, Network
from minirelprune.pruning.masks import prune_masks
from minirelprune.pruning.rounds import zeros
from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array, Labels, Mask


class Criterion(ABC):
    """A way of scoring weights: the lowest scores are pruned first.

    To write one of your own, derive from this class and define `scores`. Here every weight scores
    what its input is worth on average:

    >>> from minirelprune import MLP
    >>> class InputMean(Criterion):
    ...     def scores(self, net, x, *, rng, masks):
    ...         layers = zip(net.inputs(x), net.weights, strict=True)
    ...         return [np.ones(W.shape) * a.mean(axis=0)[:, None] for a, W in layers]
    >>> rng, x = np.random.default_rng(0), np.array([[1.0, 2.0], [1.0, 4.0]])
    >>> InputMean().scores(MLP((2, 2), rng=rng), x, rng=rng, masks=[np.ones((2, 2), bool)])
    [array([[1., 1.],
           [3., 3.]])]

    A criterion that scores by the loss sets `uses_labels`, and is then also given y, (N,).
    """

    uses_labels: ClassVar[bool] = False

    @abstractmethod
    def scores(
        self, net: Network, x: Array, *, rng: np.random.Generator, masks: Sequence[Mask]
    ) -> list[Array]:
        """One score per weight.

        Parameters
        ----------
        net : the network as it is now; it is not changed.
        x : (N, n_in), N >= 1, the examples to score on; a data-free criterion does not use them.
        rng : for criteria that draw.
        masks : which weights are still there, one boolean (n_in, n_out) array per layer.

        Returns
        -------
        One (n_in, n_out) array per layer; the scores of pruned weights are not read.

        Raises
        ------
        ValueError : data or masks that do not fit the network, or data that are not finite.
        """


class CheckedCriterion(Criterion):
    """A criterion of this package: `scores` checks what it is given, `_scores` is the formula."""

    def scores(
        self, net: Network, x: Array, *, rng: np.random.Generator, masks: Sequence[Mask]
    ) -> list[Array]:
        x = _checked(net, x, rng, masks)
        with np.errstate(all="ignore"):
            return _finite(self, self._scores(net, x, rng))

    @abstractmethod
    def _scores(self, net: Network, x: Array, rng: np.random.Generator) -> list[Array]: ...


class LossCriterion(Criterion):
    """A criterion of this package that scores by the loss, for which it must know the labels."""

    uses_labels = True

    def scores(
        self,
        net: Network,
        x: Array,
        *,
        rng: np.random.Generator,
        masks: Sequence[Mask],
        y: Labels | None = None,
    ) -> list[Array]:
        """One score per weight.

        Parameters
        ----------
        net, x, rng, masks : as for every criterion; x is (N, n_in).
        y : (N,), the labels of x, whole numbers in [0, n_classes); they may not be left out.

        Returns
        -------
        One (n_in, n_out) array per layer.

        Raises
        ------
        ValueError : no labels; or data, labels or masks that do not fit the network.
        """
        x = _checked(net, x, rng, masks)
        if y is None:
            raise ValueError(f"y must be the labels of x, by which {type(self).__name__} scores")
        y = convert.labels("y", y, len(x), net.n_classes)
        with np.errstate(all="ignore"):
            return _finite(self, self._scores(net, x, y))

    @abstractmethod
    def _scores(self, net: Network, x: Array, y: Labels) -> list[Array]: ...


def _checked(net: Network, x: object, rng: object, masks: object) -> Array:
    """x, once all of them are known to fit."""
    checks.instance("net", net, Network, EXAMPLE)
    checks.generator("rng", rng)
    inputs = convert.numbers("x", x, ("N", net.n_inputs), dtype=net.dtype)
    checks.examples("x", inputs)
    convert.masks("masks", masks, net.weights)
    return inputs


def _finite(criterion: Criterion, scores: list[Array]) -> list[Array]:
    for l, layer_scores in enumerate(scores):
        checks.finite(f"scores[{l}] of {type(criterion).__name__}", layer_scores)
    return scores


def scores_of(
    criterion: Criterion,
    net: Network,
    x: Array,
    y: Labels,
    masks: Sequence[Mask],
    rng: np.random.Generator,
) -> list[Array]:
    """The scores of a criterion, which is given the labels if it uses them.

    It works on copies of the network and the masks, with which it may do what it likes.
    """
    # True itself: what stands for an object in another process may have every name.
    labels = {"y": y} if getattr(criterion, "uses_labels", False) is True else {}
    copies = [mask.copy() for mask in masks]
    return criterion.scores(net.copy(), x, rng=rng, masks=copies, **labels)


def next_masks(
    criterion: Criterion,
    net: Network,
    x: Array,
    y: Labels,
    masks: Sequence[Mask],
    count: int,
    scope: str,
    granularity: str,
    rng: np.random.Generator,
) -> list[Mask]:
    """Lines 10-15: score the weights, and take the lowest out until `count` are gone.

    Whole groups may have taken out more than `count` before.
    """
    scores = scores_of(criterion, net, x, y, masks, rng)
    try:
        return prune_masks(
            scores,
            masks,
            count=max(0, count - zeros(masks)),
            scope=scope,
            granularity=granularity,
        )
    except ValueError as error:
        raise ValueError(f"criterion {type(criterion).__name__}: {error}") from error
