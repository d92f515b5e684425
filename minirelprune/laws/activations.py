"""Laws of the activation functions and their blind ranges (section 2.1, Fig. 1)."""

from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from minirelprune.laws.inputs import close, known, names, names_with_closed_form, smooth_at
from minirelprune.laws.law import law


@law("ACTIVATIONS", name=names, z=st.floats(-30, 30))
def the_derivative_is_the_slope(impl: Any, name: str, z: float) -> None:
    """f'(z) is the central difference of f, where f' and f'' do not jump."""
    known(impl, name)
    f, at, h = impl.ACTIVATIONS[name], np.array([z]), 1e-5
    assume(smooth_at(f, at, h).all())
    slope = (f(at + h) - f(at - h)) / (2 * h)
    close(f.derivative(at), slope, rtol=1e-6, atol=1e-9)  # h^2 f''' / 6, and rounding / h


@law("ACTIVATIONS", name=names_with_closed_form, z=st.floats(-30, 30), tolerance=st.floats(0, 1.2))
def the_blind_range_is_where_f_is_flat(impl: Any, name: str, z: float, tolerance: float) -> None:
    """Where blind_range is known, z is in blind_range(t) exactly where abs(f'(z)) <= t."""
    known(impl, name)
    f = impl.ACTIVATIONS[name]
    slope = abs(f.derivative(np.array([z])).item())
    assume(slope == tolerance or abs(slope - tolerance) > 1e-9 * max(slope, 1e-6))
    inside = any(low <= z <= high for low, high in f.blind_range(tolerance))
    # In the last 1e-15 of a saturated tail 1 - f(z)^2 rounds to 0, and f is flat to the eye.
    assert inside == (slope <= tolerance) or slope < 1e-15


@law("ACTIVATIONS", name=names_with_closed_form, tolerance=st.floats(1e-6, 0.9))
def at_an_edge_of_the_blind_range_the_slope_is_the_tolerance(
    impl: Any, name: str, tolerance: float
) -> None:
    """The intervals rise, and where one ends abs(f') is the tolerance, or f' jumps."""
    known(impl, name)
    f = impl.ACTIVATIONS[name]
    edges = np.array(f.blind_range(tolerance)).ravel()
    assert (np.diff(edges) > 0).all()
    z = edges[np.isfinite(edges)]
    z = z[smooth_at(f, z, 1e-6)]
    close(np.abs(f.derivative(z)), np.full(len(z), tolerance), rtol=1e-9)  # 1e-16 of 1, over 1e-6
