import os
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from minirelprune.experiments.trials import elsewhere, networks, runner, shared
from minirelprune.experiments.trials.runner import run_trials
from minirelprune.experiments.trials.store import Result, Store
from minirelprune.experiments.trials.trial import Trial
from minirelprune.experiments.trials.workers import Workers
from minirelprune.support import threads

pytestmark = pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")

EQ_2 = "relative_contribution"
DENSE = Trial("synthetic", 0, epochs=1, n_train=100)
TRIALS = [
    DENSE,
    *(
        replace(DENSE, criterion=name, per_round=0.25, target=0.5)
        for name in ("magnitude", "wanda", EQ_2, "random_redrawn", "none")
    ),
    replace(
        DENSE,
        criterion=EQ_2,
        options=(("silent", "skip"),),
        per_round=0.4,
        target=0.5,
    ),
]


def numbers(results: list[Result]) -> list[object]:
    """All of the results that must not depend on how they were run."""
    return [
        (r.trial, r.blind_share, [(one.accuracy_pruned, one.accuracy_tuned) for one in r.rounds])
        for r in results
    ]


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> list[Result]:
    return run_trials(TRIALS, Store(tmp_path_factory.mktemp("serial") / "s"), progress=False)


def test_what_is_finished_is_not_run_again(tmp_path: Path, serial: list[Result]) -> None:
    store = Store(tmp_path / "s")
    for result in serial[:4]:
        store.add(result)
    ran: list[Result] = []
    results = run_trials(TRIALS, store, on_result=ran.append, progress=False)
    assert [one.trial for one in ran] == TRIALS[4:]
    assert numbers(results) == numbers(serial)


def test_a_stopped_run_goes_on_to_the_same_numbers(tmp_path: Path, serial: list[Result]) -> None:
    def stop(one: Result) -> None:
        raise KeyboardInterrupt

    for done in (1, 2):
        with pytest.raises(KeyboardInterrupt):
            run_trials(TRIALS, Store(tmp_path / "s"), on_result=stop, progress=False)
        assert len(Store(tmp_path / "s").results) == done
    assert numbers(run_trials(TRIALS, Store(tmp_path / "s"), progress=False)) == numbers(serial)


def test_processes_give_the_same_bits(tmp_path: Path, serial: list[Result]) -> None:
    with Workers(2) as workers:
        results = run_trials(TRIALS, Store(tmp_path / "s"), executor=workers, progress=False)
    assert numbers(results) == numbers(serial)


def test_dask_gives_the_same_bits(tmp_path: Path, serial: list[Result]) -> None:
    distributed = pytest.importorskip("distributed", reason="needs the extra `cluster`")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as two,
        distributed.Client(two) as client,
    ):
        executor = client.get_executor()
        results = run_trials(TRIALS, Store(tmp_path / "s"), executor=executor, progress=False)
    assert numbers(results) == numbers(serial)


def test_trials_of_one_seed_share_the_network_and_its_file(tmp_path: Path) -> None:
    run_trials(TRIALS, Store(tmp_path / "s"), progress=False)
    assert len(list((tmp_path / "networks").glob("*.npz"))) == 1


def test_a_network_is_taken_from_its_file(
    tmp_path: Path, serial: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_trials(TRIALS[:1], Store(tmp_path / "s"), progress=False)
    monkeypatch.delattr(networks, "train_network")
    assert numbers(run_trials(TRIALS, Store(tmp_path / "s"), progress=False)) == numbers(serial)


class DyingOnce(Executor):
    """Runs work here, but loses the first `deaths` pieces of a trial."""

    def __init__(self, trial: Trial, deaths: int) -> None:
        self.trial, self.deaths = trial, deaths

    def submit(self, fn, /, *args, **kwargs):
        future: Future[Result] = Future()
        if args[0] == self.trial and self.deaths:
            self.deaths -= 1
            future.set_exception(RuntimeError("the worker died"))
        else:
            future.set_result(fn(*args))
        return future


def test_a_trial_whose_worker_dies_is_tried_once_more(
    tmp_path: Path, serial: list[Result], capsys: pytest.CaptureFixture[str]
) -> None:
    executor = DyingOnce(TRIALS[1], 1)
    results = run_trials(TRIALS, Store(tmp_path / "s"), executor=executor, progress=False)
    assert numbers(results) == numbers(serial)
    assert f"tried once more: {TRIALS[1]}" in capsys.readouterr().out


def test_a_trial_that_fails_twice_is_named_and_the_others_are_done(tmp_path: Path) -> None:
    executor = DyingOnce(TRIALS[1], 2)
    store = Store(tmp_path / "s")
    with pytest.raises(runner.TrialsFailed, match=r"1 trials failed: .*magnitude.*died"):
        run_trials(TRIALS, store, executor=executor, progress=False)
    assert set(store.results) == set(TRIALS) - {TRIALS[1]}


def test_serial_goes_on_after_a_trial_that_fails(tmp_path: Path) -> None:
    bad = replace(DENSE, criterion=EQ_2, options=(("epsilon", -1.0),), target=0.5)
    store = Store(tmp_path / "s")
    with pytest.raises(runner.TrialsFailed, match="epsilon"):
        run_trials([bad, DENSE], store, progress=False)
    assert set(store.results) == {DENSE}


def test_a_trial_that_diverges_on_a_worker_is_reported_at_once_and_not_retried(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = replace(DENSE, output_l1=1e38)
    said: list[str] = []
    with (
        Workers(1) as workers,
        pytest.raises(runner.TrialsFailed, match=r"1 trials failed: .*TrainingDiverged\('training"),
    ):
        run_trials(
            [bad, DENSE],
            Store(tmp_path / "s"),
            executor=workers,
            on_result=lambda one: said.append(capsys.readouterr().out),
            progress=False,
        )
    [before_the_next_one] = said
    assert before_the_next_one.startswith(f"failed: {bad}: TrainingDiverged('training")
    assert "tried once more" not in before_the_next_one + capsys.readouterr().out


class Stubborn(Exception):
    """It does not survive pickling, as it takes two arguments and keeps one."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what}, {why}")


def test_an_error_that_cannot_be_pickled_comes_home_as_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> Result:
        raise Stubborn("wrong", "stubborn")

    monkeypatch.setattr(shared, "run_trial", fail)
    with ThreadPoolExecutor(1) as pool, threads.limited(1):
        error = pool.submit(elsewhere._on_one_thread, DENSE, tmp_path / "s", 0).result()
    assert repr(pickle.loads(pickle.dumps(error))) == repr(
        RuntimeError("Stubborn('wrong, stubborn')")
    )


@pytest.mark.parametrize(
    ("error", "tries"), [(ValueError("wrong"), 1), (OSError("disk"), 2), (MemoryError("RAM"), 2)]
)
def test_what_the_machine_lacks_may_be_there_at_the_second_try(
    error: Exception, tries: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def fail(trial: Trial, networks: Path, progress: bool | None) -> Result:
        tried.append(trial)
        raise error

    monkeypatch.setattr(shared, "run_trial", fail)
    with (
        ThreadPoolExecutor(1) as pool,
        threads.limited(1),
        pytest.raises(runner.TrialsFailed, match=str(error)),
    ):
        run_trials([DENSE], Store(tmp_path / "s"), executor=pool, progress=False)
    assert len(tried) == tries


KILLED = """
import os, signal, sys
from pathlib import Path
from minirelprune.experiments.trials import run
from minirelprune.experiments.trials.runner import run_trials
from minirelprune.experiments.trials.store import Store
from minirelprune.experiments.trials.trial import Trial
from minirelprune.support import files

def kill(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[2] == "network":
    files.os.replace = kill  # its file is written, and not yet under its name
else:
    run.prune = kill
trial = Trial("synthetic", 0, epochs=1, n_train=100, criterion="wanda", per_round=0.25, target=0.5)
run_trials([trial], Store(Path(sys.argv[1])), progress=False)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize(("when", "networks"), [("network", 0), ("rounds", 1)])
def test_a_killed_trial_leaves_nothing_half_and_runs_again(
    when: str, networks: int, tmp_path: Path, serial: list[Result]
) -> None:
    run = [sys.executable, "-c", KILLED, str(tmp_path / "s"), when]
    assert subprocess.run(run, check=False).returncode == -signal.SIGKILL
    assert len(list((tmp_path / "networks").glob("[!.]*.npz"))) == networks
    assert not Store(tmp_path / "s").results
    again = run_trials(TRIALS[2:3], Store(tmp_path / "s"), progress=False)
    assert numbers(again) == numbers(serial[2:3])


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_workers_outlive_the_death_of_one() -> None:
    with Workers(2) as workers:
        dead, alive = workers.submit(die), workers.submit(os.getpid)
        assert dead.exception() is not None
        assert alive.result() != os.getpid()
        assert workers.submit(len, "abc").result() == 3


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("how", ["Ctrl-C", "SIGINT to the main process alone", "SIGKILL to it"])
def test_workers_end_with_the_process_that_made_them(tmp_path: Path, how: str) -> None:
    script = tmp_path / "main.py"
    script.write_text(
        "import os, signal, time\n"
        "from minirelprune.experiments.trials.workers import Workers\n"
        "if __name__ == '__main__':\n"
        "    signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "    with Workers(1) as workers:\n"
        "        print(workers.submit(os.getpid).result(), flush=True)\n"
        "        workers.submit(time.sleep, 60).result()\n"
    )
    with subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
    ) as main:
        assert main.stdout is not None
        child = int(main.stdout.readline())
        time.sleep(0.5)
        if how == "Ctrl-C":
            os.killpg(main.pid, signal.SIGINT)
        else:
            os.kill(main.pid, signal.SIGKILL if "KILL" in how else signal.SIGINT)
        main.wait(timeout=30)  # and not the 60 s its worker sleeps for
    for _ in range(100):
        if not Path(f"/proc/{child}").exists():
            return
        time.sleep(0.1)
    pytest.fail("the worker lives on")


def test_a_trial_runs_on_one_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def look(trial: Trial, networks: Path, progress: bool | None) -> Result:
        seen.append(threads.cores())
        return Result(trial, [], [], 0.0)

    monkeypatch.setattr(shared, "run_trial", look)
    before = threads.cores()
    run_trials([DENSE], Store(tmp_path / "s"), progress=False)
    assert (seen, threads.cores()) == ([1], before)


def test_any_executor_will_do(tmp_path: Path, serial: list[Result]) -> None:
    with ThreadPoolExecutor(1) as pool, threads.limited(1):
        results = run_trials(TRIALS, Store(tmp_path / "s"), executor=pool, progress=False)
    assert numbers(results) == numbers(serial)
