"""From finished trials to the files in `figures/`. The same trials give the same bytes."""

from collections.abc import Iterable
from pathlib import Path

from minirelprune.experiments import plots
from minirelprune.experiments.exhibit import Exhibit, OfTrials
from minirelprune.experiments.outputs import Contents, Row, csv_text, write_files
from minirelprune.experiments.registry import EXHIBITS, trials_for
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.store import Result, Store
from minirelprune.experiments.trials.trial import Trial
from minirelprune.support.files import write_whole


def report(store: Store, out: Path, *, data: str) -> tuple[list[str], list[str]]:
    """Write every table and picture whose trials are there, and `results.csv`, one row per round.

    Parameters
    ----------
    store : the finished trials.
    out : the folder to write to.
    data : the name of the data set; trials on other data are passed over.

    Returns
    -------
    The names of the files, and a line for each exhibit that lacks trials and is therefore left
    out, or shown in part.

    Raises
    ------
    ValueError : there is no trial on this data.
    """
    results = [result for result in store.results.values() if result.trial.data == data]
    if not results:
        there = sorted({repr(trial.data) for trial in store.results}) or ["no trials at all"]
        raise ValueError(
            f"data must name one with trials in {store.path}, which has {', '.join(there)}; "
            f"got {data!r}"
        )
    results.sort(key=lambda result: _order(result.trial))
    have = repeats(results)
    written, lacking = [], []
    for name, exhibit in EXHIBITS.items():
        if not isinstance(exhibit, OfTrials):
            continue
        needed = trials_for(name, data, [0])
        absent = [trial for trial in needed if trial not in have]
        begun = any(trial in have and trial.target for trial in needed)  # more than dense networks
        shown = not absent or (exhibit.partial and begun)
        if absent:
            what = f"{name}: {len(absent)} of {len(needed)} trials have no seed yet"
            lacking.append(f"{'in part' if shown else 'left out'}, {what}")
        if shown:
            written += publish(exhibit, exhibit.compute(data, have), out)
    rounds = [row for result in results for row in _rows(result)]
    write_whole(out / "results.csv", csv_text(rounds))
    return [*written, "results.csv"], lacking


def publish(exhibit: Exhibit, contents: Contents, out: Path) -> list[str]:
    """Write an exhibit's files: .md of its tables, .csv of its numbers, .png of its picture.

    Returns
    -------
    The names of the files; there is no picture of no numbers.
    """
    drawn = "picture" in exhibit.makes and contents.numbers
    # The picture is drawn before a file is touched: numbers and picture belong together.
    picture = plots.draw(exhibit.plot or exhibit.name, contents.numbers) if drawn else None
    names = write_files(exhibit.name, contents, out)
    if picture is None:
        return names
    plots.save(picture, out / f"{exhibit.name}.png")
    return [*names, f"{exhibit.name}.png"]


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
            **{f"sparsity_{l}": round(s, 6) for l, s in enumerate(one.layer_sparsity)},
            "accuracy_pruned": round(one.accuracy_pruned, 4),
            "accuracy_tuned": round(one.accuracy_tuned, 4),
            "seconds_scoring": round(one.seconds_scoring, 2),
            "seconds_tuning": round(one.seconds_tuning, 2),
        }
