"""The activation functions, their derivatives, and where they are blind (section 2.1, Fig. 1).

An activation is blind where its derivative is zero: there a change of z, such as the loss of
one weight, leaves the output where it was (section 2.1).

The paper uses ReLU, leaky ReLU, the sigmoid and tanh (section 4). A new activation is one
statement, and works with every criterion, table and law:

    ACTIVATIONS["sine"] = Activation("sine", f=np.sin, slope=np.cos)
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from minirelprune.network import blind_intervals
from minirelprune.network.blind_intervals import Blind, Interval
from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array

LEAK = 0.01  # the slope of leaky ReLU below 0, torch's default
ENGINES = ("piecewise_linear", "smooth", None)


@dataclass(frozen=True)
class Activation:
    """An activation function f, elementwise.

    Called with z of any shape, it gives f(z). Whole numbers and lists become float64 first, and
    float16 becomes float32. Infinity and NaN go to f and f' as they are: formulas rely on f of
    infinity, and what NaN gives is up to f and f'.

    Parameters
    ----------
    name : the key in `ACTIVATIONS`.
    f, slope : z -> f(z) and z -> f'(z); shapes are kept, and so is the dtype.
    blind : tolerance -> the closed intervals of z where abs(f'(z)) <= tolerance, disjoint and in
        rising order. None if they are not known in closed form.
    engine : how the moments of Eq. (1) are computed fast and exactly. "piecewise_linear" is for an
        f that is linear on either side of 0, with f(0) = 0; "smooth" for the sigmoid and tanh;
        None for every other f: then the "column" engine serves.

    Raises
    ------
    ValueError : a name that is no string, an f, slope or blind that is no function, or an unknown
        engine; in a call, a z that is not real numbers, such as strings.

    Source: section 4 of the paper for the first four; the derivatives agree with torch's autograd.

    >>> relu = ACTIVATIONS["relu"]
    >>> relu(np.array([-1.0, 2.0])), relu.derivative(np.array([-1.0, 2.0]))
    (array([0., 2.]), array([0., 1.]))
    """

    name: str
    f: Callable[[Array], Array] = field(repr=False)
    slope: Callable[[Array], Array] = field(repr=False)
    blind: Blind | None = field(default=None, repr=False)
    engine: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        checks.instance("name", self.name, str, "'sine'")
        checks.function("f", self.f, none_allowed=False)
        checks.function("slope", self.slope, none_allowed=False)
        checks.function("blind", self.blind)
        checks.one_of("engine", self.engine, ENGINES)

    def __call__(self, z: Array) -> Array:
        """f(z), as for `derivative`."""
        z = convert.elements("z", z)
        with np.errstate(all="ignore"):
            return self.f(z)

    def derivative(self, z: Array) -> Array:
        """f'(z), at a kink the derivative from the left, as in torch; z is as for `is_blind`.

        Returns
        -------
        Of the shape of z.
        """
        z = convert.elements("z", z)
        with np.errstate(all="ignore"):
            return self.slope(z)

    def blind_range(self, tolerance: float = 0.0) -> list[Interval]:
        """The closed intervals of z where abs(f'(z)) <= tolerance (section 2.1, Fig. 1).

        Parameters
        ----------
        tolerance : the largest slope that still counts as blind, >= 0.

        Returns
        -------
        Disjoint (low, high) pairs in rising order; empty where f is nowhere that flat.

        Raises
        ------
        ValueError : the tolerance is negative or not a number, or f has no closed form.

        >>> ACTIVATIONS["relu"].blind_range()
        [(-inf, 0.0)]
        >>> ACTIVATIONS["sigmoid"].blind_range()
        []
        >>> [(low, high)] = ACTIVATIONS["tanh"].blind_range(0.01)[1:]
        >>> round(low, 3), high
        (2.993, inf)
        """
        tolerance = blind_intervals.tolerance_of(tolerance)
        if self.blind is None:
            raise ValueError(
                f"activation must have a closed form of its blind range, got {self.name!r}, "
                "which has none; is_blind(z, tolerance) answers for given z"
            )
        with np.errstate(all="ignore"):
            return self.blind(tolerance)

    def is_blind(self, z: Array, tolerance: float = 0.0) -> NDArray[np.bool_]:
        """Whether abs(f'(z)) <= tolerance, for each z (section 2.1).

        By the closed form if f has one. Otherwise the slope is computed in float64 and compared.

        Parameters
        ----------
        z : any shape, as in a call; by the closed form NaN is not blind.
        tolerance : the largest slope that still counts as blind, >= 0.

        Returns
        -------
        Booleans, of the shape of z.

        Raises
        ------
        ValueError : z is not real numbers, or the tolerance is negative or not a number.

        >>> ACTIVATIONS["relu"].is_blind(np.array([-1.0, 0.0, 2.0]))
        array([ True,  True, False])
        >>> ACTIVATIONS["gelu"].is_blind(np.array([-9.0, 0.0, 9.0]), 0.01)
        array([ True, False, False])
        """
        tolerance, z = blind_intervals.tolerance_of(tolerance), convert.elements("z", z)
        with np.errstate(all="ignore"):
            if self.blind is not None:
                return blind_intervals.contain(self.blind(tolerance), z)
            # float32 slopes underflow to 0 where the exact ones are small, but not 0.
            flat: NDArray[np.bool_] = np.abs(self.slope(z.astype(np.float64))) <= tolerance
            return flat


def _sigmoid(z: Array) -> Array:
    # e^-|z| cannot overflow: 1 / (1 + e) above 0, e / (1 + e) below.
    e = np.exp(-np.abs(z))
    sigmoid: Array = np.where(z >= 0, 1, e) / (1 + e)
    return sigmoid


def _sigmoid_slope(z: Array) -> Array:
    e = np.exp(-np.abs(z))
    slope: Array = e / np.square(1 + e)
    return slope


def _gelu_slope(z: Array) -> Array:
    density = np.exp(-np.square(z) / 2) / math.sqrt(2 * math.pi)
    slope: Array = ndtr(z) + z * density
    return slope


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Activation(
            "relu",
            f=lambda z: np.maximum(z, 0),
            slope=lambda z: (z > 0).astype(z.dtype),
            blind=blind_intervals.left_of_zero(0.0),
            engine="piecewise_linear",
        ),
        Activation(
            "leaky_relu",
            f=lambda z: np.maximum(z, LEAK * z),
            slope=lambda z: np.where(z > 0, 1, LEAK).astype(z.dtype),
            blind=blind_intervals.left_of_zero(LEAK),
            engine="piecewise_linear",
        ),
        Activation(
            "sigmoid",
            f=_sigmoid,
            slope=_sigmoid_slope,
            blind=blind_intervals.two_tails(blind_intervals.sigmoid_edge, 0.25),
            engine="smooth",
        ),
        Activation(
            "tanh",
            f=np.tanh,
            slope=lambda z: 1 - np.square(np.tanh(z)),
            blind=blind_intervals.two_tails(blind_intervals.tanh_edge, 1.0),
            engine="smooth",
        ),
        # Not in the paper: z Phi(z), with the normal distribution, and z times the sigmoid.
        Activation("gelu", f=lambda z: z * ndtr(z), slope=_gelu_slope),
        Activation(
            "silu",
            f=lambda z: z * _sigmoid(z),
            slope=lambda z: _sigmoid(z) * (1 + z * _sigmoid(-z)),
        ),
        Activation(
            "identity",
            f=np.positive,
            slope=np.ones_like,
            blind=blind_intervals.everywhere_or_nowhere(1.0),
            engine="piecewise_linear",
        ),
    )
}
