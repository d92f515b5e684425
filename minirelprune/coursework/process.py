"""A child process for a student's code: limits, a folder of its own, and a certain end.

The child is a session of its own, so that its end is the end of what it started. Where the grader
runs as root, as in Gradescope's container, the child runs as "nobody".
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import minirelprune
from minirelprune.coursework.channel import fence
from minirelprune.coursework.channel.wire import Pipe

SECONDS = 20  # of processor time, for a task
WALL = 2 * SECONDS  # of waiting for answers, for code that sleeps
MEMORY = 1 << 30  # bytes of address space, beyond what the libraries take
LIBRARIES = 1 << 30
FILE = 16 << 20  # bytes a file may have
PRINTED = 10_000  # characters of what was printed that are kept
IMPORTABLE = ("numpy", "scipy", "threadpoolctl", "tqdm")
NOBODY = 65534
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")

LIMITS = {
    "RLIMIT_CPU": SECONDS,
    "RLIMIT_AS": MEMORY + LIBRARIES,
    "RLIMIT_FSIZE": FILE,
    "RLIMIT_CORE": 0,
    "RLIMIT_NOFILE": 128,
    "RLIMIT_NPROC": 0,
}


@dataclass(frozen=True)
class Setup:
    """What a child is started with.

    Parameters
    ----------
    module : the name of the student's module.
    files : the texts of the submission, by file name.
    sources : the texts of the given modules of the library, by module name.
    fenced : False for the reference solution, which is the library itself.
    """

    module: str
    files: dict[str, str]
    sources: dict[str, str]
    fenced: bool = True


class Child:
    """A running child process, and the pipe to it."""

    def __init__(self, setup: Setup) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="coursework-"))
        self.printed = ""
        for name, text in setup.files.items():
            (self.folder / name).write_text(text, "utf-8")
        (to_read, write), (read, to_write) = os.pipe(), os.pipe()
        try:
            self._process = self._start(setup, to_read, to_write)
        finally:
            os.close(to_read)
            os.close(to_write)
        self._fds = (read, write)
        self._reader = threading.Thread(target=self._keep_some, daemon=True)
        self._reader.start()
        self._started = time.monotonic()
        self.pipe = Pipe(read, write, self.seconds_left)
        said = json.dumps(self._said(setup)).encode()
        rest = memoryview(len(said).to_bytes(8, "little") + said)
        os.set_blocking(write, True)
        while rest:
            rest = rest[os.write(write, rest[:4096]) :]
        os.set_blocking(write, False)

    def _start(self, setup: Setup, read: int, write: int) -> "subprocess.Popen[bytes]":
        text = Path(fence.__file__).read_text("utf-8") + f"\nmain({read}, {write})\n"
        as_user: dict[str, Any] = {}
        if setup.fenced and nobody_can_run():
            shutil.chown(self.folder, NOBODY, NOBODY)
            for file in self.folder.iterdir():
                shutil.chown(file, NOBODY, NOBODY)
            as_user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        return subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", text],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={"TMPDIR": str(self.folder), "HOME": str(self.folder), "LANG": "C.UTF-8"}
            | ONE_THREAD,
            cwd=self.folder,
            pass_fds=(read, write),
            start_new_session=True,
            **as_user,
        )

    def _said(self, setup: Setup) -> dict[str, Any]:
        home = os.path.realpath(Path(minirelprune.__file__).parent)
        return {
            "module": setup.module,
            "folder": os.path.realpath(self.folder),
            "sources": setup.sources,
            "fenced": setup.fenced,
            "hidden": [home],
            "first": [] if setup.fenced else [str(Path(home).parent)],
            "path": [str(importable())] if setup.fenced else sys.path,
            "limits": LIMITS,
        }

    def seconds_left(self) -> float:
        """How long the next answer may take."""
        return self._started + WALL - time.monotonic()

    def _keep_some(self) -> None:
        """Read all that is printed, so that nobody waits, and keep the beginning."""
        output = self._process.stdout
        while output is not None and (piece := os.read(output.fileno(), 1 << 16)):
            if len(self.printed) < PRINTED:
                self.printed = (self.printed + piece.decode("utf-8", "replace"))[:PRINTED]

    def end(self) -> int:
        """Kill the child and all it started; how it ended, as a shell reports it."""
        for fd in self._fds:
            os.close(fd)
        try:
            code: int | None = self._process.wait(0.05)  # it may be at its end
        except subprocess.TimeoutExpired:
            code = None
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        code = self._process.wait() if code is None else code
        self._reader.join(1)
        if self._process.stdout is not None and not self._reader.is_alive():
            self._process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        return code


@cache
def importable() -> Path:
    """A folder with links to the libraries that a student may import, and to no others."""
    folder = Path(tempfile.mkdtemp(prefix="coursework-libraries-"))
    folder.chmod(0o755)
    for name in IMPORTABLE:
        for place in _places(name):
            target = folder / place.name
            if not target.exists():
                target.symlink_to(place)
    return folder


def _places(name: str) -> Sequence[Path]:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return []
    origin = Path(spec.origin)
    if not spec.submodule_search_locations:
        return [origin]
    libraries = origin.parent.parent / f"{name}.libs"  # such as OpenBLAS, in wheels
    return [origin.parent, *([libraries] if libraries.exists() else [])]


@cache
def nobody_can_run() -> bool:
    """Whether this process is root's and "nobody" can run this Python and NumPy."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    text = f"import sys; sys.path.append({str(importable())!r}); import numpy"
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", text], user=NOBODY, group=NOBODY, extra_groups=[],
            env=ONE_THREAD, cwd="/", capture_output=True, timeout=30, check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
