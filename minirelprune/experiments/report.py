"""From finished trials to the files in `figures/`. The same trials give the same bytes."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from minirelprune.experiments.catalogue import EXPERIMENTS, trials_for
from minirelprune.experiments.outputs import write_files
from minirelprune.experiments.store import Result, Store
from minirelprune.experiments.table import Table
from minirelprune.experiments.tables import repeats
from minirelprune.experiments.tidy import Row, csv_text
from minirelprune.experiments.trials import Trial
from minirelprune.support.files import write_whole


def report(store: Store, out: Path, *, data: str) -> tuple[list[str], list[str]]:
    """Write every table and picture whose trials are there, and `results.csv`, a row a round.

    Parameters
    ----------
    store : the finished trials.
    out : the folder to write to.
    data : the name of the data set; trials on other data are passed over.

    Returns
    -------
    The names of the files, and a line for each experiment that lacks trials and is therefore left
    out, or shown in part.

    Raises
    ------
    ValueError : there is no trial on this data.
    """
    results = [result for result in store.results.values() if result.trial.data == data]
    if not results:
        raise ValueError(f"data must name one with trials in {store.path}, got {data!r}")
    results.sort(key=lambda result: _order(result.trial))
    have = repeats(results)
    written, lacking = [], []
    for name in EXPERIMENTS:
        needed = trials_for(name, data, [0])
        absent = [trial for trial in needed if trial not in have]
        begun = any(trial in have and trial.target for trial in needed)  # more than dense networks
        shown = not absent or (EXPERIMENTS[name].partial and begun)
        if absent:
            what = f"{name}: {len(absent)} of {len(needed)} trials have no seed yet"
            lacking.append(f"{'in part' if shown else 'left out'}, {what}")
        if shown:
            written += write(name, results, out)[1]
    rounds = [row for result in results for row in _rows(result)]
    write_whole(out / "results.csv", csv_text(rounds))
    return [*written, "results.csv"], lacking


def write(name: str, results: Sequence[Result], out: Path) -> tuple[list[Table], list[str]]:
    """Write one experiment's files: .md and .csv of its tables, .png of its picture.

    Returns
    -------
    The tables, and the names of the files.
    """
    experiment, data = EXPERIMENTS[name], results[0].trial.data
    tables = experiment.tables(data, repeats(results))
    # The picture is drawn before a file is touched: they belong together.
    picture = experiment.picture(tables, results) if experiment.picture else None
    return tables, write_files(name, out, tables, picture)


def _order(trial: Trial) -> tuple[object, ...]:
    """Seed by seed, network by network, whatever the order in which they were finished."""
    return (trial.seed, str(trial.network), str(trial))


def _rows(result: Result) -> Iterable[Row]:
    trial = result.trial
    for one in result.rounds:
        yield {
            "seed": trial.seed,
            **trial.columns,
            "target": trial.target,
            "round": one.number,
            "pruned": one.pruned,
            **{f"sparsity_{l}": round(s, 6) for l, s in enumerate(one.layer_sparsity, start=1)},
            "accuracy_pruned": round(one.accuracy_pruned, 4),
            "accuracy_tuned": round(one.accuracy_tuned, 4),
            "seconds_scoring": round(one.seconds_scoring, 2),
            "seconds_tuning": round(one.seconds_tuning, 2),
        }
