"""Several runs on one store: no trial is run by two of them, and none waits for the dead."""

import json
import subprocess
import sys
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from minirelprune.experiments.trials import shared
from minirelprune.experiments.trials.runner import run_trials
from minirelprune.experiments.trials.store import Result, Store
from minirelprune.experiments.trials.trial import Trial
from minirelprune.experiments.trials.workers import Workers
from minirelprune.support import claims

pytestmark = [
    pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning"),
    pytest.mark.skipif(claims.fcntl is None, reason="nothing can be locked on Windows"),
]

DENSE = Trial("synthetic", 0, epochs=1, n_train=100)
TRIALS = [DENSE, *(replace(DENSE, seed=seed) for seed in range(1, 6))]

OTHER = """
import sys
import time
from pathlib import Path
from minirelprune.experiments.trials import shared
from minirelprune.experiments.trials.runner import run_trials
from minirelprune.experiments.trials.store import Store
from minirelprune.experiments.trials.trial import Trial

def run(trial, networks, progress=None):
    print("running", flush=True)
    time.sleep(float(sys.argv[2]))
    return run_trial(trial, networks, progress=progress)

run_trial, shared.run_trial = shared.run_trial, run
trials = [Trial("synthetic", seed, epochs=1, n_train=100) for seed in range(int(sys.argv[3]))]
run_trials(trials, Store(Path(sys.argv[1])), progress=False)
"""


def another_run(path: Path, seconds: float, count: int = 1) -> "subprocess.Popen[str]":
    """Another run of the first trials, each of which takes so many seconds; it has begun."""
    run = [sys.executable, "-c", OTHER, str(path), str(seconds), str(count)]
    process = subprocess.Popen(run, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    return process


def kept(path: Path) -> list[int]:
    """The seeds of all lines in a store."""
    return [json.loads(line)["trial"]["seed"] for line in path.read_text().splitlines()]


@pytest.fixture(autouse=True)
def _short_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "WAIT", 0.05)


def test_two_runs_share_the_trials(tmp_path: Path) -> None:
    store = Store(tmp_path / "s")
    with another_run(store.path, 0.3, len(TRIALS)) as other:
        results = run_trials(TRIALS, store, progress=False)
    assert other.returncode == 0
    assert [one.trial for one in results] == TRIALS
    assert sorted(kept(store.path)) == [0, 1, 2, 3, 4, 5]


def test_workers_leave_a_trial_to_the_run_that_is_at_it(tmp_path: Path) -> None:
    store, told = Store(tmp_path / "s"), []
    with another_run(store.path, 3), Workers(1) as workers:
        run_trials(TRIALS[:2], store, executor=workers, on_result=told.append, progress=False)
    assert [one.trial.seed for one in told] == [1, 0]
    assert sorted(kept(store.path)) == [0, 1]


def test_a_trial_of_a_run_that_died_is_run(tmp_path: Path) -> None:
    store = Store(tmp_path / "s")
    with another_run(store.path, 60) as other:
        assert shared.run_unclaimed(DENSE, store, progress=False) is None
        other.kill()
        other.wait()
        started = time.monotonic()
        run_trials([DENSE], store, progress=False)
        assert time.monotonic() - started < 30
    assert kept(store.path) == [0]


def test_what_another_run_finished_meanwhile_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "s")
    done = Result(DENSE, [], [], 1.0)
    Store(store.path).add(done)
    monkeypatch.delattr(shared, "run_trial")
    assert run_trials([DENSE], store, progress=False) == [done]


def test_a_fresh_run_on_workers_runs_again_what_is_in_the_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "s")
    store.add(Result(DENSE, [], [], 1.0))
    store.forget([DENSE])
    with Workers(1) as workers:
        (result,) = run_trials([DENSE], store, executor=workers, progress=False)
    assert result.rounds
    assert kept(store.path) == [0, 0]


def test_a_worker_without_this_file_system_sends_its_result_home(tmp_path: Path) -> None:
    class Far(Workers):
        def submit(self, fn, /, trial, path, known):
            return super().submit(fn, trial, tmp_path / "far" / "s", known)

    store = Store(tmp_path / "s")
    with Far(1) as workers:
        run_trials([DENSE], store, executor=workers, progress=False)
    assert kept(store.path) == kept(tmp_path / "far" / "s") == [0]


@pytest.mark.parametrize("workers", [0, 1])
def test_a_folder_that_cannot_be_written_to_ends_the_run_at_once(
    workers: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "networks").write_text("a file where the folder of networks should be")
    store = Store(tmp_path / "s")
    with (
        Workers(1) if workers else nullcontext() as pool,
        pytest.raises(OSError, match=f"{tmp_path}/networks"),
    ):
        run_trials(TRIALS, store, executor=pool, progress=False)
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "")
