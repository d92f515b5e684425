"""Processes of this machine to run trials in, as an executor that outlives the death of one.

The standard library's ProcessPoolExecutor breaks as a whole when one of its processes dies, and
does not say whose work that was. Here each process is a pool of its own: the work it had fails, and
the next work gets a new process.
"""

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, resource_tracker
from typing import Any

_QUIET = "ignore:resource_tracker"  # of its warnings, as PYTHONWARNINGS has it


class Workers(Executor):
    """So many processes.

    Parameters
    ----------
    n : how many, >= 1.

    Work that dies with its process raises BrokenProcessPool. The processes end at once on Ctrl-C,
    when the block of `with` ends by an exception, and when the process that made them is gone.
    """

    def __init__(self, n: int) -> None:
        # Each thread waits for a process of its own.
        self._threads = ThreadPoolExecutor(n, initializer=_hold_off_ctrl_c)
        self._own = threading.local()
        self._pools: list[ProcessPoolExecutor] = []
        self._context = get_context("spawn")  # a fresh interpreter: threads do not fork
        _start_tracker()
        self._stop = self._context.RawValue("b", 0)  # no lock, which the dead might hold

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._threads.submit(self._call, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        for pool in self._pools:
            pool.shutdown(wait, cancel_futures=cancel_futures)

    def __exit__(self, kind: type[BaseException] | None, *details: object) -> None:
        if kind is not None:
            self._stop.value = 1
        self.shutdown(cancel_futures=kind is not None)

    def _call(self, fn: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        try:
            return self._pool().submit(fn, *args, **kwargs).result()
        except BrokenProcessPool as error:
            del self._own.pool
            raise BrokenProcessPool("its process was ended by something else") from error

    def _pool(self) -> ProcessPoolExecutor:
        """The pool of the thread that asks."""
        if not hasattr(self._own, "pool"):
            start = (os.getpid(), self._stop)
            self._own.pool = ProcessPoolExecutor(1, self._context, _begin, start)
            self._pools.append(self._own.pool)
        pool: ProcessPoolExecutor = self._own.pool
        return pool


def _start_tracker() -> None:
    """Start the process in which Python keeps track of semaphores, such that it says nothing.

    It removes those of a process that was killed, and would otherwise warn of each time it does.
    """
    before = os.environ.get("PYTHONWARNINGS")
    os.environ["PYTHONWARNINGS"] = f"{before},{_QUIET}" if before else _QUIET
    try:
        resource_tracker.ensure_running()
    finally:
        del os.environ["PYTHONWARNINGS"]
        if before is not None:
            os.environ["PYTHONWARNINGS"] = before


def _hold_off_ctrl_c() -> None:
    """In the thread that starts a process: that starts without Ctrl-C, until `_begin` allows it.

    Ctrl-C while it still imports would print a traceback for each process.
    """
    if hasattr(signal, "pthread_sigmask"):  # not on Windows
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _begin(parent: int, stop: Any) -> None:
    """Set a new process up to end with its parent, by Ctrl-C or otherwise."""
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:  # as after `&` in a script
        signal.signal(signal.SIGINT, lambda *_: os._exit(130))
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with, args=(parent, stop), daemon=True).start()


def _end_with(parent: int, stop: Any) -> None:
    while os.getppid() == parent and not stop.value:
        time.sleep(0.5)
    os._exit(1)
