"""The IDX format, in which MNIST is published: an array as one self-describing file.

All numbers are big-endian: two zero bytes, a type code, the number of axes, the length of each
axis as an unsigned 32-bit number, then the data in C order. The file may be gzipped. The format is
defined at the foot of http://yann.lecun.com/exdb/mnist/.
"""

import gzip
import io
import math
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minirelprune.support import checks, convert
from minirelprune.support.files import as_path, written_whole

_TYPES: dict[int, np.dtype[Any]] = {
    0x08: np.dtype(">u1"),
    0x09: np.dtype(">i1"),
    0x0B: np.dtype(">i2"),
    0x0C: np.dtype(">i4"),
    0x0D: np.dtype(">f4"),
    0x0E: np.dtype(">f8"),
}
_CODES = {dtype.name: code for code, dtype in _TYPES.items()}
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20


def decode(raw: bytes, *, name: str) -> NDArray[Any]:
    """Turn the bytes of an IDX file, gzipped or not, into an array.

    Parameters
    ----------
    raw : the whole file.
    name : what to call the file in an error.

    Returns
    -------
    A writable array of any shape in native byte order, with exactly the bits of the file.

    Raises
    ------
    ValueError : not bytes, or not those of one whole IDX array and nothing else. The sizes that
        the header claims are checked against the data before memory is set aside for them.

    >>> decode(bytes([0, 0, 0x08, 1, 0, 0, 0, 3, 7, 8, 9]), name="three.idx")
    array([7, 8, 9], dtype=uint8)
    >>> decode(b"<!DOCTYPE html><p>Not found", name="three.idx")
    Traceback (most recent call last):
        ...
    ValueError: three.idx begins with "<!DOCTYPE html": a web page, not IDX
    """
    if not isinstance(raw, bytes | bytearray | memoryview):
        raise ValueError(f"raw must be bytes, got a {type(raw).__name__}")
    with _unzipped(io.BytesIO(raw), name) as stream:
        return _parse(stream, name)


def read(path: str | os.PathLike[str]) -> NDArray[Any]:
    """Read an IDX file, gzipped or not, whatever its suffix.

    Parameters
    ----------
    path : the file.

    Returns
    -------
    As `decode` does: a writable array in native byte order.

    Raises
    ------
    ValueError : as `decode` does. (Zeros after the end of gzip are padding, as to gzip itself.)
    OSError : the file cannot be opened.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(f"{folder}/pair.gz", np.array([1.5, -2.0]))
    ...     read(f"{folder}/pair.gz")
    array([ 1.5, -2. ])
    """
    path = as_path("path", path)
    with open(path, "rb") as file, _unzipped(file, str(path)) as stream:
        return _parse(stream, str(path))


def write(path: str | os.PathLike[str], array: NDArray[Any]) -> None:
    """Write an array as an IDX file, gzipped if the name ends in `.gz`, whole or not at all.

    The same array always gives the same bytes: no time stamp goes into the gzip header.

    Parameters
    ----------
    path : the file; missing folders are made.
    array : any shape; uint8, int8, int16, int32, float32 or float64 in either byte order.

    Raises
    ------
    ValueError : IDX has no such type, or an axis is longer than 2**32 - 1.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(f"{folder}/three.idx", np.array([7, 8, 9], np.uint8))
    ...     pathlib.Path(f"{folder}/three.idx").read_bytes().hex(" ")
    '00 00 08 01 00 00 00 03 07 08 09'
    """
    path, array = as_path("path", path), convert.reals("array", array)
    checks.one_of("array.dtype", array.dtype.name, _CODES)
    if max(array.shape, default=0) >= 2**32:
        raise ValueError(f"array.shape must have axes of at most 2**32 - 1, got {array.shape}")
    code = _CODES[array.dtype.name]
    header = struct.pack(f">HBB{array.ndim}I", 0, code, array.ndim, *array.shape)
    raw = header + array.astype(_TYPES[code], copy=False).tobytes()
    if path.suffix == ".gz":
        raw = gzip.compress(raw, mtime=0)
    with written_whole(path) as temporary:
        temporary.write_bytes(raw)


@contextmanager
def _unzipped(file: io.BufferedIOBase, name: str) -> Iterator[io.BufferedIOBase]:
    """Give what is in a file, gzipped or not; damage to the gzip is a ValueError with `name`."""
    magic = file.read(len(_GZIP))
    file.seek(0)
    if magic != _GZIP:
        yield file
        return
    try:
        with gzip.GzipFile(fileobj=file, mode="rb") as stream:
            yield stream
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ValueError(f"{name} is damaged gzip: {error}") from error


def _parse(stream: io.BufferedIOBase, name: str) -> NDArray[Any]:
    dtype, shape = _header(stream, name)
    expected = math.prod(shape) * dtype.itemsize  # Python's integers: no overflow
    data = _more_than(expected, stream)
    what = f"shape {shape} of {dtype.name}"
    if len(data) < expected:
        raise ValueError(f"{name} is cut short: {what} is {expected} bytes, got {len(data)}")
    if len(data) > expected:
        raise ValueError(f"{name} goes on after its end: {what} is {expected} bytes")
    try:
        array = np.ndarray(shape, dtype, buffer=data)
    except ValueError as error:  # NumPy allows fewer axes than IDX, and empty arrays less long ones
        raise ValueError(f"{name} is too large for NumPy: {error}") from error
    return array.astype(dtype.newbyteorder("="), copy=False)


def _header(stream: io.BufferedIOBase, name: str) -> tuple[np.dtype[Any], tuple[int, ...]]:
    start = stream.read(4)
    if not start:
        raise ValueError(f"{name} is empty, not IDX")
    if start[:2] != bytes(len(start[:2])):
        raise ValueError(f"{name} begins with {_described(start + stream.read(10))}")
    if len(start) < 4:
        raise ValueError(f"{name} is cut short: {len(start)} of the first 4 bytes of its header")
    code, ndim = start[2:]
    if code not in _TYPES:
        known = ", ".join(f"0x{code:02X}" for code in _TYPES)
        raise ValueError(f"{name} has type code 0x{code:02X}; IDX knows {known}")
    lengths = stream.read(4 * ndim)
    if len(lengths) < 4 * ndim:
        raise ValueError(f"{name} is cut short: {len(lengths)} of {4 * ndim} bytes of its shape")
    return _TYPES[code], struct.unpack(f">{ndim}I", lengths)


def _described(start: bytes) -> str:
    if start.lstrip().startswith(b"<"):
        return f'"{start.decode(errors="replace").strip()}": a web page, not IDX'
    return f"the bytes {start[:4].hex(' ')} where IDX has 00 00: not IDX"


def _more_than(count: int, stream: io.BufferedIOBase) -> bytearray:
    """Read to the end, or until there is more than `count` bytes, whichever comes first."""
    data = bytearray()
    # By the chunk: `stream.read(count)` would set `count` bytes aside before it looks.
    while len(data) <= count and (chunk := stream.read(_CHUNK)):
        data += chunk
    return data
