"""Eq. (1) on a given z to the last digits of float64: no cancellation, no overflow.

The definition subtracts f(z - d) from f(z), with d = x_i w_ij. Where d is small beside z, few
digits of that difference are left, and d itself or 1 / z may leave the range of numbers. For the
functions whose moments have an exact engine the difference is written out instead:

piecewise-linear f, slope s on the side of z and o beyond the kink, with r = d / z:

    abs(f(z) - f(z - d)) / abs(f(z)) = abs(r) for r <= 1, and 1 + o/s (r - 1) beyond the kink;

the sigmoid s, of which s(z) - s(z - d) = s(z) s(d - z) (1 - exp(-d)):

    abs(s(z) - s(z - d)) / s(z) = s(d - z) abs(1 - exp(-d));

and tanh(z) = 2 s(2z) - 1, so that the same with 2d and 2z serves tanh. For any other f this is the
definition, in float64.

The engines use it where their sums would leave the range, or lose the digits, of their dtype.
"""

import numpy as np

from minirelprune.contribution.definition import divisor_in_sums, relative_change
from minirelprune.network.activations import Activation
from minirelprune.support.arrays import Array, Mask

STEEPNESS = {"sigmoid": 1, "tanh": 2}
LARGEST = 1e150  # contributions beyond it count as this: float64 cannot hold their squares
FARTHEST = 498  # the power of 2 at which it is


def exact_contributions(x: Array, w: Array, z: Array, activation: Activation, silent: str) -> Array:
    """Eq. (1) of some weights on some examples, given z; a skipped example counts as 0 here.

    Parameters
    ----------
    x, w, z : finite, any dtypes, of shapes that broadcast with each other: the weight's input, the
        weight, and the pre-activation of its unit.
    activation : f.
    silent : "zero", "skip" or "epsilon".

    Returns
    -------
    float64, finite. For a piecewise-linear f the relative error is at most 1e-15 times the ratio of
    its slopes (at least 1); for the sigmoid and tanh 1e-15 times 16 + abs(z) + abs(d); for any
    other f it is that of `difference`. With "epsilon" a silent ReLU unit whose z - d is next to the
    kink has an absolute error of 1e-15 abs(z) / 1e-8. What is below 1e-290 may become 0, and what
    is beyond 1e150 is 1e150.

    The first weight of three is all of z = 2; the second is tiny; without the third z is -2:

    >>> from minirelprune.network.activations import ACTIVATIONS
    >>> x, w, z = np.ones(3), np.array([2.0, 1e-30, 4.0]), np.array([2.0])
    >>> exact_contributions(x, w, z, ACTIVATIONS["relu"], "zero")
    array([1.e+00, 5.e-31, 1.e+00])
    """
    formula = {"piecewise_linear": _piecewise_linear, "smooth": _smooth}.get(
        activation.engine or ""
    )
    if formula is None:
        return difference(x, w, z, activation, silent)
    x, w, z = (np.asarray(array, np.float64) for array in (x, w, z))
    with np.errstate(all="ignore"):
        c: Array = np.minimum(formula(x, w, z, activation, silent), LARGEST)
    return c


def difference(x: Array, w: Array, z: Array, activation: Activation, silent: str) -> Array:
    """Eq. (1) as printed, in float64: as `exact_contributions`, but for any f.

    The *absolute* error of a contribution c is at most 1e-15 (16 + abs(z) + abs(d)) (1 + c).
    """
    x, w, z = (np.asarray(array, np.float64) for array in (x, w, z))
    with np.errstate(all="ignore"):
        d = np.clip(x * w, -1e300, 1e300)  # f(infinity) may be NaN
        a = activation(z)
        change = relative_change(a, activation(z - d), divisor_in_sums(a, silent))  # Eq. (1)
    c: Array = np.minimum(change, LARGEST)
    return c


def _piecewise_linear(x: Array, w: Array, z: Array, activation: Activation, silent: str) -> Array:
    left, right = np.abs(activation.derivative(np.array([-1.0, 1.0])))
    here, beyond = (np.where(z > 0, *pair) for pair in ((right, left), (left, right)))
    if silent == "epsilon":
        return _piecewise_linear_epsilon(x, w, z, here, beyond, activation)
    r = _scaled_ratio(x, w, z)
    crossed = 1 + beyond / here * np.maximum(r - 1, 0)
    c = np.where(r <= 1, np.abs(r), crossed)
    return np.where((z == 0) | (here == 0), 0.0, c)  # a = 0


def _piecewise_linear_epsilon(
    x: Array, w: Array, z: Array, here: Array, beyond: Array, activation: Activation
) -> Array:
    """With epsilon the size of f(z) matters, and z = 0 counts: it lies on the left."""
    d = np.clip(x * w, -1e300, 1e300)
    distance, to_kink = np.abs(d), np.abs(z)
    crosses = (d * np.where(z > 0, 1, -1) > 0) & (distance > to_kink)
    change = np.where(crosses, here * to_kink + beyond * (distance - to_kink), here * distance)
    return change / divisor_in_sums(activation(z), "epsilon")


def _scaled_ratio(x: Array, w: Array, z: Array) -> Array:
    """x w / z, where x w alone, or 1 / z, may leave the range of float64."""
    (mx, ex), (mw, ew), (mz, ez) = np.frexp(x), np.frexp(w), np.frexp(z)
    ratio: Array = np.ldexp(mx * mw / mz, np.clip(ex + ew - ez, -1100, FARTHEST + 40))
    return ratio


def _smooth(x: Array, w: Array, z: Array, activation: Activation, silent: str) -> Array:
    """The closed form, as two factors near 1 and one exponential, which alone can be extreme.

    abs(1 - exp(-u)) = exp(max(-u, 0)) (1 - exp(-abs(u)))  and  s(t) = exp(min(t, 0)) times
    1 / (1 + exp(-abs(t))).
    """
    steepness = STEEPNESS[activation.name]
    u, y = steepness * np.clip(x * w, -1e300, 1e300), steepness * z
    t = u - y
    moderate = -np.expm1(-np.abs(u)) / (1 + np.exp(-np.abs(t)))
    exponent = np.where(u < 0, np.minimum(-u, -y), np.minimum(t, 0))  # max(-u, 0) + min(t, 0)
    if silent == "epsilon":  # the difference itself, and not relative to f(z)
        change = moderate / (1 + np.exp(-np.abs(y))) * np.exp(exponent + np.minimum(y, 0))
        of_epsilon: Array = steepness * change / divisor_in_sums(activation(z), silent)
        return of_epsilon
    if activation.name == "tanh":  # 2 s(2z) / abs(tanh(z)) = 2 / abs(1 - exp(-2z))
        moderate = 2 * moderate / -np.expm1(-np.abs(y))  # NaN at z = 0, which is silent
        exponent = exponent - np.maximum(-y, 0)
    c = moderate * np.exp(np.minimum(exponent, (FARTHEST + 40) * np.log(2)))
    return np.where(activation(z) == 0, 0.0, c)  # below z = -745 the sigmoid is 0 in float64


def speaks(z: Array, activation: Activation) -> Mask:
    """Whether f(z) is other than 0, in float64: where it is 0 the unit is silent (R2)."""
    alive: Mask = activation(z.astype(np.float64)) != 0
    return alive


def largest(values: Array) -> float:
    """The largest abs of the numbers; 0 of none.

    >>> largest(np.array([0.5, -2.0]))
    2.0
    """
    return max(float(values.max(initial=0)), -float(values.min(initial=0)))
