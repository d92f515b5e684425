"""Laws of assignments alone: the formulas of the activations, what a computation costs, and what a
criterion is worth on handwritten digits. The laws of the formulas are in `minirelprune.laws`.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import strategies as st

from minirelprune.contribution.moments import contribution_moments
from minirelprune.coursework import digits
from minirelprune.coursework.law_book import extra
from minirelprune.laws.inputs import SECTION_4, close
from minirelprune.laws.moments import close_moments
from minirelprune.network.activations import ACTIVATIONS, LEAK, Activation
from minirelprune.pruning.criteria import Random
from minirelprune.support.arrays import Array

FORMULAS: dict[str, Callable[[float], float]] = {
    "relu": lambda z: max(z, 0.0),
    "leaky_relu": lambda z: z if z > 0 else LEAK * z,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
}
AHEAD = 5.0  # percentage points


@extra(
    "ACTIVATIONS",
    examples=100,
    name=st.sampled_from(SECTION_4),
    z=st.lists(st.floats(-30, 30), min_size=1, max_size=4),
)
def an_activation_is_its_formula(impl: Any, name: str, z: list[float]) -> None:
    """f is max(z, 0), or z and 0.01 z, or 1 / (1 + exp(-z)), or tanh z, number by number."""
    result = impl.ACTIVATIONS[name](np.array(z))
    close(result, np.array([FORMULAS[name](value) for value in z]))


def counted(name: str) -> tuple[Activation, list[int]]:
    """An activation that notes how many numbers it was asked for."""
    asked: list[int] = []
    f = ACTIVATIONS[name]

    def counting(z: Array) -> Array:
        asked.append(np.size(z))
        return f(z)

    return Activation(name, counting, f.slope, f.blind, f.engine), asked


def wide_layer(n: int, n_in: int, n_out: int) -> tuple[Array, Array, Array]:
    """A layer on the grid of eighths, so that z has no rounding."""
    rng = np.random.default_rng(17)
    x, W = rng.integers(0, 9, (n, n_in)) / 8, rng.integers(-8, 9, (n_in, n_out)) / 8
    return x, W, rng.integers(-8, 9, n_out) / 8


@extra("contribution_moments", examples=3, name=st.sampled_from(["relu", "identity"]))
def f_is_evaluated_once_per_z(impl: Any, name: str) -> None:
    """For a ReLU or linear unit f is asked for at most 4 N n_out numbers, not N n_in n_out."""
    x, W, b = wide_layer(50, 60, 3)
    f, asked = counted(name)
    moments = impl.contribution_moments(x, W, b, f)
    close_moments(moments, contribution_moments(x, W, b, name))
    assert sum(asked) <= 4 * len(x) * W.shape[1]


@extra("contribution_moments", examples=1, name=st.just("relu"))
def a_wide_layer_needs_no_tensor(impl: Any, name: str) -> None:
    """The moments of 500 by 200 weights on 3,000 examples fit into 1 GB; a tensor takes 2.4 GB."""
    x, W, b = wide_layer(3000, 500, 200)
    moments = impl.contribution_moments(x, W, b, ACTIVATIONS[name])
    close_moments(moments, contribution_moments(x, W, b, name))


@extra("prune", "Wanda", examples=1, seed=st.just(0))
def wanda_keeps_more_accuracy_than_random_scores(impl: Any, seed: int) -> None:
    """At 80% sparsity Wanda keeps at least 5 percentage points more than random scores do."""
    data, net = digits.data(), digits.trained(seed)
    accuracies = []
    for criterion in (impl.Wanda(), Random()):
        rng = np.random.default_rng(seed)
        result = impl.prune(
            net, data.x_train, data.y_train, criterion=criterion, target=0.8, per_round=0.4,
            rng=rng, evaluation=(data.x_test, data.y_test), progress=False,
        )  # fmt: skip
        accuracies.append(digits.measured(result.net, result.masks, target=0.8))
    assert accuracies[0] >= accuracies[1] + AHEAD
