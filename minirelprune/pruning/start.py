"""What `prune` starts from, converted and checked before anything runs."""

import reprlib
from collections.abc import Sequence

import numpy as np

from minirelprune.network.evaluation import data_for
from minirelprune.network.protocol import Network
from minirelprune.network.training import Training
from minirelprune.pruning.groups import GROUPS
from minirelprune.pruning.masks import check_ranking, checked_network, masked
from minirelprune.pruning.notices import warn_if_pruned_before
from minirelprune.pruning.pruned import Pruned
from minirelprune.pruning.rounds import zeros
from minirelprune.pruning.scoring import Criterion
from minirelprune.support import checks
from minirelprune.support.arrays import Array, Labels, Mask
from minirelprune.support.progress import PROGRESS


def check_settings(
    criterion: object,
    scoring_fraction: float,
    scope: object,
    granularity: object,
    tuning: object,
    on_round: object,
    progress: object,
) -> None:
    """The settings of `prune` that fit every network."""
    scores = criterion is None or callable(getattr(criterion, "scores", None))
    if not scores or isinstance(criterion, type):  # a name, or the class of a criterion
        raise ValueError(
            "criterion must be an instance such as Magnitude(), or None to prune nothing, "
            f"got {reprlib.repr(criterion)}"
        )
    checks.fraction("scoring_fraction", scoring_fraction, one_allowed=True)
    check_ranking(scope, granularity)
    checks.instance("tuning", tuning, Training, "Training(epochs=1, learning_rate=1e-4)")
    checks.function("on_round", on_round)
    checks.one_of("progress", progress, PROGRESS)


def stopped_run(net: Network | Pruned, rng: object, masks: object) -> Pruned | None:
    """The run that goes on, which brings what it needs; None if a new one begins."""
    if not isinstance(net, Pruned):
        checks.generator("rng", rng)
        return None
    for name, value in (("rng", rng), ("masks", masks)):
        if value is not None:
            raise ValueError(
                f"{name} must be None where net is a Pruned, which has its own, "
                f"got {reprlib.repr(value)}"
            )
    if not net.rounds or net.generators is None:
        raise ValueError(
            "net must be a Pruned with its rounds and generators, as `prune` gives it back, to go "
            "on with; hand in its net and its masks to begin a new run"
        )
    return net


def copies(net: Network | Pruned, masks: Sequence[Mask] | None) -> tuple[Network, list[Mask]]:
    """The network and its masks, as copies; what the masks take out is 0 in the network."""
    if isinstance(net, Pruned):  # whose pruned weights are 0 or -0, bits that stay as they are
        return net.net.copy(), [mask.copy() for mask in net.masks]
    if masks is not None:
        return masked(net, masks)
    warn_if_pruned_before(checked_network(net).weights)
    return net.copy(), [np.ones(W.shape, np.bool_) for W in net.weights]


def counts_left(
    stopped: Pruned | None,
    masks: Sequence[Mask],
    counts: list[int],
    target: float,
    criterion: Criterion | None,
    granularity: str,
) -> list[int]:
    """The counts of the schedule that are still to be reached: all of them if nothing is pruned.

    The rounds of a stopped run must be the first of this schedule; the control's prune nothing, and
    those in whole groups come near it, in each layer by less than a group.
    """
    pruned = stopped.rounds[0].pruned if stopped else zeros(masks)
    if pruned and counts[-1] <= pruned:
        share = pruned / sum(mask.size for mask in masks)
        raise ValueError(
            f"target must be above {share:.4g}, the share that masks take out, got {target!r}"
        )
    counts = [count for count in counts if count > pruned] if pruned else counts
    done = [one.pruned for one in stopped.rounds[1:]] if stopped else []
    planned = [pruned] * len(counts) if criterion is None else counts
    most = sum(max(mask.shape) for mask in masks) if granularity in GROUPS else 0
    off = [abs(one - other) for one, other in zip(done, planned, strict=False)]
    if len(done) > len(planned) or max(off, default=0) > most:
        raise ValueError(
            "criterion, target and per_round must be those of the rounds that are done, after "
            f"which {reprlib.repr(done)} weights are 0, got a schedule of {reprlib.repr(planned)}"
        )
    return counts[len(done) :]


def evaluation_data(net: Network, pair: object) -> tuple[Array, Labels]:
    """The x and y to measure accuracy on."""
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        size = f" of {len(pair)}" if isinstance(pair, list | tuple) else ""
        raise ValueError(f"evaluation must be a pair (x, y), got a {type(pair).__name__}{size}")
    x, y = pair
    return data_for(net, x, y, ("evaluation's x", "evaluation's y"))


def subset(x: Array, y: Labels, share: float, rng: np.random.Generator) -> tuple[Array, Labels]:
    """This share of the examples, at least one, in the order they had, with their labels."""
    if share == 1:
        return x, y
    some = np.sort(rng.choice(len(x), max(1, round(share * len(x))), replace=False))
    return x[some], y[some]
