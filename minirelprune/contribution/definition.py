"""Eq. (1), to the letter: what one weight contributes to the output of its unit.

A unit's output is a = f(z). Without weight (i, j) it would be a_without = f(z - x_i w_ij). The
contribution is the relative change, abs((a - a_without) / a), one number per example. The bias is
part of both outputs (R1), and f is the identity on a last layer (R3).

Where a = 0 the formula divides by zero. Reading R2 has three answers:

"zero"     the example counts, with contribution 0: a silent unit has nothing to lose.
"skip"     the example does not count; here it is NaN, and moments leave it out.
"epsilon"  divide by abs(a) + 1e-8.
"""

from collections.abc import Callable

import numpy as np

from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array

SILENT = ("zero", "skip", "epsilon")
EPSILON = 1e-8

Sums = tuple[Array, Array]  # of Eq. (1) and of its square over examples: (n_in, n_out), float64
Engine = Callable[[Array, Array], Sums]  # prepared for a layer: x and z of some examples -> sums


def relative_change(a: Array, a_without: Array, size: Array) -> Array:
    """Eq. (1): how much an output changes without a weight, relative to its size.

    Parameters
    ----------
    a : the output.
    a_without : the output without the weight, of the shape of a, or one it broadcasts to.
    size : abs(a) as `divisor` gives it, of the shape of a.

    Returns
    -------
    abs(a - a_without) / size, without unit.

    >>> a = np.array([4.0, 0.0])
    >>> relative_change(a, np.array([2.0, 1.0]), divisor(a, "zero"))
    array([0.5, 0. ])
    """
    change: Array = np.abs(a - a_without) / size  # Eq. (1)
    return change


def divisor(a: Array, silent: str) -> Array:
    """The denominator abs(a) of Eq. (1), made safe where a = 0 in the way `silent` says (R2).

    >>> divisor(np.array([-2.0, 0.0]), "skip")
    array([ 2., nan])
    """
    size: Array = np.abs(a)
    if silent == "epsilon":
        return size + size.dtype.type(EPSILON)
    nothing = np.inf if silent == "zero" else np.nan  # c / inf = 0, c / nan = nan
    safe: Array = np.where(size == 0, size.dtype.type(nothing), size)
    return safe


def divisor_in_sums(a: Array, silent: str) -> Array:
    """As `divisor`, for sums over examples: an example that is skipped adds 0."""
    return divisor(a, "zero" if silent == "skip" else silent)


def contribution(
    x: Array,
    W: Array,
    b: Array,
    activation: Activation | str,
    i: int,
    j: int,
    *,
    silent: str = "zero",
) -> Array:
    """The contribution of weight (i, j) on each example, Eq. (1).

    Parameters
    ----------
    x : (N, n_in), the layer's input.
    W : (n_in, n_out), its weights; x and b become the dtype of W, float32 or float64.
    b : (n_out,), its bias; zeros give the printed formula.
    activation : f, or its name; the identity on a last layer.
    i, j : which weight, 0 <= i < n_in and 0 <= j < n_out.
    silent : "zero", "skip" or "epsilon", what to do where a = 0.

    Returns
    -------
    (N,), a relative change, without unit. It is infinite where it leaves the range of the dtype,
    because a is next to 0.

    Raises
    ------
    ValueError : arrays that are not finite or whose shapes do not fit, an unknown name, an i or j
        that is no weight's, or a z beyond float64, with the weight or without it.

    The node of Fig. 2 as an example: three inputs, and the second weight, 1.0, is taken out.

    >>> from minirelprune.network.activations import ACTIVATIONS
    >>> x, W = np.array([[1.0, 2.0, 3.0]]), np.array([[0.5], [1.0], [0.5]])
    >>> contribution(x, W, np.zeros(1), ACTIVATIONS["relu"], 1, 0)  # |(4 - 2) / 4|
    array([0.5])
    """
    x, W, b = layer_arrays(x, W, b)
    f = activation_named(activation)
    checks.one_of("silent", silent, SILENT)
    checks.index("i", i, len(W))
    checks.index("j", j, W.shape[1])
    w_without = W[:, j].copy()
    w_without[i] = 0
    with np.errstate(all="ignore"):
        a = f(pre_activation(x, W[:, j], b[j]))  # (N,)
        a_without = f(pre_activation(x, w_without, b[j]))  # (N,)
        return relative_change(a, a_without, divisor(a, silent))


def contributions(
    x: Array, W: Array, b: Array, activation: Activation | str, *, silent: str = "zero"
) -> Array:
    """The contribution of every weight on every example, Eq. (1) as one tensor.

    Memory grows as N * n_in * n_out: meant for a few examples or a small layer.

    Parameters, without i and j, and errors are as for `contribution`.

    Returns
    -------
    (N, n_in, n_out), a relative change, without unit.

    >>> from minirelprune.network.activations import ACTIVATIONS
    >>> x, W = np.array([[1.0, 2.0, 3.0]]), np.array([[0.5], [1.0], [0.5]])
    >>> contributions(x, W, np.zeros(1), ACTIVATIONS["relu"])[0, :, 0]
    array([0.125, 0.5  , 0.375])
    """
    x, W, b = layer_arrays(x, W, b)
    f = activation_named(activation)
    checks.one_of("silent", silent, SILENT)
    with np.errstate(all="ignore"):
        z = pre_activation(x, W, b)  # (N, n_out)
        z_without = z[:, None, :] - x[:, :, None] * W  # (N, n_in, n_out)
        if not np.isfinite(z_without).all():
            z = z.astype(np.float64)
            z_without = z[:, None, :] - x[:, :, None].astype(np.float64) * W
        checks.finite("z without one weight", z_without)
        a = f(z)
        return relative_change(a[:, None, :], f(z_without), divisor(a, silent)[:, None, :])


def layer_arrays(x: object, W: object, b: object) -> tuple[Array, Array, Array]:
    """x (N, n_in), W (n_in, n_out) and b (n_out,): finite, and of the dtype of W.

    >>> [array.dtype.name for array in layer_arrays([[1.0]], np.ones((1, 1), np.float32), [0])]
    ['float32', 'float32', 'float32']
    """
    weights = convert.numbers("W", W)
    inputs, bias = (convert.numbers(n, v, dtype=weights.dtype) for n, v in (("x", x), ("b", b)))
    checks.layer(inputs, weights, bias)
    if not weights.size:
        raise ValueError(f"W must hold at least one weight, got shape {weights.shape}")
    return inputs, weights, bias


def activation_named(activation: object) -> Activation:
    """The activation itself, or the one that is registered under this name.

    >>> activation_named("relu") is ACTIVATIONS["relu"]
    True
    """
    if isinstance(activation, Activation):
        return activation
    checks.one_of("activation, unless it is an Activation,", activation, ACTIVATIONS)
    return ACTIVATIONS[str(activation)]


def pre_activation(x: Array, W: Array, b: Array) -> Array:
    """z = x @ W + b, of a layer or of one unit, in float64 where it leaves the range of float32."""
    z: Array = x @ W + b
    if not np.isfinite(z).all():
        z = x.astype(np.float64) @ W.astype(np.float64) + b
    checks.finite("x @ W + b", z)
    return z
