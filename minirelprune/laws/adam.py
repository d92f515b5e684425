"""Laws of Adam (Kingma and Ba, 2015; torch.optim.Adam)."""

import math
from typing import Any

import numpy as np
from hypothesis import strategies as st

from minirelprune.laws.inputs import close, grid, seeds
from minirelprune.laws.law import law
from minirelprune.support.arrays import Array

rates = st.floats(1e-5, 1.0)
betas = st.tuples(st.floats(0, 0.99), st.floats(0, 0.9999))


@law("Adam", p=grid((3, 2)), g=grid((3, 2)), rate=rates, betas=betas)
def the_first_step_is_the_sign_of_the_gradient(
    impl: Any, p: Array, g: Array, rate: float, betas: tuple[float, float]
) -> None:
    """Adam's first step is -lr g / (abs(g) + epsilon), whatever the betas."""
    moved = p.copy()
    impl.Adam([moved], learning_rate=rate, betas=betas, epsilon=1e-3).step([g])
    close(moved - p, -rate * g / (np.abs(g) + 1e-3), atol=1e-14)


@law("Adam", seed=seeds, steps=st.integers(1, 6), rate=rates, betas=betas)
def adam_is_the_algorithm_of_the_paper(
    impl: Any, seed: int, steps: int, rate: float, betas: tuple[float, float]
) -> None:
    """Every step is lr m_hat / (sqrt(v_hat) + epsilon), number by number."""
    rng = np.random.default_rng(seed)
    arrays = [rng.normal(size=(2, 2)), rng.normal(size=2)]
    expected = [[value, 0.0, 0.0] for array in arrays for value in array.ravel()]
    optimiser = impl.Adam(arrays, learning_rate=rate, betas=betas, epsilon=1e-2)
    for t in range(1, steps + 1):
        gradients = [rng.normal(size=array.shape) for array in arrays]
        optimiser.step(gradients)
        flat = [value for g in gradients for value in g.ravel()]
        for state, g in zip(expected, flat, strict=True):
            state[1] = betas[0] * state[1] + (1 - betas[0]) * g
            state[2] = betas[1] * state[2] + (1 - betas[1]) * g * g
            m_hat = state[1] / (1 - betas[0] ** t)
            v_hat = state[2] / (1 - betas[1] ** t)
            state[0] -= rate * m_hat / (math.sqrt(v_hat) + 1e-2)
    actual = [value for array in arrays for value in array.ravel()]
    close(np.array(actual), np.array([state[0] for state in expected]))


@law("Adam", "adam_update", seed=seeds, n=st.sampled_from([1, 5, 65_536, 200_000]), examples=20)
def the_fast_step_has_the_bits_of_the_readable_one(impl: Any, seed: int, n: int) -> None:
    """`Adam.step`, in place and in blocks, gives `adam_update` to the last bit, float32 too."""
    rng = np.random.default_rng(seed)
    p = rng.normal(size=n).astype(np.float32)
    fast, m, v = p.copy(), np.zeros_like(p), np.zeros_like(p)
    optimiser = impl.Adam([fast])
    for t in range(1, 4):
        g = rng.normal(size=n).astype(np.float32)
        optimiser.step([g])
        p, m, v = impl.adam_update(p, g, m, v, t=t)
    np.testing.assert_array_equal(fast, p)
