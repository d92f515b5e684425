"""The upper part of Fig. 3: the contributions of all weights of one input, by masking a column."""

import numpy as np

from minirelprune.contribution.definition import contributions
from minirelprune.experiments.outputs import Row
from minirelprune.network.activations import ACTIVATIONS

# Three ReLU units: one that loses, one that gains more than it had, and one in its blind range.
X = np.array([[1.0, 2.0, 0.5, 1.0]])
W = np.array([[0.5, 1.0, -1.0], [0.5, -0.5, -0.5], [1.0, 2.0, 1.0], [0.5, -0.5, -0.5]])
B = np.zeros(3)
MASKED = 1  # the second input


def masking() -> list[Row]:
    """One row for each weight: a with it, a without its input's column, and Eq. (1)."""
    f = ACTIVATIONS["relu"]
    a = f(X @ W + B)[0]
    c = contributions(X, W, B, f)[0]
    rows: list[Row] = []
    for i, j in np.ndindex(W.shape):
        without = np.where(np.arange(len(W)) == i, 0, W[:, j])
        rows.append(
            {
                "i": i,
                "j": j,
                "x": X[0, i].item(),
                "w": W[i, j].item(),
                "masked": i == MASKED,
                "a": a[j].item(),
                "a_without": f(X @ without + B[j]).item(),
                "contribution": c[i, j].item(),
            }
        )
    return rows
