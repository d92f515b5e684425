"""Running trials: what is missing, in order, each kept as soon as it is finished.

A trial runs on one thread, here and on every worker, so that its numbers depend neither on the
number of cores nor on the worker; the cores are used by running trials side by side.
"""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor

from tqdm import tqdm

from minirelprune.experiments.trials.elsewhere import run_elsewhere
from minirelprune.experiments.trials.expected_time import expected_seconds
from minirelprune.experiments.trials.shared import cannot_go_on, run_unclaimed
from minirelprune.experiments.trials.store import Result, Store
from minirelprune.experiments.trials.trial import Trial
from minirelprune.support import threads
from minirelprune.support.progress import bar

LOOK = "{desc}: {percentage:3.0f}%|{bar}| {elapsed}<{remaining}{postfix}"

Failed = dict[Trial, BaseException]


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
        Trained networks are kept beside it, in `networks/`, for the trials that share them. Several
        runs may share one store: no trial is run by two of them.
    executor : anything with the `submit` of concurrent.futures: processes (`Workers`), dask's
        `Client.get_executor()`, mpi4py's MPIPoolExecutor. None runs them here, one by one.
    on_result : called with each result that comes in, also from another run on the same store.
    progress : show bars: True, False, or None for only on a terminal.

    Raises
    ------
    TrialsFailed : at the end, naming the trials that failed, and how; each is printed when it
        fails. What a trial raises it would raise again; one whose worker is lost is run once more.
    OSError : at once, if the folder of the store cannot be written to.
    KeyboardInterrupt : Ctrl-C; the running trials are lost, the finished ones are in the store.
    """
    missing = [trial for trial in dict.fromkeys(trials) if trial not in store.results]
    total, kept = sum(map(expected_seconds, missing)), 0
    all_trials = bar(
        total=float(total), name="all trials", unit="", progress=progress, bar_format=LOOK
    )

    def keep(result: Result) -> None:
        nonlocal kept
        kept += 1
        store.include(result)
        if on_result is not None:
            on_result(result)
        all_trials.set_postfix_str(f"{kept} of {len(missing)}", refresh=False)
        all_trials.update(expected_seconds(result.trial))

    with all_trials:
        if executor is None:
            failed = _here(missing, store, keep, progress)
        else:
            failed = run_elsewhere(missing, store, executor, keep, all_trials)
    if failed:
        names = "; ".join(f"{trial}: {error!r}" for trial, error in failed.items())
        raise TrialsFailed(f"{len(failed)} trials failed: {names}")
    return [store.results[trial] for trial in trials]


def _here(
    missing: Sequence[Trial],
    store: Store,
    keep: Callable[[Result], None],
    progress: bool | None,
) -> Failed:
    failed: Failed = {}
    left = deque(missing)
    with threads.limited(1):
        while left:
            trial = left.popleft()
            try:
                result = run_unclaimed(trial, store, progress=progress)
            except Exception as error:
                if cannot_go_on(error, store):
                    raise
                failed[trial] = error
                tqdm.write(f"failed: {trial}: {error!r}")
                continue
            if result is None:
                left.append(trial)  # another run is at it
            else:
                keep(result)
    return failed
