"""Laws of the mean and the standard deviation of Eq. (1) over a data set."""

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from minirelprune.contribution.definition import contributions
from minirelprune.laws import oracle
from minirelprune.laws.inputs import Layer, activations, close, grid, layers, seeds, silent
from minirelprune.laws.law import law
from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.support.arrays import Array


def close_moments(actual: tuple[Array, Array], expected: tuple[Array, Array]) -> None:
    """Means to rounding; variances to rounding of the second moment, which they are cut out of."""
    (mean, std), (expected_mean, expected_std) = actual, expected
    close(mean, expected_mean)
    second = np.square(expected_mean) + np.square(expected_std)
    assert (np.abs(np.square(std) - np.square(expected_std)) <= 1e-10 * second + 1e-24).all()


@law("contribution_moments", layer=layers(), f=activations, silent=silent)
def moments_are_those_of_eq_1(impl: Any, layer: Layer, f: Activation, silent: str) -> None:
    """E and sigma are the mean and the population standard deviation of Eq. (1) over examples."""
    c = contributions(*layer, f, silent=silent)
    counted = ~np.isnan(c)
    n = np.maximum(counted.sum(axis=0), 1)
    mean = np.where(counted, c, 0).sum(axis=0) / n
    std = np.sqrt(np.where(counted, np.square(c - mean), 0).sum(axis=0) / n)
    close_moments(impl.contribution_moments(*layer, f, silent=silent), (mean, std))


@law("contribution_moments", layer=layers(), f=activations, silent=silent, seed=seeds)
def the_order_of_examples_does_not_matter(
    impl: Any, layer: Layer, f: Activation, silent: str, seed: int
) -> None:
    """Shuffling the data changes no moment."""
    x, W, b = layer
    shuffled = np.random.default_rng(seed).permutation(x)
    close_moments(
        impl.contribution_moments(shuffled, W, b, f, silent=silent),
        impl.contribution_moments(x, W, b, f, silent=silent),
    )


@law("contribution_moments", layer=layers(), f=activations, silent=silent, seed=seeds)
def renaming_the_inputs_renames_the_moments(
    impl: Any, layer: Layer, f: Activation, silent: str, seed: int
) -> None:
    """Permuting the inputs, with their weights, permutes the rows of the moments."""
    x, W, b = layer
    order = np.random.default_rng(seed).permutation(len(W))
    mean, std = impl.contribution_moments(x, W, b, f, silent=silent)
    close_moments(
        impl.contribution_moments(x[:, order], W[order], b, f, silent=silent),
        (mean[order], std[order]),
    )


@law(
    "contribution_moments",
    layer=layers(examples=8),
    f=activations,
    silent=st.sampled_from(["zero", "epsilon"]),
    cut=st.integers(1, 7),
)
def the_parts_of_the_data_merge_to_the_whole(
    impl: Any, layer: Layer, f: Activation, silent: str, cut: int
) -> None:
    """Moments of two parts of the data, weighted by their sizes, give those of the whole."""
    x, W, b = layer
    parts = [part for part in (x[:cut], x[cut:]) if len(part)]
    first = second = np.zeros(W.shape)
    for part in parts:
        mean, std = impl.contribution_moments(part, W, b, f, silent=silent)
        first = first + len(part) / len(x) * mean
        second = second + len(part) / len(x) * (np.square(mean) + np.square(std))
    mean, std = impl.contribution_moments(x, W, b, f, silent=silent)
    close(mean, first)
    close(np.square(mean) + np.square(std), second)


powers = st.integers(-8, 8)
BOUNDS = {"float32": (2e-5, 1e-4), "float64": (1e-12, 1e-12)}  # on the mean, and on sigma / rms
FLOOR = {"float32": 1e-30, "float64": 1e-140}  # what is below may become 0


@st.composite
def extreme_layers(draw: st.DrawFn) -> tuple[Array, Array, Array]:
    """x, W and z of any size from 1e-30 to 1e30, and of very different sizes; z is given."""
    dtype = draw(st.sampled_from(["float32", "float64"]))
    n, n_in, n_out = draw(st.integers(1, 4)), draw(st.integers(1, 3)), draw(st.integers(1, 2))

    def sized(shape: tuple[int, int]) -> Array:
        power = draw(st.integers(-30, 30)) + draw(arrays(np.int64, shape, elements=powers))
        size: Array = 10.0 ** np.clip(power, -30, 30)
        return (draw(grid(shape)) * size).astype(dtype)

    x, W = sized((n, n_in)), sized((n_in, n_out))
    with np.errstate(over="ignore", invalid="ignore"):
        z = x @ W + draw(grid((n_out,))).astype(dtype)
    if draw(st.booleans()) or not np.isfinite(z).all():
        z = sized((n, n_out))
    return x, W, z


@law(
    "contribution_moments",
    examples=200,
    layer=extreme_layers(),
    name=st.sampled_from(sorted(oracle.FUNCTIONS)),
    silent=silent,
)
def moments_keep_their_digits_at_every_scale(
    impl: Any, layer: tuple[Array, Array, Array], name: str, silent: str
) -> None:
    """E and sigma are those of 400 digits, for every finite x, W and z, however large or small."""
    x, W, z = layer
    if name in ("sigmoid", "tanh"):
        z = np.clip(z, -700, 700)  # further out exp leaves float64
    b = np.zeros(W.shape[1], W.dtype)
    mean, std = impl.contribution_moments(x, W, b, ACTIVATIONS[name], z=z, silent=silent)
    exact_mean, exact_std = oracle.moments(x, W, z, name, silent)
    rms = np.hypot(exact_mean, exact_std)
    of_mean, of_sigma = BOUNDS[W.dtype.name]
    # With epsilon a silent ReLU divides z - d, whose digits are those of z, by 1e-8.
    at_kink = 1e8 * of_mean * float(np.abs(z).max()) * (silent == "epsilon" and name == "relu")
    floor = FLOOR[W.dtype.name] + at_kink
    assert np.isfinite(mean).all()
    assert np.isfinite(std).all()
    assert (np.abs(mean - exact_mean) <= of_mean * exact_mean + floor).all()
    assert (np.abs(std - exact_std) <= of_sigma * rms + floor).all()
