"""Homework 1 as students get it wrong: activations, loss, gradients, Adam."""

import numpy as np
from coursework.wrong import breaks

FORMULA, SLOPE = "an_activation_is_its_formula", "the_derivative_is_the_slope"
BLIND = "the_blind_range_is_where_f_is_flat"
LOSS, DELTA = "the_loss_is_the_mean_negative_log_likelihood", "delta_is_the_slope_of_the_loss"
GRADIENT = "the_gradient_is_the_slope_of_the_loss"
ADAM = "adam_is_the_algorithm_of_the_paper"


@breaks(FORMULA, "relu")
def absolute_value(z):
    return np.abs(z)


@breaks(FORMULA, "leaky_relu")
def leak_of_a_tenth(z):
    return np.where(z > 0, z, 0.1 * z)


@breaks(FORMULA, "leaky_relu")
def minimum_for_maximum(z):
    return np.minimum(z, 0.01 * z)


@breaks(FORMULA, "sigmoid")
def sign_of_the_exponent(z):
    return 1 / (1 + np.exp(z))


@breaks(FORMULA, "sigmoid")
def tanh_for_the_sigmoid(z):
    return np.tanh(z)


@breaks(FORMULA, "tanh")
def half_the_exponent(z):
    return (1 - np.exp(-z)) / (1 + np.exp(-z))


@breaks(SLOPE, "sigmoid_slope")
def slope_of_the_output_for_z(z):
    return z * (1 - z)


@breaks(SLOPE, "tanh_slope")
def square_forgotten(z):
    return 1 - np.tanh(z)


@breaks(SLOPE, "relu_slope")
def relu_in_place_of_its_slope(z):
    return np.maximum(z, 0)


@breaks(BLIND, "relu_slope")
def slope_1_at_the_kink(z):
    return (z >= 0) * 1.0


@breaks(SLOPE, "leaky_relu_slope")
def leaky_slope_of_relu(z):
    return (z > 0) * 1.0


@breaks(LOSS, "softmax_cross_entropy")
def log_in_base_2(logits, labels):
    loss, delta = right_loss(logits, labels)
    return loss / np.log(2), delta


@breaks(LOSS, "softmax_cross_entropy")
def loss_summed(logits, labels):
    loss, delta = right_loss(logits, labels)
    return loss * len(labels), delta


@breaks(LOSS, "softmax_cross_entropy")
def sign_of_the_loss(logits, labels):
    loss, delta = right_loss(logits, labels)
    return -loss, delta


@breaks(LOSS, "softmax_cross_entropy")
def probabilities_clipped(logits, labels):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = np.clip(e / e.sum(axis=1, keepdims=True), 1e-12, 1)
    rows = np.arange(len(labels))
    return -np.log(p[rows, labels]).mean(), (p - np.eye(logits.shape[1])[labels]) / len(labels)


@breaks(DELTA, "softmax_cross_entropy")
def one_hot_forgotten(logits, labels):
    loss, delta = right_loss(logits, labels)
    return loss, delta + np.eye(logits.shape[1])[labels] / len(labels)


@breaks(DELTA, "softmax_cross_entropy")
def sign_of_delta(logits, labels):
    loss, delta = right_loss(logits, labels)
    return loss, -delta


@breaks(DELTA, "softmax_cross_entropy")
def delta_divided_by_classes(logits, labels):
    loss, delta = right_loss(logits, labels)
    return loss, delta * len(labels) / logits.shape[1]


@breaks("adding_a_constant_to_all_logits_changes_nothing", "softmax_cross_entropy")
def a_maximum_that_is_not_taken_off_the_sum(logits, labels):
    top = logits.max(axis=1)
    total = np.exp(logits - top[:, None]).sum(axis=1)
    loss = np.mean(np.log(total) - logits[np.arange(len(labels)), labels])
    return loss, right_loss(logits, labels)[1]


def right_loss(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    total = np.exp(shifted).sum(axis=1, keepdims=True)
    loss = (np.log(total[:, 0]) - shifted[np.arange(len(labels)), labels]).mean()
    return loss, (np.exp(shifted) / total - np.eye(logits.shape[1])[labels]) / len(labels)


def _backward(net, layers, delta, output_l1, *, slope="z", penalty="mean", bias="sum", W=None):
    """The chain rule, with a mistake."""
    gradients = []
    for l in reversed(range(len(net.weights))):
        x = layers[l][0]
        db = delta.sum(axis=0) if bias == "sum" else delta.mean(axis=0)
        gradients = [x.T @ delta, db, *gradients]
        if l:
            dx = delta @ net.weights[l].T
            n = len(x) if penalty == "mean" else 1
            dx = dx + output_l1 / n * (np.sign(x) if penalty != "plain" else 1)
            z = {"z": layers[l - 1][1], "a": x}[slope]
            delta = dx * net.activations[l - 1].derivative(z)
    return gradients


@breaks(GRADIENT, "backward")
def slope_at_the_output(net, layers, delta, *, output_l1=0.0):
    return _backward(net, layers, delta, output_l1, slope="a")


@breaks(GRADIENT, "backward")
def penalty_summed_over_the_batch(net, layers, delta, *, output_l1=0.0):
    return _backward(net, layers, delta, output_l1, penalty="sum")


@breaks(GRADIENT, "backward")
def bias_averaged(net, layers, delta, *, output_l1=0.0):
    return _backward(net, layers, delta, output_l1, bias="mean")


@breaks(GRADIENT, "backward")
def gradients_from_the_last_layer_first(net, layers, delta, *, output_l1=0.0):
    return _backward(net, layers, delta, output_l1)[::-1]


@breaks(GRADIENT, "backward")
def slope_of_the_wrong_layer(net, layers, delta, *, output_l1=0.0):
    gradients = []
    for l in reversed(range(len(net.weights))):
        gradients = [layers[l][0].T @ delta, delta.sum(axis=0), *gradients]
        delta = delta @ net.weights[l].T
        if l:
            delta = delta * net.activations[l].derivative(layers[l - 1][1])
    return gradients


class _Adam:
    def __init__(self, params, *, learning_rate=1e-3, betas=(0.9, 0.999), epsilon=1e-8):
        self.params, self.rate, self.betas, self.epsilon = params, learning_rate, betas, epsilon
        self.m, self.v, self.t = [0 * p for p in params], [0 * p for p in params], 0

    def step(self, gradients):
        self.t += 1
        for k, g in enumerate(gradients):
            self.m[k] = self.betas[0] * self.m[k] + (1 - self.betas[0]) * g
            self.v[k] = self.betas[1] * self.v[k] + (1 - self.betas[1]) * g * g
            m = self.m[k] / (1 - self.betas[0] ** self.t)
            v = self.v[k] / (1 - self.betas[1] ** self.t)
            self.move(k, m, v)

    def move(self, k, m, v):
        self.params[k] -= self.rate * m / (np.sqrt(v) + self.epsilon)


@breaks("the_first_step_is_the_sign_of_the_gradient", "Adam")
class NotInPlace(_Adam):
    def move(self, k, m, v):
        self.params[k] = self.params[k] - self.rate * m / (np.sqrt(v) + self.epsilon)


@breaks("the_first_step_is_the_sign_of_the_gradient", "Adam")
class UpHill(_Adam):
    def move(self, k, m, v):
        self.params[k] += self.rate * m / (np.sqrt(v) + self.epsilon)


@breaks("the_first_step_is_the_sign_of_the_gradient", "Adam")
class RootForgotten(_Adam):
    def move(self, k, m, v):
        self.params[k] -= self.rate * m / (v + self.epsilon)


@breaks(ADAM, "Adam")
class CountedFromZero(_Adam):
    def step(self, gradients):
        self.t = max(0, self.t - 1)
        super().step(gradients)


@breaks(ADAM, "Adam")
class BetasSwapped(_Adam):
    def __init__(self, params, **settings):
        super().__init__(params, **settings)
        self.betas = self.betas[::-1]


@breaks(ADAM, "Adam")
class OneMomentForAllArrays(_Adam):
    def step(self, gradients):
        self.m = [np.zeros(p.shape) + np.mean(self.m[0]) for p in self.params]
        super().step(gradients)
