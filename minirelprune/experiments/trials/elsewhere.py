"""Trials on workers: processes of this machine, or of others."""

import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from pathlib import Path
from typing import Any

from tqdm import tqdm

from minirelprune.experiments.trials.shared import cannot_go_on, run_unclaimed
from minirelprune.experiments.trials.store import Result, Store
from minirelprune.experiments.trials.trial import Trial
from minirelprune.support import threads

SHOWN = 2.0  # seconds between two looks at which trials are running

Outcome = Result | Exception | None


def run_elsewhere(
    missing: Sequence[Trial],
    store: Store,
    executor: Executor,
    keep: Callable[[Result], None],
    shown: Any,
) -> dict[Trial, BaseException]:
    """Run trials as `run_trials` does, on an executor; give the trials that failed, and how.

    Parameters
    ----------
    missing, store, executor : as for `run_trials`.
    keep : called with each result.
    shown : the bar of all trials; below it is a line that says which of them are running.

    Raises
    ------
    OSError : the folder of the store cannot be written to.
    """
    work = _Work(store, executor, keep)
    for trial in missing:
        work.start(trial)
    try:
        with _line(shown) as line:
            while running := work.running:
                names = [str(trial) for future, trial in running.items() if future.running()]
                line.set_description_str(" | ".join(names))
                shown.refresh()
                for future in wait(running, timeout=SHOWN, return_when=FIRST_COMPLETED).done:
                    work.take(future)
    finally:
        for future in work.running:
            future.cancel()
    return work.failed


class _Work:
    """What is running on an executor, and what has failed there."""

    def __init__(self, store: Store, executor: Executor, keep: Callable[[Result], None]) -> None:
        self.store, self.executor, self.keep = store, executor, keep
        self.running: dict[Future[Outcome], Trial] = {}
        self.failed: dict[Trial, BaseException] = {}
        self.lost: set[Trial] = set()  # whose worker was lost once

    def start(self, trial: Trial) -> None:
        path, known = self.store.path.resolve(), self.store.known
        self.running[self.executor.submit(_on_one_thread, trial, path, known)] = trial

    def take(self, future: Future[Outcome]) -> None:
        """Take what came of a trial."""
        trial, lost = self.running.pop(future), future.exception()
        outcome = lost or future.result()
        if isinstance(outcome, Result):
            self.keep(outcome)
        elif outcome is None:  # another run is at it
            self.start(trial)
        elif cannot_go_on(outcome, self.store):
            raise outcome
        elif lost and trial not in self.lost:
            self.lost.add(trial)
            tqdm.write(f"failed, and is tried once more: {trial}: {str(lost) or repr(lost)}")
            self.start(trial)
        else:
            self.failed[trial] = outcome
            tqdm.write(f"failed: {trial}: {outcome!r}")


def _line(shown: Any) -> Any:
    return tqdm(bar_format="running: {desc}", position=1, leave=False, disable=shown.disable)


def _on_one_thread(trial: Trial, path: Path, known: int) -> Outcome:
    """On a worker: the result, or what the trial raised, or None if another run is at the trial.

    What is raised from here is the worker's. A file or memory that is not there is a matter of the
    worker too: another try may go well.

    Parameters
    ----------
    trial : to be run.
    path, known : of the store, and how many bytes of it need not be read.
    """
    threads.limit(1)
    try:
        return run_unclaimed(trial, Store(path, known=known), progress=False)
    except (OSError, MemoryError):
        raise
    except Exception as error:
        return _portable(error)


def _portable(error: Exception) -> Exception:
    """What a worker can send home: the error, or what it says if pickling does not keep it.

    An error that cannot be read there would end the pool of processes that waits for it.
    """
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(repr(error))
    return error
