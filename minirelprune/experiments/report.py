"""From finished trials to the files in `figures/`. The same trials give the same bytes."""

from collections.abc import Iterable
from pathlib import Path

from minirelprune.experiments import plots
from minirelprune.experiments.exhibit import Exhibit, OfTrials
from minirelprune.experiments.outputs import Contents, Row, csv_text, write_files
from minirelprune.experiments.paper.published import DATA
from minirelprune.experiments.registry import EXHIBITS, trials_for
from minirelprune.experiments.trials.repeats import Repeats, repeats
from minirelprune.experiments.trials.store import Result, Store
from minirelprune.experiments.trials.trial import Trial
from minirelprune.support.files import write_whole


def report(store: Store, out: Path) -> tuple[list[str], list[str]]:
    """Write every table and picture whose trials are there, and `results.csv`, one row per round.

    Parameters
    ----------
    store : the finished trials.
    out : the folder to write to. What is of MNIST goes there, as does what is of several data sets,
        and what is of another data set to the folder of its name in it.

    Returns
    -------
    The names of the files, and a line for each exhibit that lacks trials and is therefore left
    out, or shown in part.

    Raises
    ------
    ValueError : there are no trials.
    """
    results = sorted(store.results.values(), key=lambda result: _order(result.trial))
    if not results:
        raise ValueError(f"store must have trials, got none in {store.path}")
    have = repeats(results)
    written, lacking = [], []
    names = sorted({trial.data for trial in have}, key=lambda name: (name != DATA, name))
    for data in names:
        shown = [one for one in EXHIBITS.values() if data == names[0] or not one.across]
        files, absent = _views(shown, data, have, out)
        mine = [result for result in results if result.trial.data == data]
        depth = max(len(result.rounds[0].layer_sparsity) for result in mine)
        rounds = [row for result in mine for row in _rows(result, depth)]
        path = folder(out, data) / "results.csv"
        write_whole(path, csv_text(rounds))
        written += [*files, str(path.relative_to(out))]
        lacking += absent
    return written, lacking


def _views(
    exhibits: Iterable[Exhibit], data: str, have: Repeats, out: Path
) -> tuple[list[str], list[str]]:
    """Those of these exhibits that are views of trials, on one data set."""
    written: list[str] = []
    lacking = []
    for exhibit in exhibits:
        if not isinstance(exhibit, OfTrials) or data not in exhibit.on:
            continue
        needed = trials_for(exhibit.name, data, [0])
        absent = [trial for trial in needed if trial not in have]
        begun = any(trial in have and trial.target for trial in needed)  # more than dense networks
        shown = not absent or (exhibit.partial and begun)
        if absent:
            what = (
                f"{exhibit.name} ({data}): {len(absent)} of {len(needed)} trials have no seed yet"
            )
            lacking.append(f"{'in part' if shown else 'left out'}, {what}")
        if shown and (contents := exhibit.compute(data, have)):
            written += publish(exhibit, contents, out, data)
    return written, lacking


def folder(out: Path, data: str) -> Path:
    """Where what is of one data set goes: for MNIST and for no data, the folder handed in."""
    return out if data in (DATA, "") else out / data


def publish(exhibit: Exhibit, contents: Contents, out: Path, data: str) -> list[str]:
    """Write an exhibit's files: .md of its tables, .csv of its numbers, .png of its picture.

    Returns
    -------
    The names of the files, from `out` on; there is no picture of no numbers.
    """
    place = folder(out, "" if exhibit.across else data)
    drawn = "picture" in exhibit.makes and contents.numbers
    # The picture is drawn before a file is touched: numbers and picture belong together.
    picture = plots.draw(exhibit.plot or exhibit.name, contents.numbers) if drawn else None
    names = write_files(exhibit.name, contents, place)
    if picture is not None:
        plots.save(picture, place / f"{exhibit.name}.png")
        names.append(f"{exhibit.name}.png")
    return [str((place / name).relative_to(out)) for name in names]


def _order(trial: Trial) -> tuple[object, ...]:
    """Seed by seed, network by network, whatever the order in which they were finished."""
    return (trial.seed, str(trial.network), str(trial))


def _rows(result: Result, depth: int) -> Iterable[Row]:
    """A row for each round, with an empty cell for each layer that the network lacks of `depth`."""
    trial = result.trial
    for one in result.rounds:
        sparsity = dict.fromkeys(range(depth)) | dict(enumerate(one.layer_sparsity))
        yield {
            "seed": trial.seed,
            **trial.columns,
            "target": trial.target,
            "round": one.number,
            "pruned": one.pruned,
            **{f"sparsity_{l}": s if s is None else round(s, 6) for l, s in sparsity.items()},
            "accuracy_pruned": round(one.accuracy_pruned, 4),
            "accuracy_tuned": round(one.accuracy_tuned, 4),
            "seconds_scoring": round(one.seconds_scoring, 2),
            "seconds_tuning": round(one.seconds_tuning, 2),
        }
