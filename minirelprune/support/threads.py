"""Work shared among the cores: NumPy releases the interpreter lock while it works on arrays."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from threadpoolctl import threadpool_limits

_most: int | None = None  # what `limit` said


def cores() -> int:
    """How many threads to use: the cores this process may run on, or fewer if the user says so.

    The user says so by OMP_NUM_THREADS, which matrix libraries obey too, or by `limit`.
    """
    try:
        available = len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        available = os.cpu_count() or 1
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    if wanted.isdigit() and int(wanted):
        available = min(available, int(wanted))
    return available if _most is None else min(available, _most)


def limit(threads: int) -> None:
    """Use at most so many threads from now on in this process, matrix libraries included."""
    global _most
    _most = threads
    threadpool_limits(threads)


@contextmanager
def limited(threads: int) -> Iterator[None]:
    """Use at most so many threads in the block."""
    global _most
    before, _most = _most, threads
    try:
        with threadpool_limits(threads):
            yield
    finally:
        _most = before


def share(work: Callable[[range], None], n: int) -> None:
    """Call `work` with every whole number below n, dealt out to the threads as ranges.

    Matrix libraries use one thread meanwhile: theirs would get into the way of these.
    """
    threads = min(cores(), n)
    if threads <= 1:
        work(range(n))
        return
    with threadpool_limits(1), ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, [range(k, n, threads) for k in range(threads)]))
