"""Laws of the mean and the standard deviation of Eq. (1) over a data set."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from minirelprune.contribution.definition import contributions
from minirelprune.laws.inputs import Layer, activations, close, layers, seeds, silent
from minirelprune.laws.law import law
from minirelprune.network.activations import Activation
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
