"""What is printed on terminals and pipes that cannot take all of it."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from made_up import finished

from minirelprune import Dataset, load_dataset
from minirelprune.cli import main, streams
from minirelprune.experiments.registry import trials_for
from minirelprune.experiments.trials.store import Store

NAMES = ("table1", "claims", "readings")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which every trial of these exhibits is finished."""
    out = tmp_path_factory.mktemp("out")
    store = Store(out / "trials.jsonl")
    trials = dict.fromkeys(t for name in NAMES for t in trials_for(name, "synthetic", [0]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        for result in finished(trials, lambda _, k: 98.0 - k / 20):
            store.add(result)
    return out


@pytest.fixture
def _small_data(monkeypatch: pytest.MonkeyPatch) -> None:
    def small(name: str) -> Dataset:
        return load_dataset("synthetic", n_train=100, n_test=50)

    monkeypatch.setattr("minirelprune.cli.reproduce.load_dataset", small)


def printed(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, encoding: str, errors: str = "strict"
) -> str:
    """What a command prints on a stdout of this encoding."""
    raw = io.BytesIO()
    stdout = io.TextIOWrapper(raw, encoding, errors)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stdout)
        assert main(arguments) == 0
        assert sys.stdout is stdout
    assert stdout.errors == errors  # as the caller left it
    return raw.getvalue().decode(encoding)


@pytest.mark.usefixtures("_small_data")
@pytest.mark.parametrize("name", NAMES)
def test_what_an_encoding_lacks_is_a_question_mark_and_all_files_are_written(
    name: str, done: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ["reproduce", name, "--workers", "1", "--out", str(done)]
    full = printed(run, monkeypatch, "utf-8")
    file = done / "synthetic" / f"{name}.md"
    table = file.read_text("utf-8")
    assert all(line in full for line in table.splitlines())
    for encoding in ("ascii", "cp1252"):
        file.unlink()
        degraded = printed(run, monkeypatch, encoding)
        assert degraded == full.encode(encoding, "replace").decode(encoding)
        assert file.read_text("utf-8") == table


@pytest.mark.usefixtures("_small_data")
def test_an_error_handler_that_the_user_chose_is_kept(
    done: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ["reproduce", "table1", "--workers", "1", "--out", str(done)]
    full = printed(run, monkeypatch, "utf-8")
    escaped = printed(run, monkeypatch, "ascii", "backslashreplace")
    assert escaped == full.encode("ascii", "backslashreplace").decode()
    assert "\\u" in escaped


def test_a_terminal_in_ascii_gets_its_table(done: Path) -> None:
    run = ["reproduce", "table1", "--data", "synthetic", "--workers", "1", "--out", str(done)]
    ended = program(run, PYTHONIOENCODING="ascii")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.decode("ascii").count("\n| ") > 10


def program(arguments: list[str], **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "minirelprune", *arguments]
    return subprocess.run(
        command, capture_output=True, env={**os.environ, **environment}, check=False
    )


@POSIX
@pytest.mark.parametrize("arguments", [["data"], ["list"], ["--help"], ["reproduce", "--help"]])
def test_a_reader_who_leaves_ends_the_program_quietly(arguments: list[str], tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)  # as `| head -1` does, only sooner
    command = [sys.executable, "-m", "minirelprune", *arguments]
    here = {"MINIRELPRUNE_DATA": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}  # no real data
    there = {**os.environ, **here, "PYTHONUNBUFFERED": ""}
    ended = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, env=there, check=False)
    os.close(write)
    assert ended.stderr == b""
    assert ended.returncode == streams.BROKEN_PIPE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_output_that_cannot_be_written_is_an_error_that_says_so() -> None:
    command = [sys.executable, "-m", "minirelprune", "list"]
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 1
    assert ended.stderr.decode().startswith("minirelprune: [Errno 28]")
    assert ended.stderr.count(b"\n") == 1


@POSIX
def test_without_a_stdout_the_work_is_done(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m minirelprune reproduce fig2 --out "{tmp_path}" >&-'
    ended = subprocess.run(command, shell=True, stderr=subprocess.PIPE, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert (tmp_path / "fig2.png").exists()


@POSIX
def test_an_error_is_told_though_nobody_reads_the_output(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    run = ["-m", "minirelprune", "report", "--out", str(tmp_path)]
    ended = subprocess.run(
        [sys.executable, *run], stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert ended.returncode == 1
    assert b"store must have trials, got none in" in ended.stderr
