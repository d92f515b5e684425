"""One .npz file that can be trusted: no pickle, a version, and a fingerprint of every bit in it."""

import hashlib
import json
import os
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minirelprune.support.files import written_whole

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
    ValueError : another ending.
    """
    if not str(path).endswith(".npz"):
        raise ValueError(f"path must end in .npz, got {os.fspath(path)!r}")
    header = {"format": FORMAT, "version": VERSION, **description}
    header["sha256"] = _fingerprint(arrays, header)
    text = np.frombuffer(json.dumps(header).encode(), np.uint8)
    with written_whole(path) as temporary:
        np.savez_compressed(temporary, header=text, **arrays)  # type: ignore[arg-type]


def read(path: str | os.PathLike[str]) -> tuple[dict[str, AnyArray], dict[str, object]]:
    """Read back what `write` wrote, bit for bit.

    Raises
    ------
    FileNotFoundError : no such file.
    ValueError : the file is not a minirelprune file, of another version, damaged, or was edited.
    """
    with open(path, "rb") as raw:
        try:
            with np.load(raw, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
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


def _fingerprint(arrays: dict[str, AnyArray], header: dict[str, object]) -> str:
    digest = hashlib.sha256(json.dumps(header, sort_keys=True).encode())
    for name in sorted(arrays):
        array = arrays[name]
        digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
