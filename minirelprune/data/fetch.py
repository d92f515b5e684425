"""A published file, found on this machine or downloaded, and never used with a wrong hash."""

import functools
import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import pooch

from minirelprune.data import idx
from minirelprune.support.files import written_whole

FOLDER_VARIABLE = "MINIRELPRUNE_DATA"
_TIMEOUT = 10  # seconds of silence after which the next mirror is asked

_ADVICE = """\
{dataset}/{file} is not on this machine and could not be fetched. Do one of these:
  1. set {variable} to a folder that holds {dataset}/{file} and the three beside it;
  2. connect to the network and run `minirelprune data --download`;
  3. use `--data synthetic`, in Python load_dataset("synthetic").
What was tried:
  {tried}"""


class DatasetUnavailable(RuntimeError):
    """The data is neither on this machine nor within reach; the message says what to do."""


class KnownFile(NamedTuple):
    """A published file: its name without .gz, and the hash that tells the genuine one.

    A sha256 is of the content, so any compression of it will do; an md5 is of the .gz itself, so
    only the published one will.
    """

    name: str
    algorithm: Literal["sha256", "md5"]
    digest: str


class FileStatus(NamedTuple):
    """Where a file is on this machine, and what is wrong with it there, if anything."""

    file: str
    location: Path | None
    problem: str

    @property
    def verified(self) -> bool:
        """The file is here, and its hash is the published one."""
        return self.location is not None and not self.problem


def status(known: KnownFile, dataset: str) -> FileStatus:
    """Look for a file in $MINIRELPRUNE_DATA/<dataset>, then in the cache, and check its hash."""
    zipped = f"{known.name}.gz"
    names = [zipped] if known.algorithm == "md5" else [zipped, known.name]
    paths = (folder / name for folder in _folders(dataset) for name in names)
    location = next((path for path in paths if path.is_file()), None)
    problem = _problem(location, known, str(location)) if location else ""
    return FileStatus(known.name, location, problem)


def fetch(known: KnownFile, dataset: str, mirrors: Sequence[str], *, download: bool) -> Path:
    """Give a genuine file: the one on this machine or, if that is missing or damaged, a new one.

    Parameters
    ----------
    known : what to look for.
    dataset : the folder it is in, under $MINIRELPRUNE_DATA and under the cache.
    mirrors : where to download it from, in this order: addresses that end in a slash.
    download : whether the network may be used.

    Returns
    -------
    The path of a file with the right hash.

    Raises
    ------
    ValueError : the file in $MINIRELPRUNE_DATA is damaged. It is the user's, so it is left alone.
    DatasetUnavailable : the file is not here, and no mirror gave a genuine one.
    """
    found = status(known, dataset)
    if found.location and found.verified:
        return found.location
    if found.location and found.location.parent != _cache(dataset):
        raise ValueError(f"{found.problem}; replace it, or unset {FOLDER_VARIABLE}")
    tried = [found.problem or f"not in {' or '.join(map(str, _folders(dataset)))}"]
    target = _cache(dataset) / f"{known.name}.gz"
    for url in [mirror + target.name for mirror in mirrors if download]:
        try:
            _download(url, target, known)
        except (OSError, ValueError) as error:  # every error of the network is an OSError
            tried.append(f"{url}: {error}")
        else:
            return target
    advice = {"dataset": dataset, "file": target.name, "variable": FOLDER_VARIABLE}
    raise DatasetUnavailable(_ADVICE.format(**advice, tried="\n  ".join(tried)))


def _folders(dataset: str) -> list[Path]:
    own = os.environ.get(FOLDER_VARIABLE)
    return [*([Path(own).expanduser() / dataset] if own else []), _cache(dataset)]


def _cache(dataset: str) -> Path:
    return Path(pooch.os_cache("minirelprune")) / dataset


def _download(url: str, target: Path, known: KnownFile) -> None:
    get = pooch.HTTPDownloader(
        progressbar=sys.stderr.isatty(),
        timeout=_TIMEOUT,
        # A server that zips what it sends would change the bytes that an md5 is of.
        headers={"Accept-Encoding": "identity"},
    )
    with written_whole(target) as temporary:
        get(url, os.fspath(temporary), None)
        if problem := _problem(temporary, known, "the download"):
            raise ValueError(problem)


def _problem(path: Path, known: KnownFile, name: str) -> str:
    """What is wrong with the file at `path`, which the reader knows as `name`; "" if nothing is."""
    try:
        digest = _digest(path, known.algorithm, name)
    except (OSError, ValueError) as error:
        return str(error)
    if digest == known.digest:
        return ""
    return f"{name} is not the published file: {known.algorithm} {digest}, not {known.digest}"


def _digest(path: Path, algorithm: Literal["sha256", "md5"], name: str) -> str:
    new_hash = functools.partial(hashlib.new, algorithm, usedforsecurity=False)
    with open(path, "rb") as file:
        if algorithm == "md5":
            return hashlib.file_digest(file, new_hash).hexdigest()
        with idx.unzipped(file, name) as content:
            return hashlib.file_digest(content, new_hash).hexdigest()
