"""From the name of an experiment to its table or its picture: run, print, write."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from minirelprune.data import Dataset
from minirelprune.experiments import figures, runner, tables
from minirelprune.experiments.drawings import DRAWINGS, draw
from minirelprune.experiments.store import Result, Store
from minirelprune.experiments.trials import EXPERIMENTS, trials_for
from minirelprune.files import written_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class View(NamedTuple):
    """What is shown of an experiment's trials."""

    table: Callable[[Sequence[Result]], tables.Table]
    figure: "Callable[[Sequence[Result]], Figure] | None"


VIEWS = {
    "dense": View(tables.dense_table, None),
    "table4": View(tables.table4, figures.sparsity_curves),
}

NAMES = (*EXPERIMENTS, *DRAWINGS)


def needs_data(experiment: str) -> bool:
    """Whether an experiment, one of `NAMES`, is run on a data set."""
    return experiment not in DRAWINGS or DRAWINGS[experiment].on_data


def reproduce(
    experiment: str,
    dataset: Dataset | None,
    *,
    seeds: Iterable[int],
    out: Path,
    fresh: bool = False,
    say: Callable[[str], object] = print,
    progress: bool | None = None,
) -> None:
    """Run an experiment; print and write its table, .md and .csv, or its figure, .png and .csv.

    Parameters
    ----------
    experiment : one of `NAMES`.
    dataset : what to run it on; its name is on everything that is written. None will do where
        it `needs_data` not.
    seeds : one repetition each.
    out : the folder to write to. The trials are kept in its `trials.jsonl`, and a run that was
        stopped goes on from there.
    fresh : run trials again that are there already. A figure is always computed anew.
    say : where the lines go.
    progress : show bars: True, False, or None for only on a terminal.

    Raises
    ------
    ValueError : no data where it is needed, or several seeds where one network is shown.
    """
    if experiment in DRAWINGS:
        names = draw(experiment, dataset, seeds=list(seeds), out=out, progress=progress)
        say(f"written to {out}: {', '.join(names)}")
        return
    if dataset is None:
        raise ValueError(f"dataset must not be None for {experiment}")
    store = Store(out / "trials.jsonl")
    trials = trials_for(experiment, data=dataset.name, seeds=seeds)
    if fresh:
        store.forget(trials)
    done = sum(trial in store.results for trial in trials)
    if done:
        say(f"{done} of {len(trials)} trials are in {store.path} already; --fresh runs them again")
    results = runner.run(
        trials,
        dataset,
        store,
        on_result=lambda result: _tell(say, result),
        progress=progress,
    )
    view = VIEWS[experiment]
    table = view.table(results)
    say("\n" + table.markdown())
    for ending, text in ((".md", table.markdown()), (".csv", table.csv())):
        with written_whole(out / f"{experiment}{ending}") as temporary:
            temporary.write_text(text)
    if view.figure is not None:
        figures.save(view.figure(results), out / f"{experiment}.png")
    say(f"written to {out}: {', '.join(sorted(path.name for path in out.glob(f'{experiment}.*')))}")


def _tell(say: Callable[[str], object], result: Result) -> None:
    trial, last = result.trial, result.rounds[-1]
    what = f"{trial.data}, seed {trial.seed}, {trial.activation}"
    if trial.target is not None:
        what += f", {trial.criterion} to {trial.target:.0%}"
    say(f"{what}: {last.accuracy_tuned:.2f}% in {result.seconds:.0f} s")
