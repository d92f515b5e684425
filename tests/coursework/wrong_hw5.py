"""Homework 5 as students get it wrong: schedule, masks, criteria, Algorithm 1."""

from dataclasses import replace

import numpy as np
from coursework.wrong import breaks

import minirelprune as mr

ENDS, ROUNDS = (
    "the_schedule_ends_exactly_at_the_target",
    "the_schedule_has_as_many_rounds_as_the_division_says",
)
LOWEST, COUNT = (
    "the_lowest_scores_go_first_and_ties_by_position",
    "exactly_count_more_weights_are_pruned",
)
WANDA = "wanda_is_the_rms_change_of_a_linear_unit"


@breaks(ENDS, "schedule")
def rounded_down(n, *, target, per_round):
    counts = mr.schedule(n, target=target, per_round=per_round)
    return [*counts[:-1], int(target * n)]


@breaks(ENDS, "schedule")
def floats_for_counts(n, *, target, per_round):
    return [count * 1.0 for count in mr.schedule(n, target=target, per_round=per_round)]


@breaks(ENDS, "schedule")
def share_of_the_survivors(n, *, target, per_round):
    counts, pruned = [], 0
    for _ in mr.schedule(n, target=target, per_round=per_round):
        pruned += round(per_round * (n - pruned))
        counts.append(pruned)
    return counts


@breaks(ENDS, "schedule")
def weights_that_are_left(n, *, target, per_round):
    return [n - count for count in mr.schedule(n, target=target, per_round=per_round)]


@breaks(ROUNDS, "schedule")
def each_round_by_itself(n, *, target, per_round):
    counts = mr.schedule(n, target=target, per_round=per_round)
    return [b - a for a, b in zip([0, *counts], counts, strict=False)]


@breaks(ROUNDS, "schedule")
def all_in_one_round(n, *, target, per_round):
    return [round(target * n)]


@breaks(ROUNDS, "schedule")
def a_round_of_nothing_first(n, *, target, per_round):
    return [0, *mr.schedule(n, target=target, per_round=per_round)]


def _by_threshold(scores, masks, count, below):
    alive = np.sort(np.concatenate([s[m] for s, m in zip(scores, masks, strict=True)]))
    if not count:
        return [m.copy() for m in masks]
    return [m & ~below(s, alive[count - 1]) for s, m in zip(scores, masks, strict=True)]


@breaks(COUNT, "prune_masks")
def at_most_the_threshold(scores, masks, *, count, scope="global"):
    return _by_threshold(scores, masks, count, np.less_equal)


@breaks(COUNT, "prune_masks")
def count_from_each_layer(scores, masks, *, count, scope="global"):
    pairs = zip(scores, masks, strict=True)
    return [mr.prune_masks([s], [m], count=min(count, int(m.sum())))[0] for s, m in pairs]


@breaks("masks_only_shrink", "prune_masks")
def changed_in_place(scores, masks, *, count, scope="global"):
    after = mr.prune_masks(scores, masks, count=count, scope=scope)
    for mask, new in zip(masks, after, strict=True):
        mask &= new
    return masks


@breaks("masks_only_shrink", "prune_masks")
def masks_grow_back(scores, masks, *, count, scope="global"):
    whole = [np.ones_like(m) for m in masks]
    return mr.prune_masks(scores, whole, count=count, scope=scope)


@breaks(LOWEST, "prune_masks")
def sizes_of_the_scores(scores, masks, *, count, scope="global"):
    return mr.prune_masks([np.abs(s) for s in scores], masks, count=count, scope=scope)


@breaks(LOWEST, "prune_masks")
def an_unstable_order(scores, masks, *, count, scope="global"):
    noise = np.random.default_rng(0)
    noisy = [s + 1e-9 * noise.random(s.shape) for s in scores]
    return mr.prune_masks(noisy, masks, count=count, scope=scope)


@breaks("a_scope_takes_the_same_share_of_every_group", "prune_masks")
def units_taken_for_inputs(scores, masks, *, count, scope="global"):
    if scope != "unit":
        return mr.prune_masks(scores, masks, count=count, scope=scope)
    flipped = mr.prune_masks([s.T for s in scores], [m.T for m in masks], count=count, scope=scope)
    return [m.T for m in flipped]


class _Scorer:
    def scores(self, net, x, *, rng, masks):
        return [
            self.score(W, layer[0]) for W, layer in zip(net.weights, net.forward(x), strict=True)
        ]


@breaks("magnitude_is_the_absolute_weight", "Magnitude")
class Squares(_Scorer):
    def score(self, W, x):
        return W**2


@breaks("magnitude_is_the_absolute_weight", "Magnitude")
class LargestIs1(_Scorer):
    def score(self, W, x):
        return np.abs(W) / np.abs(W).max()


@breaks(WANDA, "Wanda")
class RootForgotten(_Scorer):
    def score(self, W, x):
        return np.abs(W) * (x**2).sum(axis=0)[:, None]


@breaks(WANDA, "Wanda")
class MeanForTheSum(_Scorer):
    def score(self, W, x):
        return np.abs(W) * np.sqrt((x**2).mean(axis=0))[:, None]


@breaks(WANDA, "Wanda")
class SumOfAbsoluteValues(_Scorer):
    def score(self, W, x):
        return np.abs(W) * np.abs(x).sum(axis=0)[:, None]


@breaks(WANDA, "Wanda")
class InputOfTheNetworkForAll:
    def scores(self, net, x, *, rng, masks):
        norm = np.linalg.norm(x)
        return [np.abs(W) * norm for W in net.weights]


@breaks(WANDA, "Wanda")
class SignOfTheWeight(_Scorer):
    def score(self, W, x):
        return W * np.linalg.norm(x, axis=0)[:, None]


@breaks("renaming_the_inputs_renames_the_scores", "Wanda")
class InputsSorted(_Scorer):
    def score(self, W, x):
        return np.abs(W) * np.sort(np.linalg.norm(x, axis=0))[:, None]


@breaks("scores_do_not_depend_on_the_order_of_examples", "Wanda")
class LastExampleOnly(_Scorer):
    def score(self, W, x):
        return np.abs(W) * np.abs(x[-1])[:, None]


@breaks("pruning_ends_exactly_at_the_target", "prune")
def one_round_too_few(net, x, y, *, target, per_round, **settings):
    return mr.prune(net, x, y, target=target * 0.8, per_round=per_round, **settings)


@breaks("pruning_ends_exactly_at_the_target", "prune")
def zeros_that_training_brings_back(net, x, y, **settings):
    result = mr.prune(net, x, y, **settings)
    for W in result.net.weights:
        W += 1e-6
    return result


@breaks("the_network_handed_in_is_never_changed", "prune")
def weights_shared_with_the_copy(net, x, y, **settings):
    result = mr.prune(net, x, y, **settings)
    for b, tuned in zip(net.biases, result.net.biases, strict=True):
        b[:] = tuned
    return result


@breaks("survivors_keep_their_bits_until_fine_tuning", "prune")
def always_a_step_of_training(net, x, y, *, tuning=None, **settings):
    return mr.prune(net, x, y, **settings)


@breaks("a_longer_run_prunes_a_superset_of_a_shorter_one", "prune")
def from_the_start_in_one_round(net, x, y, *, target, per_round, criterion, rng, **settings):
    rng = np.random.default_rng(round(1000 * target))
    return mr.prune(
        net, x, y, target=target, per_round=target, criterion=mr.Random(), rng=rng, **settings
    )


@breaks("wanda_keeps_more_accuracy_than_random_scores", "Wanda")
class HighestGoFirst(_Scorer):
    def score(self, W, x):
        return -np.abs(W) * np.linalg.norm(x, axis=0)[:, None]


@breaks("wanda_keeps_more_accuracy_than_random_scores", "prune")
def the_criterion_is_not_asked(net, x, y, *, criterion, **settings):
    result = mr.prune(net, x, y, criterion=mr.Random(), **settings)
    return replace(result, complete=True)
