"""What the laws are tried on.

Activations are drawn from those that are registered when a law runs: a law also meets an activation
that was registered after the law was imported.

Layers are drawn on a grid of eighths. A product of two such numbers, and any sum of a few of them,
is a float64 without rounding, whatever the order of summation: z = 0 is 0 for everyone, and the
laws can be held to a few units in the last place even where Eq. (1) divides by something small.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from minirelprune.contribution.definition import SILENT
from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.support.arrays import Array, Mask

SECTION_4 = ("relu", "leaky_relu", "sigmoid", "tanh")  # the activations of the paper


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
def scored_masks(draw: st.DrawFn) -> tuple[list[Array], list[Mask]]:
    """Scores and masks of one to three layers; few different scores, so that many tie."""
    shapes = draw(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4)), min_size=1, max_size=3))
    scores = [draw(grid(shape, low=-3, high=3)) for shape in shapes]
    return scores, [draw(arrays(np.bool_, shape)) for shape in shapes]


def registered() -> list[str]:
    """The names of the activations that laws are tried on."""
    return list(ACTIVATIONS)


@st.composite
def names_of(draw: st.DrawFn, kind: Callable[[Activation], bool]) -> str:
    """The name of a registered activation of a certain kind."""
    return draw(st.sampled_from([name for name in registered() if kind(ACTIVATIONS[name])]))


def known(impl: Any, name: str) -> None:
    """Pass over an activation that the implementation does not have.

    One that does not say which it has is tried on those of section 4.
    """
    assume(name in getattr(impl, "ACTIVATIONS", SECTION_4))


def smooth_at(f: Callable[[Array], Array], z: Array, h: float) -> Mask:
    """Whether differences of f tell its slope at each z: neither f' nor f'' jumps within h of it.

    ReLU's slope jumps at 0, and the curvature of z / (1 + abs(z)) does. Jumps below 0.2 are missed.
    """
    bend = f(z + 2 * h) - 2 * f(z) + f(z - 2 * h)  # 4 h^2 f'', or at least h times a jump of f'
    # 2 h^3 f''', or at least h^2 / 2 times a jump of f''
    twist = f(z + 2 * h) - 2 * f(z + h) + 2 * f(z - h) - f(z - 2 * h)
    smooth: Mask = (np.abs(bend) <= 0.1 * h) & (np.abs(twist) <= 0.1 * h**2)
    return smooth


names = names_of(lambda f: True)
names_with_closed_form = names_of(lambda f: f.blind is not None)
activations = names.map(lambda name: ACTIVATIONS[name])
homogeneous = names_of(lambda f: f.engine == "piecewise_linear").map(lambda name: ACTIVATIONS[name])
silent = st.sampled_from(SILENT)
seeds = st.integers(0, 2**32 - 1)
positive = st.floats(0.01, 100)


def close(
    actual: Array | float, expected: Array | float, *, rtol: float = 1e-10, atol: float = 1e-12
) -> None:
    """Equal but for rounding: a few units in the last place, through an exp or a division."""
    np.testing.assert_allclose(actual, expected, rtol=rtol, atol=atol)
