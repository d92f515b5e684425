"""Homework 6 as students get it wrong: criteria that break what every criterion must keep."""

import itertools

import numpy as np
from coursework.wrong import breaks

FINITE = "every_weight_has_a_finite_score"


@breaks(FINITE, "MyCriterion")
class DividedByNothing:
    def scores(self, net, x, *, rng, masks):
        with np.errstate(all="ignore"):
            return [np.abs(W) / np.zeros(W.shape) for W in net.weights]


@breaks(FINITE, "MyCriterion")
class OneScorePerUnit:
    def scores(self, net, x, *, rng, masks):
        return [np.abs(W).mean(axis=0) for W in net.weights]


@breaks(FINITE, "MyCriterion")
class FirstLayerOnly:
    def scores(self, net, x, *, rng, masks):
        return [np.abs(net.weights[0])]


@breaks("the_same_generator_gives_the_same_scores", "MyCriterion")
class ItsOwnDice:
    counter = itertools.count()

    def scores(self, net, x, *, rng, masks):
        dice = np.random.default_rng(next(self.counter))
        return [dice.random(W.shape) for W in net.weights]


@breaks("scoring_changes_nothing", "MyCriterion")
class AbsoluteInPlace:
    def scores(self, net, x, *, rng, masks):
        return [np.abs(W, out=W).copy() for W in net.weights]


@breaks("it_keeps_more_accuracy_than_random_scores", "MyCriterion")
class UpsideDown:
    def scores(self, net, x, *, rng, masks):
        return [-np.abs(W) for W in net.weights]


@breaks("it_is_as_good_as_one_of_the_three", "MyCriterion")
class Dice:
    def scores(self, net, x, *, rng, masks):
        return [rng.random(W.shape) for W in net.weights]
