"""Laws of the contribution function, Eq. (1)."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from minirelprune.laws.inputs import Layer, activations, close, homogeneous, layers, silent
from minirelprune.laws.law import law
from minirelprune.network.activations import ACTIVATIONS, Activation

zeros_only = ("zero", "epsilon")


@law("contributions", layer=layers(), f=activations, silent=st.sampled_from(zeros_only))
def a_zero_weight_contributes_nothing(impl: Any, layer: Layer, f: Activation, silent: str) -> None:
    """A weight of 0 contributes 0, whatever the unit does."""
    layer.W[0] = 0
    assert not impl.contributions(*layer, f, silent=silent)[:, 0].any()


@law("contributions", layer=layers())
def what_stays_in_the_blind_range_contributes_nothing(impl: Any, layer: Layer) -> None:
    """Where z and z without the weight are both in ReLU's blind range, the contribution is 0."""
    f = ACTIVATIONS["relu"]
    c = impl.contributions(*layer, f, silent="zero")
    without = layer.z[:, None, :] - layer.x[:, :, None] * layer.W
    assert not c[(layer.z[:, None, :] <= 0) & (without <= 0)].any()


@law("contributions", layer=layers(bias=False), f=homogeneous, power=st.integers(-3, 3))
def scaling_the_weights_changes_no_contribution(
    impl: Any, layer: Layer, f: Activation, power: int
) -> None:
    """For positive-homogeneous f without bias, contribution(c W) = contribution(W), c > 0."""
    x, W, b = layer
    close(impl.contributions(x, 2.0**power * W, b, f), impl.contributions(x, W, b, f))


@law("contributions", layer=layers(bias=False))
def the_signed_parts_of_a_linear_unit_sum_to_its_output(impl: Any, layer: Layer) -> None:
    """For linear f without bias, x_i w_ij / a_j is the signed contribution; the parts sum to a."""
    parts = layer.x[:, :, None] * layer.W  # (N, n_in, n_out)
    a = layer.z
    c = impl.contributions(*layer, ACTIVATIONS["identity"], silent="zero")
    close((np.sign(parts) * c).sum(axis=1) * np.abs(a), a)


@law("contributions", layer=layers())
def a_sigmoid_changes_by_at_most_exp_of_the_input(impl: Any, layer: Layer) -> None:
    """For the sigmoid, abs(1 - a_without / a) <= exp(abs(x w)) - 1."""
    bound = np.expm1(np.abs(layer.x[:, :, None] * layer.W))
    c = impl.contributions(*layer, ACTIVATIONS["sigmoid"])
    assert (c <= bound * (1 + 1e-9) + 1e-12).all()


@law("contributions", layer=layers(), f=activations, silent=silent)
def contributions_are_eq_1(impl: Any, layer: Layer, f: Activation, silent: str) -> None:
    """Every entry is abs((a - a_without) / a), with the sum over n != i written out."""
    x, W, b = layer
    c = impl.contributions(*layer, f, silent=silent)
    for n, i, j in np.ndindex(c.shape):
        z = sum(x[n, k] * W[k, j] for k in range(len(W))) + b[j]
        z_without = sum(x[n, k] * W[k, j] for k in range(len(W)) if k != i) + b[j]
        a, a_without = f(np.array([z, z_without]))
        if silent == "epsilon":
            expected = abs(a - a_without) / (abs(a) + 1e-8)
        elif a == 0:
            expected = 0 if silent == "zero" else np.nan
        else:
            expected = abs((a - a_without) / a)  # Eq. (1)
        close(c[n, i, j], expected)


@law("contribution", "contributions", layer=layers(), f=activations, silent=silent)
def one_weight_and_all_weights_agree(impl: Any, layer: Layer, f: Activation, silent: str) -> None:
    """`contribution` of (i, j) is column (i, j) of `contributions`."""
    c = impl.contributions(*layer, f, silent=silent)
    for i, j in np.ndindex(layer.W.shape):
        close(impl.contribution(*layer, f, i, j, silent=silent), c[:, i, j])
