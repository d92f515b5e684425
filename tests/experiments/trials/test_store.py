import errno
import hashlib
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
from threadpoolctl import threadpool_info

from minirelprune import __version__
from minirelprune.experiments.trials.store import Result, Store
from minirelprune.experiments.trials.trial import Trial
from minirelprune.pruning.rounds import Round
from minirelprune.support import files

EQ_2 = "relative_contribution"
STORE = Path(__file__).parents[3] / "figures" / "trials.jsonl"


def result(criterion: str = EQ_2, seed: int = 0, **changes: object) -> Result:
    trial = Trial("mnist", seed, criterion=criterion, target=0.1, **changes)
    rounds = [Round(k, 100 * k, 0.05 * k, (0.05 * k, 0.1), 97.0, 98.0 + k) for k in range(3)]
    return Result(trial, rounds, [0.5, 0.25], 1.0)


def test_a_store_gives_back_what_was_put_in(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    results = [
        result(EQ_2, options=(("beta", 0.0), ("layer_factor", None))),
        result("wanda"),
        result("wanda", hidden=(100,)),
    ]
    for one in results:
        Store(path).add(one)
    assert list(Store(path).results.values()) == results
    assert len(path.read_text().splitlines()) == 3


def test_a_line_from_before_other_widths_could_be_asked_for_has_those_of_the_paper() -> None:
    lines = STORE.read_text().splitlines()
    assert any("hidden" not in json.loads(line)["trial"] for line in lines)
    assert result("wanda").trial.hidden == (392, 196)


@pytest.mark.parametrize("cut", [2, 20, 200])
def test_a_torn_last_line_costs_only_its_own_trial(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "trials.jsonl"
    store = Store(path)
    store.add(result(EQ_2))
    whole = path.read_bytes()
    store.add(result("wanda"))
    path.write_bytes(path.read_bytes()[:-cut])
    torn = path.read_bytes()
    again = Store(path)
    assert list(again.results) == [result(EQ_2).trial]
    assert path.read_bytes() == torn  # who reads writes nothing
    again.add(result("magnitude"))
    assert len(again.results) == len(Store(path).results) == 2
    assert path.read_bytes().startswith(whole + b'{"schema"')


def test_a_last_line_that_lacks_its_end_alone_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    Store(path).add(result(EQ_2))
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))  # as some editors do
    store = Store(path)
    assert list(store.results) == [result(EQ_2).trial]
    store.forget(list(store.results))
    store.refresh()
    assert not store.results  # it was not read twice
    store.add(result("wanda"))
    assert len(Store(path).results) == 2


def test_a_line_torn_after_the_store_was_read_is_mended_too(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    store = Store(path)
    store.add(result(EQ_2))
    with path.open("a") as file:
        file.write('{"schema": 4, "tri')  # another run, killed
    store.add(result("wanda"))
    assert len(Store(path).results) == 2


def test_two_runs_on_one_store_see_and_keep_each_others_results(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    one, other = Store(path), Store(path)
    one.add(result(EQ_2))
    other.add(result("wanda"))
    one.refresh()
    assert one.results == other.results == Store(path).results
    assert len(one.results) == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_many_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    children = []
    for writer in range(4):
        child = os.fork()
        if not child:
            for k in range(25):
                Store(path).add(result(seed=25 * writer + k))
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert sorted(trial.seed for trial in Store(path).results) == list(range(100))


def test_two_stores_one_after_the_other_are_a_store(tmp_path: Path) -> None:
    for name, criterion in (("a", EQ_2), ("b", "wanda")):
        Store(tmp_path / name).add(result(criterion))
        Store(tmp_path / name).add(result("magnitude"))
    both = (tmp_path / "a").read_bytes() + (tmp_path / "b").read_bytes()
    (tmp_path / "both").write_bytes(both)
    criteria = [trial.criterion for trial in Store(tmp_path / "both").results]
    assert sorted(criteria) == ["magnitude", EQ_2, "wanda"]


def test_what_is_forgotten_runs_again_but_stays_in_the_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "trials.jsonl")
    store.add(result(EQ_2))
    store.forget([result(EQ_2).trial])
    store.refresh()
    assert not store.results
    assert len(store.path.read_text().splitlines()) == 1


def test_a_store_of_another_schema_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    Store(path).add(result())
    path.write_text(json.dumps({**json.loads(path.read_text()), "schema": 9}) + "\n")
    with pytest.raises(ValueError, match=r"schema 9, this version reads 4"):
        Store(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [('"seed": 0', '"seed": 1'), ("99.0", "99.1"), (f'"{EQ_2}"', '"wanda"')],
)
def test_a_line_that_was_edited_is_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "trials.jsonl"
    Store(path).add(result())
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(ValueError, match="it was edited"):
        Store(path)


@pytest.mark.parametrize("line", ["{}", "[1]", "not JSON", '{"schema": 4, "rounds": []}'])
def test_a_line_that_is_no_result_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "trials.jsonl").write_text(line + "\n")
    with pytest.raises(ValueError, match=r"trials\.jsonl, line 1, is not a result: "):
        Store(tmp_path / "trials.jsonl")


BOM = "\ufeff".encode()


@pytest.mark.parametrize(
    "edited",
    [
        lambda lines: BOM + b"".join(lines),
        lambda lines: b"\n".join(lines) + b"\n \t\n",
        lambda lines: b"".join(lines).replace(b"\n", b"\r\n"),
        lambda lines: BOM + lines[0] + BOM + lines[1],  # two such files, one after the other
        lambda lines: BOM + b"\r\n" + b"".join(lines).rstrip(),
    ],
    ids=["mark", "blank lines", "CRLF", "two marks", "all of it"],
)
def test_what_an_editor_does_to_a_file_does_no_harm(
    tmp_path: Path, edited: Callable[[list[bytes]], bytes]
) -> None:
    path = tmp_path / "trials.jsonl"
    for criterion in (EQ_2, "wanda"):
        Store(path).add(result(criterion))
    path.write_bytes(edited(path.read_bytes().splitlines(keepends=True)))
    store = Store(path)
    assert store.results == {result(name).trial: result(name) for name in (EQ_2, "wanda")}
    store.add(result("magnitude"))
    assert len(store.results) == len(Store(path).results) == 3


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_file_in_another_encoding_is_refused_by_name(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "trials.jsonl"
    path.write_bytes('{"é": 1}\n'.encode(encoding))
    with pytest.raises(ValueError, match=r"trials\.jsonl, line 1, is not a result: .*utf-8"):
        Store(path)


def test_to_read_takes_the_right_to_read_alone(as_a_user: Path) -> None:
    path = as_a_user / "trials.jsonl"
    Store(path).add(result())
    path.chmod(0o400)
    as_a_user.chmod(0o500)
    store = Store(path)
    assert list(store.results.values()) == [result()]
    with pytest.raises(PermissionError, match=r"trials\.jsonl"):
        store.add(result("wanda"))
    as_a_user.chmod(0o700)
    path.chmod(0)
    with pytest.raises(PermissionError, match=r"trials\.jsonl"):
        Store(path)  # and not a store of nothing


@pytest.mark.skipif(files.fcntl is None, reason="Windows locks what is open by itself")
@pytest.mark.filterwarnings("ignore:no file can be locked")
def test_a_file_system_without_locks_keeps_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flock(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    monkeypatch.setattr(files.fcntl, "flock", flock)
    for criterion in (EQ_2, "wanda"):
        Store(tmp_path / "trials.jsonl").add(result(criterion))
    assert len(Store(tmp_path / "trials.jsonl").results) == 2


def test_a_file_that_is_moved_away_takes_no_later_result_with_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "trials.jsonl")
    store.add(result(EQ_2))
    store.path.rename(tmp_path / "old.jsonl")
    store.refresh()
    store.add(result("wanda"))
    assert len(store.results) == 2
    assert list(Store(store.path).results.values()) == [result("wanda")]


FAULTY = """
import os, resource, signal, sys
sys.path[:0] = sys.argv[3:]
from trials.test_store import result
from minirelprune.experiments.trials import store
where, fault = sys.argv[1:3]
kept = store.Store(where)
kept.add(result())

def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)

if fault == "full disk":
    size = os.path.getsize(where) + 100
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
elif fault == "killed before":
    store._mend = kill
else:
    os.fsync = kill
kept.add(result("wanda"))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="POSIX signals and limits")
@pytest.mark.parametrize(
    ("fault", "kept"), [("killed before", 1), ("killed after", 2), ("full disk", 1)]
)
def test_no_fault_loses_what_was_finished_and_the_next_run_goes_on(
    tmp_path: Path, fault: str, kept: int
) -> None:
    path = tmp_path / "trials.jsonl"
    run = [sys.executable, "-c", FAULTY, str(path), fault, str(Path(__file__).parents[1])]
    ended = subprocess.run(run, capture_output=True, text=True, check=False)
    if fault == "full disk":
        assert "trials.jsonl" in ended.stderr.splitlines()[-1]  # whose disk
    else:
        assert ended.returncode == -signal.SIGKILL
    store = Store(path)
    assert len(store.results) == kept
    store.add(result("wanda"))
    assert len(store.results) == len(Store(path).results) == 2


def test_a_clock_that_goes_back_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = itertools.count(1e9, -3600)
    monkeypatch.setattr(time, "time", lambda: next(clock))
    monkeypatch.setattr(time, "time_ns", lambda: int(next(clock)) * 10**9)
    store = Store(tmp_path / "trials.jsonl")
    for criterion in (EQ_2, "wanda"):
        store.add(result(criterion))
        os.utime(store.path, (next(clock), next(clock)))
        store.refresh()
    assert list(Store(store.path).results) == [result(EQ_2).trial, result("wanda").trial]


def test_trials_without_eq_2_have_the_numbers_they_always_had() -> None:
    """The sums of Eq. (1) were made exact, and its trials run again; the others were not touched.

    The digest is of numbers alone: schemas 3 and 4 changed names and added the schedule.
    """
    numbers = ("rounds", "blind_share", "seconds", "machine", "versions")
    trials = map(json.loads, STORE.read_text("utf-8").splitlines())
    kept = [
        json.dumps([trial[key] for key in numbers])
        for trial in trials
        if trial["versions"]["minirelprune"] == "0.1.0"
        and trial["trial"]["criterion"] != "relative_contribution"
    ]
    assert len(kept) == 885
    digest = hashlib.sha256("\n".join(kept).encode()).hexdigest()
    assert digest == "30c78c8de3491c3e51a11599c50780d6307cf34e46cb91ae87d5769c00684dce"


def test_a_checkout_that_is_not_installed_can_keep_a_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    Store(tmp_path / "trials.jsonl").add(result())
    (kept,) = Store(tmp_path / "trials.jsonl").results.values()
    assert kept.versions["minirelprune"] == __version__


def test_a_result_says_for_which_processor_its_matrix_products_were_made() -> None:
    kinds = {one["architecture"] for one in threadpool_info() if "architecture" in one}
    assert all(f"BLAS for {kind}" in result().machine for kind in kinds)
