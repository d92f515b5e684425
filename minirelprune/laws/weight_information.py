"""Laws of the mutual information of a weight and its unit's output (section 3, R13)."""

import math
from typing import Any

import numpy as np
from hypothesis import strategies as st

from minirelprune.laws.information import counted_entropy
from minirelprune.laws.inputs import Layer, activations, close, layers, names, seeds
from minirelprune.laws.law import law
from minirelprune.laws.network import problem
from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.support.arrays import Array

LN2 = math.log(2)
readings = st.sampled_from(["literal", "mask", "mask_given_input", "contribution"])
bins = st.integers(1, 8)
shares = st.integers(2, 8).flatmap(lambda k: st.tuples(st.just(k), st.integers(1, k - 1)))


def outputs(layer: Layer, f: Activation) -> tuple[Array, Array]:
    """a (N, 1, n_out) and a_without (N, n_in, n_out)."""
    z = layer.z[:, None, :]
    return f(z), f(z - layer.x[:, :, None] * layer.W)


@law("weight_information", layer=layers(), bins=bins)
def a_weight_that_does_not_vary_tells_nothing(impl: Any, layer: Layer, bins: int) -> None:
    """To the letter I(a; w) is exactly 0 for every weight."""
    information = impl.weight_information(*layer, ACTIVATIONS["relu"], bins=bins, reading="literal")
    assert information.shape == layer.W.shape
    assert not information.any()


@law("weight_information", layer=layers(examples=8), f=activations, examples=50)
def the_mask_reading_is_the_jensen_shannon_divergence(
    impl: Any, layer: Layer, f: Activation
) -> None:
    """With a bin for each a, I(a; m) = H(both together) - H(with w) / 2 - H(without w) / 2."""
    a, a_without = outputs(layer, f)
    n = len(a)
    information = impl.weight_information(*layer, f, bins=n)
    for i, j in np.ndindex(layer.W.shape):
        p, q = a[:, 0, j].tolist(), a_without[:, i, j].tolist()
        expected = counted_entropy(p + q) - counted_entropy(p) / 2 - counted_entropy(q) / 2
        # Values that a never takes may share a bin: no entropy is lost, as m is known there.
        close(information[i, j], expected)


@law("weight_information", layer=layers(), f=activations)
def the_mask_shows_unless_the_output_stays(impl: Any, layer: Layer, f: Activation) -> None:
    """I(a; m given x) = ln 2 times the share of examples in which a != a_without."""
    a, a_without = outputs(layer, f)
    information = impl.weight_information(*layer, f, bins=4, reading="mask_given_input")
    close(information, LN2 * (a != a_without).mean(axis=0))


@law("weight_information", layer=layers(examples=12), f=activations, bins=bins, examples=50)
def knowing_the_input_never_tells_less(impl: Any, layer: Layer, f: Activation, bins: int) -> None:
    """0 <= I(a; m) <= I(a; m given x) <= ln 2, with any bins: a coin is one bit."""
    mask = impl.weight_information(*layer, f, bins=bins)
    given = impl.weight_information(*layer, f, bins=bins, reading="mask_given_input")
    assert (mask >= 0).all()
    assert (mask <= given + 1e-12).all()
    assert (given <= LN2 + 1e-12).all()


@law("weight_information", share=shares, b=st.integers(-8, 8))
def a_uniform_output_shifted_by_delta_tells_delta_ln_2(
    impl: Any, share: tuple[int, int], b: int
) -> None:
    """If the weight shifts an output that is uniform on an interval of length 1, I = delta ln 2."""
    k, shifted = share
    n, delta = 2 * k, shifted / k
    u = (np.arange(n) + 0.5) / n
    x, W = np.stack([u, np.ones(n)], axis=1), np.array([[1.0], [delta]])
    information = impl.weight_information(x, W, np.array([b / 8]), ACTIVATIONS["identity"], bins=k)
    close(information[1, 0], delta * LN2)


@law("weight_information", share=shares, b=st.integers(-8, 8))
def a_uniform_output_scaled_by_c_tells_what_the_formula_says(
    impl: Any, share: tuple[int, int], b: int
) -> None:
    """If U(0, 1) is U(0, c) without it, 2 I = c ln(2c/(1+c)) + (1-c) ln 2 + ln(2/(1+c))."""
    k, left = share
    n, c = 2 * k * left, left / k
    u = (np.arange(n) + 0.5) / n
    x, W = np.stack([u, u], axis=1), np.array([[c], [1 - c]])
    information = impl.weight_information(x, W, np.array([b / 8]), ACTIVATIONS["identity"], bins=k)
    twice = c * math.log(2 * c / (1 + c)) + (1 - c) * LN2 + math.log(2 / (1 + c))
    close(information[1, 0], twice / 2)


@law(
    "weight_information", "mutual_information", layer=layers(examples=12), f=activations, bins=bins,
    examples=50,
)  # fmt: skip
def the_contribution_reading_is_that_of_a_and_x_w(
    impl: Any, layer: Layer, f: Activation, bins: int
) -> None:
    """I(a; x_i w_ij) is the mutual information of those two columns of numbers."""
    x, W, _ = layer
    a = f(layer.z)
    information = impl.weight_information(*layer, f, bins=bins, reading="contribution")
    for i, j in np.ndindex(W.shape):
        close(information[i, j], impl.mutual_information(a[:, j], x[:, i] * W[i, j], bins=bins))


@law("weight_information", layer=layers(), f=activations, bins=bins, reading=readings, examples=50)
def a_zero_weight_tells_nothing(
    impl: Any, layer: Layer, f: Activation, bins: int, reading: str
) -> None:
    """A weight of 0 has exactly 0 mutual information, in every reading."""
    layer.W[0] = 0
    assert not impl.weight_information(*layer, f, bins=bins, reading=reading)[0].any()


@law(
    "weight_information",
    layer=layers(),
    f=activations,
    bins=bins,
    reading=readings,
    seed=seeds,
    examples=50,
)
def shuffling_the_examples_changes_no_information(
    impl: Any, layer: Layer, f: Activation, bins: int, reading: str, seed: int
) -> None:
    """The order of the examples does not matter, in any reading."""
    x, W, b = layer
    shuffled = np.random.default_rng(seed).permutation(x)
    before = impl.weight_information(x, W, b, f, bins=bins, reading=reading)
    close(impl.weight_information(shuffled, W, b, f, bins=bins, reading=reading), before)


@law(
    "MLP", "MutualInformation", "weight_information",
    seed=seeds, name=names, bins=bins, reading=readings, examples=25,
)  # fmt: skip
def the_criterion_scores_by_it_layer_by_layer(
    impl: Any, seed: int, name: str, bins: int, reading: str
) -> None:
    """MutualInformation scores each layer by `weight_information`, the last as a linear one."""
    net, x, _ = problem(impl, seed, (4, 3, 2, 3), name)
    masks = [np.ones(W.shape, np.bool_) for W in net.weights]
    criterion = impl.MutualInformation(reading=reading, bins=bins)
    scores = criterion.scores(net, x, rng=np.random.default_rng(0), masks=masks)
    fs = [ACTIVATIONS[name], ACTIVATIONS[name], ACTIVATIONS["identity"]]
    for l, (a, _) in enumerate(net.forward(x)):
        layer = (a, net.weights[l], net.biases[l], fs[l])
        close(scores[l], impl.weight_information(*layer, bins=bins, reading=reading))
