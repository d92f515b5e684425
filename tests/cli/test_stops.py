"""A command that is told to stop says so in one sentence, and its exit code says by what."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from minirelprune.cli import main, stops, streams
from minirelprune.experiments.trials.store import Store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")

STOPPED = (
    "minirelprune: stopped; finished trials are kept, and the same command goes on after them\n"
)

# Trials that take a minute, but for those without a target, which take no time.
LONG = """
import os
import sys
import time
from minirelprune.cli import main
from minirelprune.experiments.trials import shared
from minirelprune.experiments.trials.store import Result
from minirelprune.pruning.rounds import Round

ROUND = Round(0, 0, 0.0, (0.0, 0.0, 0.0), 98.0, 98.0)

def run(trial, networks, progress=None):
    if trial.target is not None:
        (networks / f"by {os.getpid()}").touch()
        time.sleep(60)
    return Result(trial, [ROUND], [0.5, 0.5], 1.0)

shared.run_trial = run
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""


def long(folder: Path, workers: str, **streams: int) -> tuple["subprocess.Popen[str]", int]:
    """`reproduce` as a process group of its own, and the process in which a long trial runs.

    A first trial is finished; the results are in `out` in the folder.
    """
    (folder / "long.py").write_text(LONG)
    arguments = ["reproduce", "table4", "--data", "synthetic", "--workers", workers, "--out"]
    run = [sys.executable, str(folder / "long.py"), *arguments, str(folder / "out")]
    ctrl_c = signal.signal(signal.SIGINT, signal.default_int_handler)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    process = subprocess.Popen(run, start_new_session=True, text=True, **pipes)
    signal.signal(signal.SIGINT, ctrl_c)
    for _ in range(600):
        begun = list((folder / "out" / "networks").glob("by *"))
        if begun and (folder / "out" / "trials.jsonl").exists():
            return process, int(begun[0].name.removeprefix("by "))
        time.sleep(0.1)
    raise AssertionError(process.communicate())


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("to", ["process", "group"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_one_sentence(
    number: signal.Signals, to: str, workers: str, tmp_path: Path
) -> None:
    process, _ = long(tmp_path, workers)
    (os.kill if to == "process" else os.killpg)(process.pid, number)
    _, said = process.communicate(timeout=50)
    assert said == STOPPED
    assert process.returncode == 128 + number
    assert len(Store(tmp_path / "out" / "trials.jsonl").results) == 1


def test_a_killed_worker_is_told_of_in_one_line_and_leaves_nothing_to_say(tmp_path: Path) -> None:
    process, worker = long(tmp_path, "2")
    os.kill(worker, signal.SIGKILL)
    assert process.stdout is not None
    lines = iter(process.stdout.readline, "")
    (told,) = [next(line for line in lines if "tried once more" in line)]
    assert told.startswith("failed, and is tried once more: synthetic seed 0, relu, ")
    assert told.endswith(": its process was ended by something else\n")
    process.terminate()
    assert process.communicate(timeout=50)[1] == STOPPED
    assert process.returncode == stops.BY_SIGTERM


def test_a_main_process_that_is_killed_leaves_nothing_to_say(tmp_path: Path) -> None:
    process, _ = long(tmp_path, "2")
    process.kill()
    assert process.communicate(timeout=50)[1] == ""


def test_a_reader_who_leaves_while_trials_run_ends_them_quietly(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    folder = tmp_path / "out"
    (tmp_path / "long.py").write_text(LONG)
    arguments = ["reproduce", "dense", "--data", "synthetic", "--workers", "2", "--out"]
    run = [sys.executable, str(tmp_path / "long.py"), *arguments, str(folder)]
    ended = subprocess.run(run, stdout=write, stderr=subprocess.PIPE, timeout=50, check=False)
    os.close(write)
    assert (ended.returncode, ended.stderr) == (streams.BROKEN_PIPE, b"")


@pytest.mark.parametrize(
    ("handler", "number", "code"),
    [
        (signal.SIG_DFL, signal.SIGTERM, 143),
        (signal.SIG_DFL, signal.SIGINT, 130),
        (signal.SIG_IGN, signal.SIGTERM, 0),
    ],
)
def test_what_is_ignored_stays_ignored_and_the_handler_is_put_back(
    handler: signal.Handlers,
    number: signal.Signals,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("minirelprune.cli.list.run", lambda _: os.kill(os.getpid(), number) or 0)
    before = signal.signal(signal.SIGTERM, handler)
    try:
        assert main(["list"]) == code
        assert signal.getsignal(signal.SIGTERM) == handler
    finally:
        signal.signal(signal.SIGTERM, before)
    assert capsys.readouterr().err == ("minirelprune: stopped\n" if code else "")
