"""Homework 1 with loops over numbers, lists for arrays, and Python's own math."""

import math

import numpy as np


def each(f):
    return lambda z: [f(v) for v in z] if np.ndim(z) == 1 else np.vectorize(f)(z)


relu = each(lambda z: z if z > 0 else 0.0)
relu_slope = each(lambda z: 1.0 if z > 0 else 0.0)
leaky_relu = each(lambda z: z if z > 0 else z / 100)
leaky_relu_slope = each(lambda z: 1.0 if z > 0 else 0.01)
sigmoid = each(lambda z: 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z)))
sigmoid_slope = each(lambda z: math.exp(-abs(z)) / (1 + math.exp(-abs(z))) ** 2)
tanh = each(math.tanh)
tanh_slope = each(lambda z: (1 - math.tanh(z)) * (1 + math.tanh(z)))


def softmax_cross_entropy(logits, labels):
    total, delta = 0.0, []
    for row, label in zip(logits.tolist(), labels.tolist(), strict=True):
        top = max(row)
        exponentials = [math.exp(v - top) for v in row]
        total += top - row[label] + math.log(sum(exponentials))
        p = [e / sum(exponentials) for e in exponentials]
        delta.append([(v - (k == label)) / len(labels) for k, v in enumerate(p)])
    return total / len(labels), delta


def backward(net, layers, delta, *, output_l1=0.0):
    gradients = []
    for l in range(len(net.weights) - 1, -1, -1):
        x, W = layers[l].x, net.weights[l]
        dW = [[sum(x[:, i] * delta[:, j]) for j in range(W.shape[1])] for i in range(len(W))]
        gradients = [np.array(dW), [sum(column) for column in delta.T], *gradients]
        if l > 0:
            dx = np.array([[sum(d * W[i]) for i in range(len(W))] for d in delta])
            dx += output_l1 / len(x) * np.where(x > 0, 1, np.where(x < 0, -1, 0))
            delta = dx * net.activations[l - 1].derivative(layers[l - 1].z)
    return gradients


class Adam:
    def __init__(self, params, *, learning_rate=1e-3, betas=(0.9, 0.999), epsilon=1e-8):
        self.params, self.settings = params, (learning_rate, betas, epsilon)
        self.state = [[[0.0, 0.0] for _ in range(p.size)] for p in params]
        self.t = 0

    def step(self, gradients):
        self.t += 1
        rate, (b1, b2), epsilon = self.settings
        for p, g, state in zip(self.params, gradients, self.state, strict=True):
            for k, s in enumerate(state):
                s[0] = b1 * s[0] + (1 - b1) * g.flat[k]
                s[1] = b2 * s[1] + (1 - b2) * g.flat[k] ** 2
                root = math.sqrt(s[1] / (1 - b2**self.t))
                p.flat[k] -= rate * s[0] / (1 - b1**self.t) / (root + epsilon)
