"""The activation functions of section 4, their derivatives, and where they are blind (Fig. 1).

An activation is blind where its derivative is zero: there a change of z, such as the loss of
one weight, leaves the output where it was (section 2.1).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from minirelprune.support.arrays import Array

Interval = tuple[float, float]

LEAK = 0.01  # the slope of leaky ReLU below 0, torch's default


@dataclass(frozen=True)
class Activation:
    """An activation function f, elementwise.

    Parameters
    ----------
    name : the key in `ACTIVATIONS`.
    f, slope : z -> f(z) and z -> f'(z); shapes are kept, and so is the dtype.
    blind : tolerance -> the closed intervals of z where abs(f'(z)) <= tolerance.
    homogeneous : whether f(c z) = c f(z) for every c > 0 (the piecewise-linear ones).

    >>> relu = ACTIVATIONS["relu"]
    >>> relu(np.array([-1.0, 2.0])), relu.derivative(np.array([-1.0, 2.0]))
    (array([0., 2.]), array([0., 1.]))
    """

    name: str
    f: Callable[[Array], Array] = field(repr=False)
    slope: Callable[[Array], Array] = field(repr=False)
    blind: Callable[[float], list[Interval]] = field(repr=False)
    homogeneous: bool = field(default=False, repr=False)

    def __call__(self, z: Array) -> Array:
        """f(z), of the shape of z."""
        return self.f(z)

    def derivative(self, z: Array) -> Array:
        """f'(z), of the shape of z; at a kink the derivative from the left, as in torch."""
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
        ValueError : the tolerance is negative or not a number.

        >>> ACTIVATIONS["relu"].blind_range()
        [(-inf, 0.0)]
        >>> ACTIVATIONS["sigmoid"].blind_range()
        []
        >>> [(low, high)] = ACTIVATIONS["tanh"].blind_range(0.01)[1:]
        >>> round(low, 3), high
        (2.993, inf)
        """
        if not tolerance >= 0:
            raise ValueError(f"tolerance must be >= 0, got {tolerance!r}")
        return self.blind(tolerance)


def _sigmoid(z: Array) -> Array:
    # e^-|z| cannot overflow: 1 / (1 + e) above 0, e / (1 + e) below.
    e = np.exp(-np.abs(z))
    sigmoid: Array = np.where(z >= 0, 1, e) / (1 + e)
    return sigmoid


def _sigmoid_slope(z: Array) -> Array:
    e = np.exp(-np.abs(z))
    slope: Array = e / np.square(1 + e)
    return slope


def _everywhere_once(slope: float) -> Callable[[float], list[Interval]]:
    return lambda tolerance: [(-np.inf, np.inf)] if tolerance >= slope else []


def _left_of_zero_once(left: float) -> Callable[[float], list[Interval]]:
    def blind(tolerance: float) -> list[Interval]:
        if tolerance >= 1:
            return [(-np.inf, np.inf)]
        return [(-np.inf, 0.0)] if tolerance >= left else []

    return blind


def _two_tails(
    edge: Callable[[float], float], steepest: float
) -> Callable[[float], list[Interval]]:
    def blind(tolerance: float) -> list[Interval]:
        if tolerance >= steepest:
            return [(-np.inf, np.inf)]
        z = edge(tolerance) if tolerance > 0 else np.inf
        return [(-np.inf, -z), (z, np.inf)] if np.isfinite(z) else []

    return blind


def _sigmoid_edge(tolerance: float) -> float:
    # s (1 - s) = t has the roots s = (1 +- sqrt(1 - 4t)) / 2, and z = ln(s / (1 - s)).
    root = np.sqrt(1 - 4 * tolerance)
    return float(2 * np.log1p(root) - np.log(4 * tolerance))


def _tanh_edge(tolerance: float) -> float:
    # 1 - tanh(z)^2 = t at tanh(z) = sqrt(1 - t), and artanh(r) = ln((1 + r)^2 / (1 - r^2)) / 2.
    return float(np.log1p(np.sqrt(1 - tolerance)) - np.log(tolerance) / 2)


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Activation(
            "relu",
            f=lambda z: np.maximum(z, 0),
            slope=lambda z: (z > 0).astype(z.dtype),
            blind=_left_of_zero_once(0.0),
            homogeneous=True,
        ),
        Activation(
            "leaky_relu",
            f=lambda z: np.maximum(z, LEAK * z),
            slope=lambda z: np.where(z > 0, 1, LEAK).astype(z.dtype),
            blind=_left_of_zero_once(LEAK),
            homogeneous=True,
        ),
        Activation(
            "sigmoid", f=_sigmoid, slope=_sigmoid_slope, blind=_two_tails(_sigmoid_edge, 0.25)
        ),
        Activation(
            "tanh",
            f=np.tanh,
            slope=lambda z: 1 - np.square(np.tanh(z)),
            blind=_two_tails(_tanh_edge, 1.0),
        ),
        Activation(
            "identity",
            f=np.positive,
            slope=np.ones_like,
            blind=_everywhere_once(1.0),
            homogeneous=True,
        ),
    )
}
