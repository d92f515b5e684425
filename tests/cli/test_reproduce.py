"""`minirelprune reproduce`: what it hands on, and where the trials run."""

import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from minirelprune import Dataset, load_dataset
from minirelprune.cli import main
from minirelprune.experiments.registry import EXHIBITS
from minirelprune.experiments.trials.workers import Workers

Calls = list[tuple[tuple[Any, ...], dict[str, Any]]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The calls of what runs the trials, which runs none; "auto" is synthetic data."""
    made: Calls = []

    def load(name: str) -> Dataset:
        data = load_dataset("synthetic", n_train=1, n_test=1)
        return data if name == "auto" else data._replace(name=name)

    def keep(*given: Any, **named: Any) -> None:
        made.append((given, named))

    monkeypatch.setattr("minirelprune.cli.reproduce.load_dataset", load)
    monkeypatch.setattr("minirelprune.cli.reproduce.reproduce", keep)
    return made


@pytest.mark.parametrize(
    ("arguments", "name", "data", "seeds", "fresh"),
    [
        (["table4"], "table4", "synthetic", range(1), False),
        (["table4", "--seeds", "5", "--fresh"], "table4", "synthetic", range(5), True),
        (["table4", "--data", "fashion-mnist"], "table4", "fashion-mnist", range(1), False),
        (["all", "--seeds", "2"], "all", "synthetic", range(2), False),
        (["tails"], "tails", "synthetic", range(1), False),
        (["fig2"], "fig2", None, range(1), False),
    ],
)
def test_what_is_asked_for_is_what_is_run(
    arguments: list[str], name: str, data: str | None, seeds: range, fresh: bool, calls: Calls
) -> None:
    assert main(["reproduce", *arguments]) == 0
    ((given, named),) = calls
    assert given == (name, data)
    assert (named["seeds"], named["fresh"], named["out"]) == (seeds, fresh, Path("out"))


def test_one_worker_is_this_process_and_more_are_others(
    calls: Calls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minirelprune.cli.reproduce.cores", lambda: 3)
    asked: list[int] = []

    def workers(n: int) -> Workers:
        asked.append(n)
        return Workers(n)

    monkeypatch.setattr("minirelprune.cli.reproduce.Workers", workers)
    for option in (["--workers", "1"], ["--workers", "2"], []):
        assert main(["reproduce", "table4", *option, "--out", str(tmp_path)]) == 0
    executors = [named["executor"] for _, named in calls]
    assert executors[0] is None
    assert all(isinstance(one, Workers) for one in executors[1:])
    assert asked == [2, 3]  # by default as many as there are cores
    assert {named["out"] for _, named in calls} == {tmp_path}


def test_what_needs_no_trials_starts_no_workers(calls: Calls) -> None:
    for name, one in EXHIBITS.items():
        if one.needs != "trials":
            assert main(["reproduce", name]) == 0
    assert calls
    assert all(named["executor"] is None for _, named in calls)


class Client:
    """As dask's: it is told an address, gives an executor, and is closed."""

    addresses: list[str] = []  # noqa: RUF012
    closed = 0

    def __init__(self, address: str) -> None:
        self.addresses.append(address)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        Client.closed += 1

    def get_executor(self) -> Executor:
        return ThreadPoolExecutor(1)


def test_dask_runs_the_trials_on_its_cluster(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=Client))
    assert main(["reproduce", "table4", "--dask", "tcp://host:8786"]) == 0
    ((_, named),) = calls
    assert isinstance(named["executor"], ThreadPoolExecutor)
    assert Client.addresses == ["tcp://host:8786"]
    assert Client.closed == 1


def test_without_dask_it_says_what_to_install(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["reproduce", "table4", "--dask", "tcp://host:8786"]) == 1
    assert 'pip install "minirelprune[cluster]"' in capsys.readouterr().err
    assert not calls


@pytest.mark.parametrize("name", ["table4", "all"])
def test_a_dry_run_starts_nothing(
    name: str, calls: Calls, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reproduce", name, "--dry-run", "--workers", "4", "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().out.rstrip().endswith("with 4 at a time")
    assert not calls
    assert not list(tmp_path.iterdir())


def test_ctrl_c_says_that_finished_trials_are_kept(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object, **__: object) -> Iterator[None]:
        raise KeyboardInterrupt

    monkeypatch.setattr("minirelprune.cli.reproduce.reproduce", stop)
    assert main(["reproduce", "table4", "--workers", "1"]) == 130
    assert "finished trials are kept, and the same command goes on" in capsys.readouterr().err
