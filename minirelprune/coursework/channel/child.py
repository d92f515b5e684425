"""The loop in the child process: load the student's module, and answer until the pipe ends."""

import importlib
from typing import Any

from minirelprune.coursework.channel.calls import Peer, Raised
from minirelprune.coursework.channel.things import where_raised
from minirelprune.coursework.channel.wire import Gone, Pipe


def serve(read: int, write: int, module: str) -> None:
    """Answer calls of the functions of a module.

    Parameters
    ----------
    read, write : the pipe.
    module : the name of the student's module.
    """
    pipe = Pipe(read, write)
    loaded: list[Any] = []

    def find(name: str) -> Any:
        if name == "load a module":
            return load
        return getattr(loaded[0], name)

    def load() -> list[str]:
        loaded.append(importlib.import_module(module))
        return [name for name in dir(loaded[0]) if callable(getattr(loaded[0], name))]

    def raised(error: BaseException) -> list[str]:
        if isinstance(error, Raised):
            return [error.kind, error.message, where_raised(error, module)]
        if isinstance(error, SyntaxError) and error.lineno:  # its text has the line as well
            return [type(error).__name__, str(error.msg), f"line {error.lineno}"]
        return [type(error).__name__, _text(error), where_raised(error, module)]

    peer = Peer(pipe, find, raised, BaseException, makes=True)
    while True:
        try:
            frame = pipe.receive()
        except Gone:
            return
        peer.serve(frame)


def _text(error: BaseException) -> str:
    try:
        return str(error)[:2000]
    except BaseException:  # of a class of the student's own
        return "an error without a message"
