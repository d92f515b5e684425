"""Running trials: what is missing, in order, each kept as soon as it is finished.

A trial runs on one thread, here and on every worker, so that its numbers depend neither on the
number of cores nor on the worker; the cores are used by running trials side by side.
"""

import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from pathlib import Path

from tqdm import tqdm

from minirelprune.experiments.trials.expected_time import expected_seconds
from minirelprune.experiments.trials.run import run_trial
from minirelprune.experiments.trials.store import Result, Store
from minirelprune.experiments.trials.trial import Trial
from minirelprune.support import threads
from minirelprune.support.progress import hidden

SHOWN = 2.0  # seconds between two looks at which trials are running


class TrialsFailed(RuntimeError):
    """Some trials failed; all the others are in the store."""


def run_trials(
    trials: Sequence[Trial],
    store: Store,
    *,
    executor: Executor | None = None,
    on_result: Callable[[Result], None] | None = None,
    progress: bool | None = None,
) -> list[Result]:
    """Run the trials that are not in the store yet, and give the results of all of them.

    Parameters
    ----------
    trials : in the order they are started.
    store : what is finished is added to it at once, so that a stopped run goes on from there.
        Trained networks are kept beside it, in `networks/`, for the trials that share them.
    executor : anything with the `submit` of concurrent.futures: processes (`Workers`), dask's
        `Client.get_executor()`, mpi4py's MPIPoolExecutor. None runs them here, one by one.
    on_result : called with each new result.
    progress : show bars: True, False, or None for only on a terminal.

    Raises
    ------
    TrialsFailed : at the end, naming the trials that failed, and how; each is printed when it
        fails. What a trial raises it would raise again; one whose worker is lost is run once more.
    KeyboardInterrupt : Ctrl-C; the running trials are lost, the finished ones are in the store.
    """
    missing = [trial for trial in dict.fromkeys(trials) if trial not in store.results]
    networks = store.path.parent / "networks"
    bar = tqdm(
        total=sum(map(expected_seconds, missing)),
        desc="all trials",
        bar_format="{desc}: {percentage:3.0f}%|{bar}| {elapsed}<{remaining}{postfix}",
        disable=hidden(progress),
    )

    def keep(result: Result) -> None:
        store.add(result)
        if on_result is not None:
            on_result(result)
        bar.update(expected_seconds(result.trial))

    with bar:
        if executor is None:
            failed = _here(missing, store, networks, keep, progress)
        else:
            with tqdm(
                bar_format="running: {desc}", position=1, leave=False, disable=bar.disable
            ) as line:
                failed = _elsewhere(missing, executor, networks, keep, line.set_description_str)
    if failed:
        names = "; ".join(f"{trial}: {error!r}" for trial, error in failed.items())
        raise TrialsFailed(f"{len(failed)} trials failed: {names}")
    return [store.results[trial] for trial in trials]


def _here(
    missing: Sequence[Trial],
    store: Store,
    networks: Path,
    keep: Callable[[Result], None],
    progress: bool | None,
) -> dict[Trial, BaseException]:
    failed: dict[Trial, BaseException] = {}
    with threads.limited(1):
        for trial in missing:
            store.refresh()  # another run on this store may have done it by now
            if trial in store.results:
                continue
            try:
                result = run_trial(trial, networks, progress=progress)
            except Exception as error:  # the others go on
                failed[trial] = error
                tqdm.write(f"failed: {trial}: {error!r}")
            else:
                keep(result)
    return failed


def _elsewhere(
    missing: Sequence[Trial],
    executor: Executor,
    networks: Path,
    keep: Callable[[Result], None],
    show: Callable[[str], object],
) -> dict[Trial, BaseException]:
    failed: dict[Trial, BaseException] = {}
    tries = dict.fromkeys(missing, 0)

    def start(trial: Trial) -> Future[Result | Exception]:
        tries[trial] += 1
        return executor.submit(_on_one_thread, trial, networks.resolve())

    running = {start(trial): trial for trial in missing}
    try:
        while running:
            show(" | ".join(str(trial) for future, trial in running.items() if future.running()))
            for future in wait(running, timeout=SHOWN, return_when=FIRST_COMPLETED).done:
                trial = running.pop(future)
                lost = future.exception()
                if lost is not None and tries[trial] == 1:
                    tqdm.write(f"failed, and is tried once more: {trial}: {lost!r}")
                    running[start(trial)] = trial
                    continue
                outcome = lost or future.result()
                if isinstance(outcome, Result):
                    keep(outcome)
                else:
                    failed[trial] = outcome
                    tqdm.write(f"failed: {trial}: {outcome!r}")
    finally:
        for future in running:
            future.cancel()
    return failed


def _on_one_thread(trial: Trial, networks: Path) -> Result | Exception:
    """On a worker: the result, or what the trial raised. What is raised from here is the worker's.

    A file or memory that is not there is a matter of the worker too: another try may go well.
    """
    threads.limit(1)
    try:
        return run_trial(trial, networks, progress=False)
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
