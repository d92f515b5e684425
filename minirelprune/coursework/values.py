"""What a function gave, as the laws expect it: lists become arrays where the library has them."""

import inspect
from collections.abc import Callable
from numbers import Integral
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import numpy as np

from minirelprune.coursework.channel.data import generator_of, seed_of
from minirelprune.support.arrays import Array

LONGEST = 400  # characters of a value that are shown


def returned_by(function: Any) -> Any:
    """The type that a function of the library gives, or None where that is not said."""
    try:
        hints = get_type_hints(function.__call__ if hasattr(function, "engine") else function)
    except (TypeError, NameError):
        return None
    return hints.get("return")


def as_hinted(hint: Any, value: Any) -> Any:
    """The value, as the type says: array for list, float for a NumPy number.

    A value of another kind is given back as it is; the law will say what is wrong with it.
    """
    origin, inside = get_origin(hint), get_args(hint)
    if origin is np.ndarray or isinstance(hint, TypeVar):
        return _array(value)
    if hint is float:
        return float(value) if np.ndim(value) == 0 and _is_number(value) else value
    if hint is int:
        return int(value) if isinstance(value, Integral) and not isinstance(value, bool) else value
    if origin is list and _is_sequence(value):
        return [as_hinted(inside[0], one) for one in value]
    if origin is tuple and _is_sequence(value) and len(value) == len(inside):
        return tuple(as_hinted(one, part) for one, part in zip(inside, value, strict=True))
    if hasattr(hint, "_fields") and _is_sequence(value) and len(value) == len(hint._fields):
        return hint(*(_array(part) for part in value))
    return value


def wanted_instead(hint: Any, value: Any) -> str:
    """What should be there, if the value is not at all what the type says; "" if it may be."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is np.ndarray or hint is float or isinstance(hint, TypeVar):
        return "" if _is_number(value) else "a number" if hint is float else "an array"
    if origin is tuple or hasattr(hint, "_fields"):
        length = len(inside or hint._fields)
        return "" if isinstance(value, tuple) and len(value) == length else f"{length} values"
    if origin is list:
        return "" if isinstance(value, list) else "a list"
    return ""


def _is_sequence(value: Any) -> bool:
    return isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _is_number(value: Any) -> bool:
    return isinstance(value, bool | int | float | np.generic | np.ndarray)


def _array(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        return value
    try:
        array: Array = np.asarray(value)
    except ValueError:  # of lists of different lengths
        return value
    return array if array.dtype.kind in "biuf" else value


def copied(value: Any) -> Any:
    """A copy of what may be changed in place; networks and functions are what they are."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, list):
        return [copied(one) for one in value]
    if isinstance(value, dict):
        return {key: copied(one) for key, one in value.items()}
    if isinstance(value, tuple):
        parts = [copied(one) for one in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if isinstance(value, np.random.Generator):
        return generator_of(seed_of(value))
    return value.copy() if type(value).__name__ == "MLP" else value


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal but for rounding."""
    if isinstance(one, dict | list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    try:
        return np.shape(one) == np.shape(other) and bool(
            np.allclose(one, other, rtol=1e-9, atol=1e-11, equal_nan=True)
        )
    except (TypeError, ValueError):
        return type(one).__name__ == type(other).__name__


def text_of(value: Any) -> str:
    """A value, short enough to read."""
    if isinstance(value, np.ndarray):
        with np.printoptions(precision=6, threshold=40, linewidth=88, suppress=True):
            text = np.array2string(value, separator=", ").replace("\n", "").replace("  ", " ")
            text += f" of shape {value.shape}" if value.size > 40 or not value.size else ""
    elif hasattr(value, "layer_sizes"):
        sizes = "-".join(map(str, value.layer_sizes))
        text = f"the {value.activation} network {sizes}"
    elif hasattr(value, "engine") and hasattr(value, "name"):
        text = str(value.name)
    elif isinstance(value, np.random.Generator):
        text = "a generator"
    elif isinstance(value, float | np.floating):
        text = f"{value:.10g}"
    elif isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        text = ", ".join(map(text_of, value))
        text = f"[{text}]" if isinstance(value, list) else f"({text})"
    elif hasattr(value, "_fields"):
        text = ", ".join(f"{key} {text_of(getattr(value, key))}" for key in value._fields)
    else:
        text = repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


def text_of_call(name: str, function: Callable[..., Any], args: Any, kwargs: Any) -> str:
    """A call, with the names that the library's parameters have."""
    try:
        bound = inspect.signature(function).bind(*args, **kwargs).arguments
    except (TypeError, ValueError):
        bound = {**{str(k): one for k, one in enumerate(args)}, **kwargs}
    given = []
    for key, value in bound.items():
        inner = value.items() if key in ("kwargs", "settings") else [(key, value)]
        given += [f"{one}={text_of(part)}" for one, part in inner]
    return f"{name}({', '.join(given)})"
