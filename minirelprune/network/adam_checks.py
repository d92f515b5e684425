"""What Adam may be given: its settings, the parameters it changes, and gradients."""

import math
from collections.abc import Sequence
from numbers import Real
from typing import Any

import numpy as np

from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array


def settings_of(
    learning_rate: float, betas: Sequence[float], epsilon: float, dtype: np.dtype[Any]
) -> tuple[float, tuple[float, float], float]:
    """The learning rate, the betas and epsilon as Python's floats, once they are in range."""
    checks.positive("learning_rate", learning_rate)
    checks.positive("epsilon", epsilon)
    pair = betas.tolist() if isinstance(betas, np.ndarray) else betas
    if not isinstance(pair, list | tuple) or len(pair) != 2 or not all(map(_decays, pair)):
        raise ValueError(f"betas must be two numbers in [0, 1), got {betas!r}")
    beta1, beta2 = float(pair[0]), float(pair[1])
    low, high = float(np.finfo(dtype).tiny), float(np.finfo(dtype).max)
    # What the dtype rounds to 0 or to infinity would move p by nothing, by 0 / 0 or by infinity.
    for name, value, most in (
        ("learning_rate", learning_rate, high * (1 - beta1)),  # a step divides it by 1 - beta1^t
        ("epsilon", epsilon, high),
    ):
        if not low <= value <= most:
            raise ValueError(f"{name} must be in [{low:.3g}, {most:.3g}] in {dtype}, got {value!r}")
    return float(learning_rate), (beta1, beta2), float(epsilon)


def _decays(beta: object) -> bool:
    return isinstance(beta, Real) and not isinstance(beta, bool) and 0 <= float(beta) < 1


def check_parameter(name: str, p: object) -> None:
    """An array that can be changed in place, piece by piece."""
    if not isinstance(p, np.ndarray) or isinstance(p, np.ma.MaskedArray | np.matrix):
        raise ValueError(
            f"{name} must be a NumPy array, as it is changed in place, got a {type(p).__name__}"
        )
    if p.dtype not in (np.float32, np.float64):
        raise ValueError(f"{name} must be of dtype float32 or float64, got {p.dtype}")
    if not p.flags.c_contiguous:
        raise ValueError(f"{name} must be a C-contiguous array, got a strided view")
    if not p.flags.writeable:
        raise ValueError(f"{name} must be an array that can be changed, got a read-only one")


def gradient_of(name: str, g: object, p: Array) -> Array:
    """A gradient by p, of its shape and dtype."""
    array = convert.elements(name, g, p.dtype)
    checks.shape(name, array.shape, p.shape)
    return array


def check_squares(gradients: dict[str, Array]) -> None:
    """Gradients whose squares are finite, and so they themselves."""
    with np.errstate(all="ignore"):
        for name, g in gradients.items():
            flat = g.reshape(-1)
            if not math.isfinite(np.dot(flat, flat)):  # one fast pass
                wrong = flat[~np.isfinite(flat * flat)]
                if wrong.size:  # none where finite squares sum to infinity
                    raise FloatingPointError(
                        f"{name} and its square must be finite, got {wrong[0]}"
                    )
