"""What the laws are tried on.

Layers are drawn on a grid of eighths. A product of two such numbers, and any sum of a few of them,
is a float64 without rounding, whatever the order of summation: z = 0 is 0 for everyone, and the
laws can be held to a few units in the last place even where Eq. (1) divides by something small.
"""

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from minirelprune.contribution.definition import SILENT
from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.support.arrays import Array


class Layer(NamedTuple):
    """x (N, n_in), W (n_in, n_out), b (n_out,), float64 on the grid."""

    x: Array
    W: Array
    b: Array

    @property
    def z(self) -> Array:
        """x @ W + b, without rounding."""
        return self.x @ self.W + self.b


def grid(shape: tuple[int, ...], *, low: int = -16, high: int = 16) -> st.SearchStrategy[Array]:
    """Arrays of eighths, from low / 8 to high / 8."""
    return arrays(np.int64, shape, elements=st.integers(low, high)).map(lambda a: a / 8)


@st.composite
def layers(draw: st.DrawFn, *, bias: bool = True, examples: int = 6) -> Layer:
    """Small layers, with inputs and weights of either sign, and zeros among them."""
    n = draw(st.integers(1, examples))
    n_in, n_out = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    b = draw(grid((n_out,))) if bias else np.zeros(n_out)
    return Layer(draw(grid((n, n_in))), draw(grid((n_in, n_out))), b)


@st.composite
def scored_masks(draw: st.DrawFn) -> tuple[list[Array], list[np.ndarray]]:
    """Scores and masks of one to three layers; few different scores, so that many tie."""
    shapes = draw(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4)), min_size=1, max_size=3))
    scores = [draw(grid(shape, low=-3, high=3)) for shape in shapes]
    return scores, [draw(arrays(np.bool_, shape)) for shape in shapes]


activations: st.SearchStrategy[Activation] = st.sampled_from(list(ACTIVATIONS.values()))
homogeneous = st.sampled_from([f for f in ACTIVATIONS.values() if f.homogeneous])
silent = st.sampled_from(SILENT)
seeds = st.integers(0, 2**32 - 1)
positive = st.floats(0.01, 100)


def close(
    actual: Array | float, expected: Array | float, *, rtol: float = 1e-10, atol: float = 1e-12
) -> None:
    """Equal but for rounding: a few units in the last place, through an exp or a division."""
    np.testing.assert_allclose(actual, expected, rtol=rtol, atol=atol)
