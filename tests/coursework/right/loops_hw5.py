"""Homework 5 with lists that are sorted."""

import math
from fractions import Fraction

import numpy as np

from minirelprune.network.evaluation import accuracy
from minirelprune.network.training import Training, train
from minirelprune.pruning.pruned import Pruned
from minirelprune.pruning.rounds import record


def schedule(n_weights, *, target, per_round, arithmetic="whole"):
    rounds = math.ceil(Fraction(str(target)) / Fraction(str(per_round)))
    last = round(target * n_weights)
    return [min(last, round(k * per_round * n_weights)) for k in range(1, rounds)] + [last]


def prune_masks(scores, masks, *, count, scope="global"):
    groups = {}
    for l, mask in enumerate(masks):
        for i, j in np.ndindex(mask.shape):
            if mask[i, j]:
                group = {"global": 0, "layer": l, "unit": (l, j)}[scope]
                groups.setdefault(group, []).append((scores[l][i, j], l, i, j))
    total = sum(map(len, groups.values()))
    parts = {g: count * len(group) // max(1, total) for g, group in groups.items()}
    rest = {g: count * len(group) % max(1, total) for g, group in groups.items()}
    for g in sorted(groups, key=lambda g: -rest[g])[: count - sum(parts.values())]:
        parts[g] += 1
    after = [mask.copy() for mask in masks]
    for g, group in groups.items():
        for _, l, i, j in sorted(group)[: parts[g]]:
            after[l][i, j] = False
    return after


class Magnitude:
    def scores(self, net, x, *, rng, masks):
        return [[[abs(w) for w in row] for row in W.tolist()] for W in net.weights]


class Wanda:
    def scores(self, net, x, *, rng, masks):
        found = []
        for (a, _), W in zip(net.forward(x), net.weights, strict=True):
            norms = [math.sqrt(sum(v * v for v in column)) for column in a.astype(float).T]
            found.append(
                np.array([[abs(w) * n for w in row] for row, n in zip(W, norms, strict=True)])
            )
        return found


def prune(net, x, y, *, criterion, target, per_round, scoring_fraction=1.0, rng, scope="global",
          arithmetic="whole", tuning=None, evaluation=None, masks=None, on_round=None,
          progress=None):  # fmt: skip
    tuning = Training(epochs=1, learning_rate=1e-4) if tuning is None else tuning
    net, test = net.copy(), evaluation or (x, y)
    masks = [np.ones(W.shape, bool) for W in net.weights] if masks is None else masks
    scoring, ordering = rng.spawn(2)
    rounds = [record(0, masks, (accuracy(net, *test),) * 2)]
    done = 0
    for k, count in enumerate(schedule(net.n_weights, target=target, per_round=per_round), 1):
        if criterion is not None:
            scores = criterion.scores(net, x, rng=scoring, masks=masks)
            scores = [np.asarray(one) for one in scores]
            masks = fast_masks(scores, masks, count - done)
            done = count
        for W, mask in zip(net.weights, masks, strict=True):
            W[~mask] = 0
        before = accuracy(net, *test)
        train(net, x, y, tuning, rng=ordering, masks=masks, progress=False)
        rounds.append(record(k, masks, (before, accuracy(net, *test))))
    return Pruned(net, masks, rounds)


def fast_masks(scores, masks, count):
    alive = np.concatenate([m.ravel() for m in masks])
    flat = np.where(alive, np.concatenate([s.ravel() for s in scores]), np.inf)
    alive[np.argsort(flat, kind="stable")[:count]] = False
    parts = np.split(alive, np.cumsum([m.size for m in masks])[:-1])
    return [part.reshape(m.shape) for part, m in zip(parts, masks, strict=True)]
