"""Work shared among the cores: NumPy lets go of the interpreter while it works on an array."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def cores() -> int:
    """How many threads to use: the cores this process may run on, or fewer if the user says so.

    OMP_NUM_THREADS is the word for it that matrix libraries understand too.
    """
    try:
        available = len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        available = os.cpu_count() or 1
    wanted = os.environ.get("OMP_NUM_THREADS", "")
    return min(available, int(wanted)) if wanted.isdigit() and int(wanted) else available


def share(work: Callable[[range], None], n: int) -> None:
    """Call `work` with every whole number below n, dealt out to the threads as ranges."""
    threads = min(cores(), n)
    if threads <= 1:
        work(range(n))
        return
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, [range(k, n, threads) for k in range(threads)]))
