import errno
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from minirelprune.support import files


def test_a_block_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    files.write_whole(path, "old")

    def half() -> None:
        with files.written_whole(path) as temporary:
            temporary.write_text("half")
            assert temporary.suffix == ".txt"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.txt", "old")]


def test_missing_folders_are_made_and_text_is_utf_8(tmp_path: Path) -> None:
    files.write_whole(tmp_path / "new" / "folder" / "a.txt", "σ")
    assert (tmp_path / "new" / "folder" / "a.txt").read_bytes() == "σ".encode()


def test_a_place_that_can_be_written_to_is_left_as_it_is(tmp_path: Path) -> None:
    files.write_whole(tmp_path / "a.txt", "old")
    files.check_writable(tmp_path / "a.txt")
    files.check_writable(tmp_path / "new" / "b.txt")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.txt", "new"]
    assert (tmp_path / "a.txt").read_text() == "old"


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    for path in (tmp_path, tmp_path / "a.txt" / "b.txt", tmp_path / ("n" * 300)):
        with pytest.raises(OSError, match=re.escape(f"'{path}'")) as caught:
            files.check_writable(path)
        assert caught.value.filename == str(path)


@pytest.mark.skipif(files.fcntl is None, reason="Windows locks what is open by itself")
def test_processes_that_lock_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "count"
    path.write_text("0")
    program = (
        "import sys; from minirelprune.support.files import locked\n"
        "for _ in range(50):\n"
        "    with locked(sys.argv[1], 'r+b') as file:\n"
        "        n = int(file.read()); file.seek(0); file.write(b'%d' % (n + 1))\n"
    )
    processes = [subprocess.Popen([sys.executable, "-c", program, str(path)]) for _ in range(3)]
    assert [process.wait(timeout=60) for process in processes] == [0, 0, 0]
    assert path.read_text() == "150"


@pytest.mark.parametrize("value", [1, None, ["a"], 2.5])
def test_a_path_is_text_or_path_like(value: object) -> None:
    with pytest.raises(ValueError, match=r"^out must be a path, got"):
        files.as_path("out", value)
    assert files.as_path("out", "a") == files.as_path("out", Path("a")) == Path("a")


def test_text_has_the_same_bytes_on_every_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "linesep", "\r\n")
    files.write_whole(tmp_path / "a.txt", "1\n2\n")
    assert (tmp_path / "a.txt").read_bytes() == b"1\n2\n"


def test_an_error_of_writing_names_the_file(tmp_path: Path) -> None:
    def fill() -> None:
        with files.written_whole(tmp_path / "a.txt"):
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match=r"No space left on device: '.*a\.txt'"):
        fill()
    assert not list(tmp_path.iterdir())


KILLED = """
import os, signal, sys
from minirelprune.support.files import written_whole
with written_whole(sys.argv[1]) as temporary:
    temporary.write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("old", ["old", None])
def test_a_killed_process_leaves_the_old_file_and_nothing_half(
    old: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    if old:
        path.write_text(old)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [one.read_text() for one in tmp_path.glob("[!.]*")] == ([old] if old else [])
    files.write_whole(path, "new")
    assert path.read_text() == "new"


@pytest.mark.skipif(files.fcntl is None, reason="Windows locks what is open by itself")
def test_readers_hold_off_writers_and_not_each_other(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"1")
    at_once = files.fcntl.LOCK_EX | files.fcntl.LOCK_NB
    with files.locked(path, "rb") as one, files.locked(path, "rb") as other:
        assert one.read() == other.read() == b"1"
        with path.open("r+b") as writer, pytest.raises(BlockingIOError):
            files.fcntl.flock(writer, at_once)
    with path.open("r+b") as writer:
        files.fcntl.flock(writer, at_once)


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(files.fcntl, "flock", flock)


@pytest.mark.skipif(files.fcntl is None, reason="Windows locks what is open by itself")
def test_a_file_system_without_locks_is_written_to_with_one_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add() -> None:
        with files.locked(tmp_path / "a", "a+b") as file:
            file.write(b"1")

    without_locks(monkeypatch)
    with pytest.warns(UserWarning, match="no file can be locked in .*No locks"):
        add()
    add()  # a second warning would be an error here
    with files.locked(tmp_path / "a", "rb") as file:  # whoever reads is not told
        assert file.read() == b"11"
