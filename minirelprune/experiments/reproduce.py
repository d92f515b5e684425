"""From the name of an exhibit to its tables and its picture: run, print, write."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path

from minirelprune.data import GREY
from minirelprune.experiments.exhibit import Alone, Exhibit, OfTrials, Setting
from minirelprune.experiments.registry import ALL, exhibit, exhibits, trials_for
from minirelprune.experiments.report import publish, report
from minirelprune.experiments.trials.expected_time import plan
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.runner import run_trials
from minirelprune.experiments.trials.store import Result, Store
from minirelprune.support import checks
from minirelprune.support.progress_lines import in_words

Say = Callable[[str], object]


def reproduce(
    name: str,
    data: str | None,
    *,
    seeds: Sequence[int],
    out: Path,
    executor: Executor | None = None,
    fresh: bool = False,
    say: Say = print,
    progress: bool | None = None,
) -> None:
    """Make an exhibit; print its tables, and write them, its numbers and its picture.

    Parameters
    ----------
    name : a key of `EXHIBITS`, or "all".
    data : the name of the data set to run it on, whole; None for an exhibit that needs nothing.
    seeds : one for each repetition. "all" takes the first of them for exhibits of one network.
    out : the folder to write to, as for `report`. The trials are kept in its `trials.jsonl`, and a
        run that was stopped goes on from there; trained networks are kept in its `networks/`.
    executor : what runs the trials, as for `run_trials`; None runs them here, one by one.
    fresh : run trials again that are there already. What is no trial is always computed anew.
    say : where the lines go.
    progress : show bars: True, False, or None for only on a terminal.

    Raises
    ------
    ValueError : no data where it is needed, some where it is not, or data it cannot be made of; or
        several seeds where one network is shown.
    TrialsFailed : some trials failed; all the others are done.
    OSError : `out` cannot be written to; the tables are printed all the same.
    """
    check_request(name, data, seeds)
    setting = Setting(data or "", seeds, out / "networks", progress)
    results = _run_trials(name, setting, out, executor, fresh, say) if has_trials(name) else []
    if name == ALL:
        names, _ = report(Store(out / "trials.jsonl"), out)
        for one in exhibits(ALL):
            if not isinstance(one, OfTrials):
                contents = one.contents(_first_seed(one, setting), {})
                names += publish(one, contents, out, setting.data)
    else:
        contents = exhibit(name).contents(setting, repeats(results))
        try:
            names = publish(exhibit(name), contents, out, setting.data)
        finally:  # a table that cannot be written is shown all the same
            for table in contents.tables:
                say("\n" + table.markdown())
    say(f"written to {out}: {', '.join(names)}")


def check_request(name: str, data: str | None, seeds: Sequence[int]) -> None:
    """Raise ValueError unless `reproduce` can make this exhibit of this data and these seeds."""
    if name == ALL:
        checks.one_of("data", data, GREY)
        return
    one = exhibit(name)
    if isinstance(one, Alone):
        if data is not None:
            raise ValueError(f"data must be None for {name}, which needs none, got {data!r}")
    elif data is None:
        raise ValueError(f"data must not be None for {name}")
    elif data not in one.on:
        raise ValueError(f"data must be one of {', '.join(one.on)} for {name}, got {data!r}")
    if len(seeds) != 1 and not one.means:
        raise ValueError(
            f"seeds must be one for {name}, which is no mean over them, got {len(seeds)}"
        )


def dry_run(
    name: str, data: str | None, seeds: Sequence[int], out: Path, workers: int
) -> list[str]:
    """What `reproduce` would run, and how long it should take: a line for each part of it."""
    check_request(name, data, seeds)
    lines = [
        f"{in_words(one.seconds):>8}  {one.name}, computed anew each time"
        for one in exhibits(name)
        if not isinstance(one, OfTrials)
    ]
    trials = trials_for(name, data, seeds) if data is not None else []
    return [*lines, *plan(trials, Store(out / "trials.jsonl"), workers)] if trials else lines


def has_trials(name: str) -> bool:
    """Whether an exhibit, or "all", is a view of trials."""
    return any(isinstance(one, OfTrials) for one in exhibits(name))


def _run_trials(
    name: str,
    setting: Setting,
    out: Path,
    executor: Executor | None,
    fresh: bool,
    say: Say,
) -> list[Result]:
    """The results of all trials of an exhibit; those that are missing are run."""
    trials = trials_for(name, setting.data, setting.seeds)
    store = Store(out / "trials.jsonl")
    if fresh:
        store.forget(trials)
        for data in {trial.data for trial in trials}:
            for path in setting.networks.glob(f"{data}-*.npz"):
                path.unlink()
    done = sum(trial in store.results for trial in trials)
    if done:
        say(f"{done} of {len(trials)} trials are in {store.path} already; --fresh runs them again")
    return run_trials(
        trials,
        store,
        executor=executor,
        on_result=lambda result: _tell(say, result),
        progress=setting.progress,
    )


def _first_seed(one: Exhibit, setting: Setting) -> Setting:
    """With "all", an exhibit of one network is of the first seed."""
    return setting if one.means else setting._replace(seeds=setting.seeds[:1])


def _tell(say: Say, result: Result) -> None:
    say(f"{result.trial}: {result.rounds[-1].accuracy_tuned:.2f}% in {result.seconds:.0f} s")
