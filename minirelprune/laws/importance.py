"""Laws of the importance of a weight, Eq. (2)."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from minirelprune.laws.inputs import close, grid, positive
from minirelprune.laws.law import law
from minirelprune.support.arrays import Array

sizes = grid((4, 3), low=0, high=32)
weights = st.floats(0, 100)


@law(
    "importance",
    mean=sizes,
    std=sizes,
    alpha=weights,
    beta=weights,
    epsilon=positive,
    layer_factor=positive,
)
def importance_is_eq_2(impl: Any, mean: Array, std: Array, **settings: float) -> None:
    """I = s [alpha E + beta / (epsilon + sigma)], entry by entry."""
    result = impl.importance(mean, std, **settings)
    s, alpha = settings["layer_factor"], settings["alpha"]
    beta, epsilon = settings["beta"], settings["epsilon"]
    for k in np.ndindex(mean.shape):
        close(result[k], s * (alpha * mean[k] + beta / (epsilon + std[k])))  # Eq. (2)


@law("importance", mean=sizes, std=sizes, alpha=weights, beta=weights, c=positive)
def importance_is_linear_in_alpha_and_beta(
    impl: Any, mean: Array, std: Array, alpha: float, beta: float, c: float
) -> None:
    """I(c alpha, c beta) = c I(alpha, beta), and the two terms add up."""
    both = impl.importance(mean, std, alpha=alpha, beta=beta)
    close(impl.importance(mean, std, alpha=c * alpha, beta=c * beta), c * both)
    first = impl.importance(mean, std, alpha=alpha, beta=0.0)
    close(first + impl.importance(mean, std, alpha=0.0, beta=beta), both)


@law("importance", mean=sizes, std=sizes, layer_factor=st.integers(0, 8).map(lambda l: 2.0**l))
def a_layer_factor_keeps_the_order_within_a_layer(
    impl: Any, mean: Array, std: Array, layer_factor: float
) -> None:
    """A positive s changes no comparison between two weights of one layer."""
    plain = impl.importance(mean, std, beta=0.1, epsilon=0.1)
    scaled = impl.importance(mean, std, beta=0.1, epsilon=0.1, layer_factor=layer_factor)
    order = np.argsort(plain, axis=None, kind="stable")
    assert (np.argsort(scaled, axis=None, kind="stable") == order).all()
