"""Fig. 2: one unit with three inputs, before and after it loses its second weight.

The paper's text gives only one number of its figure, that weight, 1.0; the others are chosen here.
"""

import numpy as np

from minirelprune.contribution.definition import contribution
from minirelprune.experiments.exhibit import Alone
from minirelprune.experiments.outputs import Contents, Row
from minirelprune.network.activations import ACTIVATIONS

X = np.array([[1.0, 2.0, 3.0]])
W = np.array([[0.5], [1.0], [0.5]])
B = np.zeros(1)
PRUNED = 1  # the second weight, w_(1,0)


def compute() -> Contents:
    """One row for each weight: its input, a with it and a without it, and Eq. (1)."""
    f = ACTIVATIONS["relu"]
    rows: list[Row] = []
    for i, (x, w) in enumerate(zip(X[0], W[:, 0], strict=True)):
        without = np.where(np.arange(len(W)) == i, 0, W[:, 0])
        rows.append(
            {
                "i": i,
                "x": float(x),
                "w": float(w),
                "pruned": i == PRUNED,
                "a": f(X @ W[:, 0] + B).item(),
                "a_without": f(X @ without + B).item(),
                "contribution": contribution(X, W, B, f, i, 0).item(),
            }
        )
    return Contents(numbers={"fig2": rows})


EXHIBIT = Alone(
    name="fig2",
    sentence="Fig. 2: Eq. (1) worked on one unit",
    makes=("CSV", "picture"),
    compute=compute,
    takes=3,
)
