"""From the name of an experiment to its table and its picture: run, print, write."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from minirelprune.data import Dataset
from minirelprune.experiments import figures, runner, tables
from minirelprune.experiments.store import Result, Store
from minirelprune.experiments.trials import trials_for
from minirelprune.files import written_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class View(NamedTuple):
    """What is shown of an experiment's results."""

    table: Callable[[Sequence[Result]], tables.Table]
    figure: "Callable[[Sequence[Result]], Figure] | None"


VIEWS = {
    "dense": View(tables.dense_table, None),
    "table4": View(tables.table4, figures.sparsity_curves),
}


def reproduce(
    experiment: str,
    dataset: Dataset,
    *,
    seeds: Iterable[int],
    out: Path,
    fresh: bool = False,
    say: Callable[[str], object] = print,
    progress: bool | None = None,
) -> None:
    """Run an experiment's trials, print its table, and write it as .csv, .md and .png.

    Parameters
    ----------
    experiment : a key of `VIEWS`.
    dataset : what to run it on; its name is on everything that is written.
    seeds : one repetition each.
    out : the folder to write to. The trials are kept in its `trials.jsonl`, and a run that was
        stopped goes on from there.
    fresh : run trials again that are there already.
    say : where the lines go.
    progress : show bars: True, False, or None for only on a terminal.
    """
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
