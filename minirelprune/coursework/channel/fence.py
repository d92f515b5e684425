"""What the child process may do. This file is run as text, before anything else, in `python -I -S`.

It uses the standard library only. It sets limits, keeps the library out of reach, and refuses what
a formula does not need: other processes, the network, and files outside the child's own folder. It
raises the bar and is no sandbox: the README says what it does not protect against.
"""

import importlib.abc
import importlib.util
import json
import os
import resource
import sys
import types
import warnings
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from typing import Any

REFUSED = (
    "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "os.kill",
    "os.killpg", "os.startfile", "pty.spawn", "subprocess.Popen", "_winapi.CreateProcess",
    "socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname",
    "socket.sendto", "urllib.Request", "signal.pthread_kill", "gc.get_objects",
)  # fmt: skip
CHANGES = (
    "os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir",
    "os.symlink", "os.truncate", "os.utime", "shutil.rmtree", "shutil.move",
)  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Given(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules of the library that the assignment gives, and no others."""

    def __init__(self, sources: dict[str, str]) -> None:
        self.sources = sources

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module if it is given; an error if it is another one of the library."""
        if name.partition(".")[0] != "minirelprune":
            return None
        package = any(one.startswith(f"{name}.") for one in self.sources)
        if name not in self.sources and not package:
            raise ModuleNotFoundError(
                f"{name} is not given in this assignment: your code is graded without it", name=name
            )
        return importlib.util.spec_from_loader(name, self, is_package=package)

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the module's text; a package that is only on the way to one has none."""
        text = self.sources.get(module.__name__, "")
        exec(compile(text, f"<{module.__name__}>", "exec"), module.__dict__)


def limit(limits: dict[str, int]) -> None:
    """Set the limits of the process, which only get lower."""
    for name, most in limits.items():
        kind = getattr(resource, name)
        hard = most + 1 if name == "RLIMIT_CPU" else most  # a second after the signal, the end
        resource.setrlimit(kind, (most, hard))


def guard(folder: str, hidden: Sequence[str]) -> Callable[[str, tuple[Any, ...]], None]:
    """An audit hook that refuses what a formula does not need.

    Parameters
    ----------
    folder : the child's own, where it may write.
    hidden : folders that it may not read.
    """
    fspath, realpath, fsdecode = os.fspath, os.path.realpath, os.fsdecode
    own = (folder, folder + os.sep)

    def place(path: Any) -> str | None:
        return None if isinstance(path, int) or path is None else realpath(fsdecode(fspath(path)))

    def inside(path: str, top: str) -> bool:
        return path == top or path.startswith(top + "/")

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event in REFUSED:
            raise PermissionError(f"{event} is refused while your code is graded")
        if event == "open":
            where = place(args[0])
            if where is None:
                return
            writes = bool((args[2] or 0) & WRITING)
            if writes and where != os.devnull and not inside(where, own[0]):
                raise PermissionError("files outside of your folder cannot be written")
            if any(inside(where, top) for top in hidden):
                raise PermissionError("the library cannot be read while your code is graded")
        elif event in CHANGES:
            for path in args[:2]:
                if isinstance(path, str | bytes | os.PathLike):
                    where = place(path)
                    if where is not None and not inside(where, own[0]):
                        raise PermissionError("files outside of your folder cannot be changed")

    return hook


def main(read: int, write: int) -> None:
    """Read what the parent says, set everything up, and serve."""
    for fd in (read, write):
        os.set_inheritable(fd, False)
    size = int.from_bytes(os.read(read, 8), "little")
    text = b""
    while len(text) < size:
        text += os.read(read, size - len(text))
    said = json.loads(text)
    limit(said["limits"])
    os.chdir(said["folder"])
    sys.path[:] = [*said["first"], *sys.path, *said["path"]]
    sys.dont_write_bytecode = True
    warnings.simplefilter("ignore")
    if said["fenced"]:
        sys.meta_path.insert(0, Given(said["sources"]))
    child = importlib.import_module("minirelprune.coursework.channel.child")
    sys.path.append(said["folder"])
    if said["fenced"]:
        sys.addaudithook(guard(said["folder"], said["hidden"]))
    child.serve(read, write, said["module"])
