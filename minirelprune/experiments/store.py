"""Finished trials, one JSON line each: readable, diffable, and never lost once written."""

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

import numpy as np

from minirelprune.experiments.trials import Trial
from minirelprune.pruned import Round

SCHEMA = 1


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"


def _versions() -> dict[str, str]:
    return {
        "minirelprune": version("minirelprune"),
        "python": platform.python_version(),
        "numpy": np.__version__,
    }


@dataclass(frozen=True)
class Result:
    """A finished trial: its configuration, its rounds, and what it ran on."""

    trial: Trial
    rounds: list[Round]
    seconds: float
    machine: str = field(default_factory=_machine)
    versions: dict[str, str] = field(default_factory=_versions)


class Store:
    """An append-only file of results.

    Parameters
    ----------
    path : made when the first result is added.

    Raises
    ------
    ValueError : the file is of another schema, or a line in it is not a result. A torn last line,
        which a power cut may leave, is dropped: its trial runs again.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.results: dict[Trial, Result] = {}
        text = self.path.read_text() if self.path.exists() else ""
        whole, _, torn = text.rpartition("\n")
        for number, line in enumerate(filter(None, whole.split("\n")), start=1):
            result = self._parsed(number, line)
            self.results[result.trial] = result
        if torn:
            os.truncate(self.path, len(f"{whole}\n".encode()) if whole else 0)

    def add(self, result: Result) -> None:
        """Append one result, and see it onto the disk before going on."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"schema": SCHEMA, **asdict(result)})
        with self.path.open("a") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
        self.results[result.trial] = result

    def forget(self, trials: Iterable[Trial]) -> None:
        """Have these trials run again. Their old lines stay in the file; the newest one counts."""
        for trial in trials:
            self.results.pop(trial, None)

    def _parsed(self, number: int, line: str) -> Result:
        try:
            entry = json.loads(line)
            schema = entry.pop("schema")
            if schema != SCHEMA:
                raise ValueError(f"it has schema {schema}, this version reads {SCHEMA}")
            rounds = [
                Round(**{**one, "layer_sparsity": tuple(one["layer_sparsity"])})
                for one in entry.pop("rounds")
            ]
            return Result(trial=Trial(**entry.pop("trial")), rounds=rounds, **entry)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(
                f"{self.path}, line {number} is not a result: {error}; "
                "move the file away to start anew"
            ) from error
