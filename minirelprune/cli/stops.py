"""How a command ends that is told to stop: by Ctrl-C (SIGINT), or by SIGTERM."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

BY_CTRL_C = 128 + signal.SIGINT
BY_SIGTERM = 128 + signal.SIGTERM


class Stops:
    """Which of the two signals came; Ctrl-C, if it is not known."""

    def __init__(self) -> None:
        self.code = BY_CTRL_C

    def take(self, number: int, frame: FrameType | None) -> None:
        """Stop as by Ctrl-C: what is finished is kept in the same way."""
        self.code = 128 + number
        raise KeyboardInterrupt


@contextmanager
def as_ctrl_c() -> Iterator[Stops]:
    """Let SIGTERM raise KeyboardInterrupt in the block; say which signal it was.

    A signal that is ignored (`nohup`, or SIGTERM where somebody chose so) stays ignored.
    """
    stops = Stops()
    usual = signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    if not usual or threading.current_thread() is not threading.main_thread():
        yield stops
        return
    signal.signal(signal.SIGTERM, stops.take)
    try:
        yield stops
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
