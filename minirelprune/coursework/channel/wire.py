"""Frames on a pair of pipes: a JSON header, and the raw bytes of arrays after it.

Nothing is pickled: a frame can say numbers, texts and shapes, and nothing that is executed where it
is read.
"""

import json
import os
import select
import struct
from collections.abc import Callable
from typing import Any

LENGTHS = struct.Struct("<QQ")  # of the header and of the bytes after it
MOST_HEADER = 16 << 20
MOST_BYTES = 128 << 20
PIECE = 1 << 20

Frame = tuple[dict[str, Any], memoryview]


class WireError(ValueError):
    """What was received is no frame, or what is to be sent does not fit into one."""


class Gone(Exception):
    """The other end has closed its pipe."""


class Late(Exception):
    """The other end took longer than it may."""


class Pipe:
    """The end of a pair of pipes.

    Parameters
    ----------
    read, write : file descriptors.
    seconds_left : how long the next wait may take, in seconds; None waits for as long as it takes.
    """

    def __init__(self, read: int, write: int, seconds_left: Callable[[], float] | None = None):
        self._read, self._write, self._seconds_left = read, write, seconds_left
        if seconds_left is not None:
            os.set_blocking(read, False)
            os.set_blocking(write, False)

    def send(self, header: dict[str, Any], payload: bytes = b"") -> None:
        """Send one frame."""
        text = json.dumps(header).encode()
        if len(text) > MOST_HEADER or len(payload) > MOST_BYTES:
            raise WireError(f"at most {MOST_BYTES >> 20} MB can be sent at once")
        rest = memoryview(LENGTHS.pack(len(text), len(payload)) + text + payload)
        while rest:
            self._wait(write=True)
            try:
                rest = rest[os.write(self._write, rest[:PIECE]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise Gone from error

    def receive(self) -> Frame:
        """The next frame."""
        n_text, n_bytes = LENGTHS.unpack(self._exactly(LENGTHS.size))
        if n_text > MOST_HEADER or n_bytes > MOST_BYTES:
            raise WireError(f"at most {MOST_BYTES >> 20} MB can be received at once")
        try:
            header = json.loads(bytes(self._exactly(n_text)))
        except (ValueError, RecursionError) as error:
            raise WireError("the frame does not begin with JSON") from error
        if not isinstance(header, dict):
            raise WireError("the frame does not begin with a JSON object")
        return header, memoryview(self._exactly(n_bytes))

    def _exactly(self, n: int) -> bytearray:
        received = bytearray()
        while len(received) < n:
            self._wait(write=False)
            try:
                piece = os.read(self._read, min(PIECE, n - len(received)))
            except BlockingIOError:
                continue
            except OSError as error:
                raise Gone from error
            if not piece:
                raise Gone
            received += piece
        return received

    def _wait(self, *, write: bool) -> None:
        if self._seconds_left is None:
            return
        seconds = self._seconds_left()
        reading, writing = ([], [self._write]) if write else ([self._read], [])
        if seconds <= 0 or not any(select.select(reading, writing, [], seconds)[:2]):
            raise Late
