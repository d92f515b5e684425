"""Files that are whole or absent, and files that several processes add to."""

import errno
import os
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import IO

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None


def as_path(name: str, value: object) -> Path:
    """A path that is handed in as text or as an `os.PathLike`.

    >>> as_path("out", "figures").name
    'figures'
    >>> as_path("out", 1)
    Traceback (most recent call last):
        ...
    ValueError: out must be a path, got 1
    """
    try:
        return Path(os.fsdecode(value))  # type: ignore[arg-type]
    except TypeError as error:  # a whole number, say, which `open` takes for an open file
        raise ValueError(f"{name} must be a path, got {value!r}") from error


@contextmanager
def named(path: Path, temporary: Path | None = None) -> Iterator[None]:
    """Give `path` as the file to a system error that names none, or that names `temporary`.

    An error of writing, such as that of a full disk, does not say which file it is about.
    """
    try:
        yield
    except OSError as error:
        nameless = error.filename is None or str(error.filename) == str(temporary)
        if nameless and error.errno is not None:
            error.filename, error.filename2 = str(path), None
        raise


@contextmanager
def written_whole(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a temporary path beside `path`; rename it to `path` if the block ends well.

    A reader therefore sees the old file or the new one, never half of either, and two
    processes that write at once leave one whole file. Missing folders are made.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with written_whole(pathlib.Path(folder, "a.txt")) as temporary:
    ...         _ = temporary.write_text("whole")
    ...     [file.name for file in pathlib.Path(folder).iterdir()]
    ['a.txt']
    """
    path = as_path("path", path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = _temporary(path)
    try:
        with named(path, temporary):
            yield temporary
            os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def check_writable(path: Path) -> None:
    """Raise OSError, which names `path`, if `written_whole` could not write it.

    Long work is to know this before it begins. Missing folders are made, and nothing else stays.
    """
    temporary = _temporary(path)
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.touch()
        temporary.unlink()
    except FileExistsError as error:  # a file where a folder should be
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path)) from error
    except OSError as error:
        error.filename = str(path)
        raise


def _temporary(path: Path) -> Path:
    """A new name beside `path`, with its suffix: np.savez and savefig choose their format by it."""
    return path.with_name(f".{path.stem}-{uuid.uuid4().hex}{path.suffix}")


def write_whole(path: str | os.PathLike[str], text: str) -> None:
    """Write a text file in UTF-8, with the same bytes on every system, whole or not at all."""
    with written_whole(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def locked(path: str | os.PathLike[str], mode: str) -> Iterator[IO[bytes]]:
    """Open a file that several processes write to, and hold the others off until it is closed.

    Only those that ask for the lock are held off; readers, whose mode is "rb", hold off writers
    alone. The lock ends with the process, however that ends. Where the file system has no locks,
    the file is opened without one, and a warning says so to whoever writes.
    """
    reads = mode == "rb"
    with open(path, mode) as file:
        if fcntl is not None:  # as everywhere but on Windows, which locks what is open by itself
            try:
                fcntl.flock(file, fcntl.LOCK_SH if reads else fcntl.LOCK_EX)
            except OSError as error:
                if not reads:
                    _warn_of_no_locks(Path(path).parent.absolute(), str(error.strerror))
        yield file


@cache
def _warn_of_no_locks(folder: Path, reason: str) -> None:
    """Once for each folder: a sweep adds hundreds of lines to one file."""
    message = f"no file can be locked in {folder} ({reason}): let one run at a time write there"
    warnings.warn(message, stacklevel=2)
