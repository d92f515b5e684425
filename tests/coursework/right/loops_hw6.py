"""Homework 6: magnitude, in lists."""


class MyCriterion:
    def scores(self, net, x, *, rng, masks):
        return [[[abs(w) for w in row] for row in W.tolist()] for W in net.weights]
