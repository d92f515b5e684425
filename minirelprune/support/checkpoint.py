"""One .npz file that can be trusted: no pickle, a version, and a fingerprint of every bit in it."""

import hashlib
import json
import os
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minirelprune.support.files import as_path, written_whole

AnyArray = NDArray[Any]

FORMAT = "minirelprune"
VERSION = 1


def write(
    path: str | os.PathLike[str], arrays: dict[str, AnyArray], description: dict[str, object]
) -> None:
    """Write arrays and a description (what JSON can hold) to `path`, whole or not at all.

    Parameters
    ----------
    path : ends in ".npz", so that what is written is what will be looked for.
    arrays : name -> array of numbers or booleans, any shape.
    description : JSON: sizes, names, the configuration that made the arrays.

    Raises
    ------
    ValueError : no path, another ending, an array of something else, or a description that is not
        JSON.
    """
    path = as_path("path", path)
    if path.suffix != ".npz":
        raise ValueError(f"path must end in .npz, got {str(path)!r}")
    for name, array in arrays.items():
        _check_numbers(name, array)
    header = {"format": FORMAT, "version": VERSION, **description}
    try:
        header["sha256"] = _fingerprint(arrays, header)
    except (TypeError, ValueError) as error:
        raise ValueError(f"description must be what JSON can hold: {error}") from error
    text = np.frombuffer(json.dumps(header).encode(), np.uint8)
    with written_whole(path) as temporary:
        np.savez_compressed(temporary, header=text, **arrays)  # type: ignore[arg-type]


def read(path: str | os.PathLike[str]) -> tuple[dict[str, AnyArray], dict[str, object]]:
    """Read back what `write` wrote, bit for bit.

    Raises
    ------
    FileNotFoundError : no such file.
    ValueError : no path, or a file that is not a minirelprune file, of another version, damaged,
        or edited.
    """
    path = as_path("path", path)
    with open(path, "rb") as raw:
        try:
            with np.load(raw, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            for name, array in arrays.items():
                _check_numbers(name, array)
            header = json.loads(arrays.pop("header").tobytes())
        except Exception as error:  # zip, zlib, NumPy and JSON have a dozen ways to say "damaged"
            raise ValueError(
                f"{path} is not a minirelprune file, or is damaged: {error}"
            ) from error
    if not isinstance(header, dict) or header.pop("format", None) != FORMAT:
        raise ValueError(f"{path} is not a minirelprune file: its header does not say so")
    if header.get("version") != VERSION:
        raise ValueError(f"{path} has format version {header.get('version')}; this reads {VERSION}")
    expected = header.pop("sha256", None)
    if _fingerprint(arrays, {"format": FORMAT, **header}) != expected:
        raise ValueError(f"{path} was changed after it was written: its fingerprint does not match")
    return arrays, {key: value for key, value in header.items() if key != "version"}


def _check_numbers(name: str, array: object) -> None:
    """An array of numbers or booleans, and not of objects, texts, dates or records."""
    kind = array.dtype if isinstance(array, np.ndarray) else type(array).__name__
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must be an array of numbers or booleans, got {kind}")


def _fingerprint(arrays: dict[str, AnyArray], header: dict[str, object]) -> str:
    digest = hashlib.sha256(json.dumps(header, sort_keys=True).encode())
    for name in sorted(arrays):
        array = arrays[name]
        digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
