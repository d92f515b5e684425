"""Homework 5 with whole arrays, dataclasses and the base class of the library."""

from dataclasses import dataclass

import numpy as np

from minirelprune.network.evaluation import accuracy
from minirelprune.network.training import Training, train
from minirelprune.pruning.pruned import Pruned
from minirelprune.pruning.rounds import record
from minirelprune.pruning.scoring import CheckedCriterion


def schedule(n_weights, *, target, per_round, arithmetic="whole"):
    shares = np.arange(1, int(np.ceil(target / per_round - 1e-9)) + 1) * per_round
    counts = np.rint(np.minimum(shares, target) * n_weights).astype(int)
    counts[-1] = round(target * n_weights)
    return np.minimum(counts, counts[-1])


def prune_masks(scores, masks, *, count, scope="global"):
    flat = np.concatenate([np.ravel(s) for s in scores])
    alive = np.concatenate([np.ravel(m) for m in masks])
    labels, start = [], 0
    for mask in masks:
        unit = np.broadcast_to(np.arange(mask.shape[1]), mask.shape).ravel()
        labels.append(np.zeros(mask.size, int) if scope == "global" else
                      start + (unit if scope == "unit" else 0 * unit))  # fmt: skip
        start += mask.shape[1]
    label = np.concatenate(labels)
    groups, sizes = np.unique(label[alive], return_counts=True)
    share, rest = np.divmod(count * sizes, max(1, sizes.sum()))
    share[np.argsort(-rest, kind="stable")[: count - share.sum()]] += 1
    keep = alive.copy()
    for group, n in zip(groups, share, strict=True):
        members = np.flatnonzero(alive & (label == group))
        keep[members[np.argsort(flat[members], kind="mergesort")[:n]]] = False
    sizes = np.cumsum([m.size for m in masks])[:-1]
    return tuple(k.reshape(m.shape) for k, m in zip(np.split(keep, sizes), masks, strict=True))


@dataclass(frozen=True)
class Magnitude(CheckedCriterion):
    def _scores(self, net, x, rng):
        return [np.sqrt(np.square(W)) for W in net.weights]


@dataclass(frozen=True)
class Wanda(CheckedCriterion):
    def _scores(self, net, x, rng):
        return [np.abs(W) * np.linalg.norm(a, axis=0)[:, None]
                for (a, _), W in zip(net.layers(x), net.weights, strict=True)]  # fmt: skip


def prune(net, x, y, *, criterion, target, per_round, rng, tuning=None, evaluation=None, **rest):
    tuning = tuning or Training(1, 1e-4)
    evaluation = evaluation or (x, y)
    rngs = rng.spawn(2)
    result = Pruned(net.copy(), [np.full(W.shape, True) for W in net.weights], [])
    counts = schedule(net.n_weights, target=target, per_round=per_round).tolist()
    for k, (before, count) in enumerate(zip([0, *counts], counts, strict=False), start=1):
        scores = criterion.scores(result.net, x, rng=rngs[0], masks=result.masks)
        masks = list(prune_masks(scores, result.masks, count=count - before))
        after = result.net.copy()
        for W, mask in zip(after.weights, masks, strict=True):
            W *= mask
        first = accuracy(after, *evaluation)
        train(after, x, y, tuning, masks=masks, rng=rngs[1], progress=False)
        rounds = [*result.rounds, record(k, masks, (first, accuracy(after, *evaluation)))]
        result = Pruned(after, masks, rounds)
    return result
