"""Homework 1 with SciPy, einsum, long doubles and views."""

import numpy as np
from scipy.special import expit, log_softmax, softmax


def relu(z):
    return (z + np.abs(z)) / 2


def relu_slope(z):
    return np.heaviside(z, 0)


def leaky_relu(z):
    return np.where(z > 0, z, 0.01 * z)


def leaky_relu_slope(z):
    return np.select([z > 0], [1.0], 0.01)


def sigmoid(z):
    return expit(z.astype(np.longdouble))


def sigmoid_slope(z):
    return expit(z) * expit(-z)


def tanh(z):
    return 2 * expit(2 * z) - 1


def tanh_slope(z):
    return 1 / np.cosh(z) ** 2


def softmax_cross_entropy(logits, labels):
    one_hot = np.eye(logits.shape[1])[labels]
    chosen = np.take_along_axis(log_softmax(logits, axis=1), labels[:, None], axis=1)
    delta = softmax(logits, axis=1) - one_hot
    return -chosen.mean(), np.asfortranarray(delta / len(labels))


def backward(net, layers, delta, *, output_l1=0.0):
    found = []
    while True:
        l = len(net.weights) - 1 - len(found) // 2
        x = layers[l][0]
        found += [np.einsum("nj->j", delta), np.einsum("ni,nj->ij", x, delta)]
        if l == 0:
            return found[::-1]
        dx = np.einsum("nj,ij->ni", delta, net.weights[l]) + output_l1 * np.sign(x) / len(x)
        delta = dx * net.activations[l - 1].slope(layers[l - 1][1])


class Adam:
    def __init__(self, params, learning_rate=1e-3, betas=(0.9, 0.999), epsilon=1e-8):
        self.params, self.learning_rate, self.betas, self.epsilon = (
            list(params), learning_rate, betas, epsilon
        )  # fmt: skip
        self.m = [np.zeros_like(p) for p in params]
        self.v = [np.zeros_like(p) for p in params]
        self.t = 0

    def step(self, gradients):
        self.t = self.t + 1
        b1, b2 = self.betas
        for p, g, m, v in zip(self.params, gradients, self.m, self.v, strict=True):
            m *= b1
            m += (1 - b1) * g
            v *= b2
            v += (1 - b2) * np.square(g)
            m_hat, v_hat = m / (1 - b1**self.t), v / (1 - b2**self.t)
            np.subtract(p, self.learning_rate * m_hat / (v_hat**0.5 + self.epsilon), out=p)
