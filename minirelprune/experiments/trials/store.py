"""Finished trials, one JSON line each: readable, diffable, and never lost once written."""

import codecs
import hashlib
import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import IO, Any

import numpy as np
import scipy
from threadpoolctl import threadpool_info

from minirelprune import __version__
from minirelprune.experiments.trials.trial import Trial
from minirelprune.pruning.rounds import Round
from minirelprune.support.files import as_path, locked, named

SCHEMA = 4


def _machine() -> str:
    """What the last bits of a trial depend on, beside its configuration and the versions.

    Matrix libraries choose their code by the processor: another kind of it, another rounding.
    """
    kernels = sorted({one["architecture"] for one in threadpool_info() if "architecture" in one})
    name = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return ", ".join([name, *(f"BLAS for {kernel}" for kernel in kernels)])


def _versions() -> dict[str, str]:
    return {
        "minirelprune": __version__,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
    }


@dataclass(frozen=True)
class Result:
    """A finished trial: its configuration, its rounds, and what it ran on.

    `blind_share` is of the network it started from: the share of its hidden outputs on the data it
    is measured on whose abs(f') is at most 0.01, layer by layer.
    """

    trial: Trial
    rounds: list[Round]
    blind_share: list[float]
    seconds: float
    machine: str = field(default_factory=_machine)
    versions: dict[str, str] = field(default_factory=_versions)


class Store:
    """An append-only file of results; that of two runs, one after the other, is one too.

    Parameters
    ----------
    path : made when the first result is added; to read it takes no right to write.
    known : how many bytes of the file are passed over, as their results are known elsewhere.

    Raises
    ------
    ValueError : the file is of another schema, or a line in it is not a result, or was edited; the
        message has the number of the line. Blank lines and the mark that some editors put before
        the text are passed over. So is a torn last line, which a kill, a power cut or a full disk
        may leave: its trial runs again.
    OSError : the file is there and cannot be read.
    """

    def __init__(self, path: str | os.PathLike[str], *, known: int = 0) -> None:
        self.path = as_path("path", path)
        self.results: dict[Trial, Result] = {}
        self.known = known  # bytes of the file that need not be read again
        self.refresh()

    def refresh(self) -> None:
        """Read what was added since, by this process or another."""
        try:
            with locked(self.path, "rb") as file:
                self._take(file)
        except FileNotFoundError:  # nothing was added yet
            return

    def add(self, result: Result) -> None:
        """Append one result, and see it onto the disk before going on."""
        line = (json.dumps(_entry(result)) + "\n").encode()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with named(self.path), locked(self.path, "a+b") as file:
            _mend(file)
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
            self._take(file)

    def include(self, result: Result) -> None:
        """Add one result, unless whoever ran it, in another process, has added it already."""
        if result.trial not in self.results:
            self.refresh()
        if result.trial not in self.results:
            self.add(result)

    def forget(self, trials: Iterable[Trial]) -> None:
        """Have these trials run again. Their old lines stay in the file; the newest one counts."""
        for trial in trials:
            self.results.pop(trial, None)

    def _take(self, file: IO[bytes]) -> None:
        """Read on to the end; a last line that is not whole is left for later."""
        if file.seek(0, os.SEEK_END) < self.known:
            self.known = 0  # the file was moved away, and this is a new one
        file.seek(self.known)
        for line in file:
            if not (line.endswith(b"\n") or _is_whole(line)):
                break
            if text := line.strip().removeprefix(codecs.BOM_UTF8):
                try:
                    result = _parsed(text)
                except ValueError as error:
                    file.seek(0)
                    number = file.read(self.known).count(b"\n") + 1
                    raise ValueError(
                        f"{self.path}, line {number}, is not a result: {error}"
                    ) from error
                self.results[result.trial] = result
            self.known += len(line)


def _parsed(line: bytes) -> Result:
    try:
        entry = json.loads(line.decode())
        schema = entry["schema"]
        if schema != SCHEMA:
            raise ValueError(f"it has schema {schema}, this version reads {SCHEMA}")
        trial, rounds = dict(entry["trial"]), entry["rounds"]
        trial["options"] = tuple(sorted(trial["options"].items()))
        if "hidden" in trial:
            trial["hidden"] = tuple(trial["hidden"])
        result = Result(
            trial=Trial(**trial),
            rounds=[
                Round(**{**one, "layer_sparsity": tuple(one["layer_sparsity"])}) for one in rounds
            ],
            **{key: entry[key] for key in ("blind_share", "seconds", "machine", "versions")},
        )
        if entry["digest"] != _digest(entry):
            raise ValueError("it was edited: its digest is not that of its contents")
        return result
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(
            f"{error}; it starts {line[:60].decode(errors='backslashreplace')!r}. "
            "Take it out, or move the file away to start anew"
        ) from error


def _entry(result: Result) -> dict[str, Any]:
    entry = {"schema": SCHEMA, **asdict(result)}
    entry["trial"]["options"] = dict(result.trial.options)
    return {**entry, "digest": _digest(json.loads(json.dumps(entry)))}


def _digest(entry: dict[str, Any]) -> str:
    """Of all that a result says, as JSON; not against malice, but against a slip of the editor."""
    said = {key: value for key, value in entry.items() if key != "digest"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def _mend(file: IO[bytes]) -> None:
    """End a last line that is whole, and cut a torn one off: nobody is still writing it, as the
    file is locked."""
    file.seek(0)
    text = file.read()
    start = text.rfind(b"\n") + 1
    if _is_whole(text[start:]):
        file.write(b"\n")
    elif text[start:]:
        file.truncate(start)


def _is_whole(line: bytes) -> bool:
    """Whether a line lacks no more than its end, which some editors leave out."""
    try:
        return isinstance(json.loads(line.removeprefix(codecs.BOM_UTF8).decode()), dict)
    except ValueError:
        return False
