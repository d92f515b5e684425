"""What a network is made of, checked: sizes, activation, dtype, and the arrays of a file."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array

DTYPES = ("float32", "float64")


def sizes_of(layer_sizes: object) -> tuple[int, ...]:
    """Units per layer, inputs first: two whole numbers >= 1 or more."""
    given = layer_sizes.tolist() if isinstance(layer_sizes, np.ndarray) else layer_sizes
    if not isinstance(given, list | tuple | range):
        raise ValueError(f"layer_sizes must be whole numbers, inputs first, got {layer_sizes!r}")
    sizes = tuple(given)
    if len(sizes) < 2:
        raise ValueError(f"layer_sizes must name inputs and outputs at least, got {sizes}")
    for size in sizes:
        checks.whole("layer_sizes", size, minimum=1)
    return tuple(int(size) for size in sizes)


def wholes(name: str, value: object, length: int | None = None) -> tuple[int, ...]:
    """Whole numbers >= 1: so many of them, or at least one."""
    given = value.tolist() if isinstance(value, np.ndarray) else value
    if not isinstance(given, list | tuple) or not given or len(given) != (length or len(given)):
        wanted = f"{length} whole numbers" if length else "one whole number or more"
        raise ValueError(f"{name} must be {wanted}, each >= 1, got {value!r}")
    for one in given:
        checks.whole(name, one, minimum=1)
    return tuple(int(one) for one in given)


def name_of(activation: object) -> str:
    """The key in `ACTIVATIONS` of an activation, or of a key."""
    if isinstance(activation, Activation):
        keys = [key for key, f in ACTIVATIONS.items() if f == activation]
        if not keys:
            raise ValueError(f"activation must be registered in ACTIVATIONS, got {activation!r}")
        return keys[0]
    checks.one_of("activation", activation, ACTIVATIONS)
    return str(activation)


def dtype_of(dtype: object) -> np.dtype[Any]:
    """float32 or float64, in the byte order of this machine."""
    try:
        name = np.dtype(dtype).name if dtype is not None else "None"  # type: ignore[call-overload]
    except TypeError:
        name = repr(dtype)
    checks.one_of("dtype", name, DTYPES)
    return np.dtype(name)


def parameters_of(
    shapes: Sequence[tuple[int, int]], arrays: Mapping[str, NDArray[Any]]
) -> tuple[list[Array], list[Array]]:
    """The weights and the biases among the arrays of a file, as copies to be changed in place.

    They are W0, b0, W1, b1 and so on, finite, of one dtype, and of these shapes. Nothing is
    allocated before that is known.
    """
    given = {name for name in arrays if re.fullmatch(r"[Wb]\d+", name)}
    wanted = [f"{letter}{l}" for l in range(len(shapes)) for letter in "Wb"]
    if given != set(wanted):
        raise ValueError(
            f"{len(shapes)} layers must come with the arrays {', '.join(wanted)}, "
            f"got {', '.join(sorted(given)) or 'none'}"
        )
    dtype = dtype_of(arrays["W0"].dtype)
    parameters = []
    for name in wanted:
        if arrays[name].dtype.newbyteorder("=") != dtype:
            raise ValueError(f"{name} must be of dtype {dtype} as W0 is, got {arrays[name].dtype}")
    for l, (n_in, n_out) in enumerate(shapes):
        for name, shape in ((f"W{l}", (n_in, n_out)), (f"b{l}", (n_out,))):
            parameters.append(convert.numbers(name, arrays[name], shape).copy())
    return parameters[::2], parameters[1::2]


def chained(weights: object, biases: object) -> tuple[tuple[int, ...], dict[str, Array]]:
    """The sizes of layers that feed each other, and their arrays, W0, b0 and so on, of one dtype.

    Parameters
    ----------
    weights, biases : (n_in, n_out) and (n_out,) of each layer, inputs first.
    """
    given = checks.sequence("weights", weights)
    arrays: dict[str, Array] = {}
    sizes: list[int] = []
    for l, (W, b) in enumerate(
        zip(given, checks.sequence("biases", biases, len(given)), strict=True)
    ):
        n_in = sizes[-1] if sizes else "n_in"
        arrays[f"W{l}"] = convert.numbers(f"weights[{l}]", W, (n_in, "n_out"))
        sizes = [*(sizes or arrays["W0"].shape[:1]), arrays[f"W{l}"].shape[1]]
        arrays[f"b{l}"] = convert.numbers(f"biases[{l}]", b, (sizes[-1],))
    dtype = np.result_type(*arrays.values())
    arrays = {name: array.astype(dtype, copy=False) for name, array in arrays.items()}
    return sizes_of(sizes), arrays
