"""Files that are whole or absent, and files that several processes add to."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import IO

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None


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
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    # The suffix stays: np.savez and savefig choose their format by it.
    temporary = path.with_name(f".{path.stem}-{uuid.uuid4().hex}{path.suffix}")
    try:
        yield temporary
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def write_whole(path: str | os.PathLike[str], text: str) -> None:
    """Write a text file, whole or not at all."""
    with written_whole(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


@contextmanager
def locked(path: str | os.PathLike[str], mode: str) -> Iterator[IO[bytes]]:
    """Open a file that several processes write to, and hold the others off until it is closed.

    Only those that ask for the lock are held off. It ends with the process, however that ends.
    """
    with open(path, mode) as file:
        if fcntl is not None:  # as everywhere but on Windows, which locks what is open by itself
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file
