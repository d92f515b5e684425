"""From the name of an experiment to its table or its picture: run, print, write."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path

from minirelprune.data import Dataset
from minirelprune.experiments import runner
from minirelprune.experiments.catalogue import EXPERIMENTS, trials_for
from minirelprune.experiments.costs import expected_seconds
from minirelprune.experiments.drawings import DRAWINGS, draw
from minirelprune.experiments.report import report, write
from minirelprune.experiments.store import Result, Store
from minirelprune.experiments.studies import ALONE, STUDIES, study

NAMES = (*EXPERIMENTS, *DRAWINGS, *STUDIES, "all")


def needs_data(experiment: str) -> bool:
    """Whether an experiment, one of `NAMES`, is run on a data set."""
    alone = [name for name, drawing in DRAWINGS.items() if not drawing.on_data]
    return experiment not in (*alone, *ALONE)


def has_trials(experiment: str) -> bool:
    """Whether an experiment, one of `NAMES`, is a view of trials."""
    return experiment not in (*DRAWINGS, *STUDIES)


def reproduce(
    experiment: str,
    dataset: Dataset | None,
    *,
    seeds: Sequence[int],
    out: Path,
    executor: Executor | None = None,
    fresh: bool = False,
    say: Callable[[str], object] = print,
    progress: bool | None = None,
) -> None:
    """Run an experiment; print and write its tables, .md and .csv, and its figure, .png.

    Parameters
    ----------
    experiment : one of `NAMES`.
    dataset : what to run it on; its name is on everything that is written. None will do where
        it `needs_data` not.
    seeds : one repetition each.
    out : the folder to write to. The trials are kept in its `trials.jsonl`, and a run that was
        stopped goes on from there.
    executor : what runs the trials, as for `runner.run`; None runs them here, one by one.
    fresh : run trials again that are there already. A figure is always computed anew.
    say : where the lines go.
    progress : show bars: True, False, or None for only on a terminal.

    Raises
    ------
    ValueError : no data where it is needed, or several seeds where one network is shown.
    TrialsFailed : some trials failed; all the others are done.
    """
    if experiment in DRAWINGS:
        names = draw(experiment, dataset, seeds=seeds, out=out, progress=progress)
        say(f"written to {out}: {', '.join(names)}")
        return
    if experiment in STUDIES:
        table, names = study(experiment, dataset, seed=seeds[0], out=out, progress=progress)
        say(f"\n{table.markdown()}")
        say(f"written to {out}: {', '.join(names)}")
        return
    if dataset is None:
        raise ValueError(f"dataset must not be None for {experiment}")
    store = Store(out / "trials.jsonl")
    trials = trials_for(experiment, dataset.name, seeds)
    if fresh:
        store.forget(trials)
        for path in (out / "networks").glob(f"{dataset.name}-*.npz"):
            path.unlink()
    done = sum(trial in store.results for trial in trials)
    if done:
        say(f"{done} of {len(trials)} trials are in {store.path} already; --fresh runs them again")
    results = runner.run(
        trials,
        store,
        executor=executor,
        on_result=lambda result: _tell(say, result),
        progress=progress,
    )
    if experiment == "all":
        names, _ = report(store, out, data=dataset.name)
        for name in DRAWINGS:
            names += draw(name, dataset, seeds=seeds[:1], out=out, progress=progress)
        for name in STUDIES:
            names += study(name, dataset, seed=seeds[0], out=out, progress=progress)[1]
    else:
        tables, names = write(experiment, results, out)
        for table in tables:
            say("\n" + table.markdown())
    say(f"written to {out}: {', '.join(names)}")


def plan(experiment: str, data: str, seeds: Sequence[int], out: Path, workers: int) -> list[str]:
    """What `reproduce` would run, a line a trial, and how long it should take."""
    store = Store(out / "trials.jsonl")
    trials = trials_for(experiment, data, seeds)
    missing = [trial for trial in trials if trial not in store.results]
    pace = _pace(store)
    lines = [f"{_minutes(pace * expected_seconds(trial)):>8}  {trial}" for trial in missing]
    total = pace * sum(map(expected_seconds, missing)) / workers
    done = len(trials) - len(missing)
    return [
        *lines,
        f"{len(missing)} trials to run and {done} done; about {_minutes(total)} with "
        f"{workers} at a time",
    ]


def _pace(store: Store) -> float:
    """What finished trials took on their machine, as a multiple of what was expected."""
    finished = [r for r in store.results.values() if r.trial.n_rounds]
    expected = sum(expected_seconds(result.trial) for result in finished)
    return sum(result.seconds for result in finished) / expected if finished else 1.0


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def _tell(say: Callable[[str], object], result: Result) -> None:
    say(f"{result.trial}: {result.rounds[-1].accuracy_tuned:.2f}% in {result.seconds:.0f} s")
