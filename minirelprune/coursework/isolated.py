"""A student's module in a child process, as a namespace of functions that the laws can call."""

import signal
from types import TracebackType
from typing import Any

from minirelprune.coursework.channel.calls import Peer, Raised
from minirelprune.coursework.channel.data import Tree
from minirelprune.coursework.channel.wire import Gone, Late, WireError
from minirelprune.coursework.process import SECONDS, WALL, Child, Setup


class Stopped(Exception):
    """The child has ended, or was ended, before it gave an answer.

    Parameters
    ----------
    reason : in words.
    slow : whether it was ended because it took too long.
    """

    def __init__(self, reason: str, *, slow: bool = False) -> None:
        super().__init__(reason)
        self.slow = slow


class Isolated:
    """A running copy of a student's module.

    Parameters
    ----------
    setup : what to run.

    Raises
    ------
    Raised : the module cannot be imported.
    Stopped : the process ended while it was imported.
    """

    def __init__(self, setup: Setup) -> None:
        self._ended: Stopped | None = None
        self._child = Child(setup)
        self._peer = Peer(self._child.pipe, _nothing, _in_short)
        try:
            names = self.call("load a module")
            self.names = {str(name) for name in names} if isinstance(names, list) else set()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Isolated":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._ended is None:
            self._ended = Stopped("the process was closed")
            self._child.end()

    @property
    def printed(self) -> str:
        """The beginning of what the code printed."""
        return self._child.printed

    def call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """The value of a function of the module.

        Raises
        ------
        Raised : the function raised an error.
        Stopped : there will be no answer.
        """
        return self.guarded(self._peer.call, name, "", args, kwargs)

    def guarded(self, ask: Any, *args: Any) -> Any:
        """Ask for a value; whatever goes wrong with the process is `Stopped`."""
        if self._ended is not None:
            raise self._ended
        try:
            return ask(*args)
        except Raised:
            raise
        except Late:
            reason, slow = f"no answer came within {WALL} s", True
        except Gone:
            reason, slow = "", False
        except (WireError, *UNREADABLE) as error:
            reason, slow = f"the answer cannot be read ({error})", False
        code = self._child.end()
        self._ended = Stopped(reason or _ending(code), slow=slow or code in TIMES_UP)
        raise self._ended


TIMES_UP = (-signal.SIGXCPU, -signal.SIGKILL)
UNREADABLE = (TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError,
              RecursionError, MemoryError)  # fmt: skip


def _ending(code: int) -> str:
    if code in TIMES_UP:
        return f"it took more than {SECONDS} s of processor time"
    if code < 0:
        return f"the process crashed ({signal.Signals(-code).name})"
    return f"the process ended itself with exit code {code}"


def _nothing(name: str) -> Tree:
    raise WireError(f"{name!r} may not be called")


def _in_short(error: BaseException) -> list[str]:
    return [type(error).__name__, str(error)[:500], ""]
