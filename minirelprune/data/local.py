"""A published file on this machine: in the user's folder or in the cache, and known by its hash."""

import hashlib
import os
import stat
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pooch
from numpy.typing import NDArray

from minirelprune.data import copies
from minirelprune.data.catalogue import CATALOGUE, KnownFile

FOLDER_VARIABLE = "MINIRELPRUNE_DATA"


class FileStatus(NamedTuple):
    """Where a file is on this machine, and what is wrong with it, or with looking for it."""

    file: str
    location: Path | None
    problem: str

    @property
    def verified(self) -> bool:
        """The file is here, and its hash is the published one."""
        return self.location is not None and not self.problem


def own_folder() -> Path | None:
    """The folder that $MINIRELPRUNE_DATA names, if it is set."""
    own = os.environ.get(FOLDER_VARIABLE)
    return Path(os.path.expanduser(own)) if own else None


def cache(dataset: str) -> Path:
    """The folder that a data set is downloaded to."""
    return Path(pooch.os_cache("minirelprune")) / dataset


def described(own: Path, dataset: str) -> str:
    """The user's folder, and what is in it."""
    return f"{FOLDER_VARIABLE}={own}: {copies.contents(own, dataset)}"


def looked_in(dataset: str) -> str:
    """Where `find` looks for a data set, and what is in the user's folder."""
    own = own_folder()
    return f"{described(own, dataset)}; then in {cache(dataset)}" if own else f"{cache(dataset)}"


def find(known: KnownFile, dataset: str) -> tuple[FileStatus, NDArray[Any] | None]:
    """The first genuine copy and its array; failing that, the first copy and its problem.

    A damaged copy in the user's folder counts, and the cache is not looked into then.
    """
    own, unreadable = own_folder(), ""
    for places in (copies.places(own, dataset) if own else [], [cache(dataset)]):
        damaged = None
        for copy in (one for place in places for one in copies.within(place, dataset, known.name)):
            try:
                if not _is_file(copy.path):
                    continue
            except OSError as error:  # in a folder that its owner alone may look into, say
                unreadable = unreadable or f"{copy.path.parent} cannot be read: {error.strerror}"
                continue
            try:
                array = copy.read()
                if copy.path.parent.name != dataset and _is_of_another(array, known, dataset):
                    continue  # the folder has room for either
                array = genuine(array, known, str(copy.path))
            except (OSError, ValueError) as error:
                damaged = damaged or FileStatus(known.name, copy.path, str(error))
            else:
                return FileStatus(known.name, copy.path, ""), array
        if damaged:
            return damaged, None
    return FileStatus(known.name, None, unreadable), None


def genuine(array: NDArray[Any], known: KnownFile, name: str) -> NDArray[Any]:
    """The array, read from what the user knows as `name`, if it is the published one.

    Raises
    ------
    ValueError : it is another one.
    """
    if array.dtype != np.uint8 or array.shape != known.shape:
        got = f"{array.dtype} of shape {array.shape}, not uint8 of shape {known.shape}"
        raise ValueError(f"{name} is not the published file: {got}")
    digest = _sha256(array)
    if digest != known.sha256:
        raise ValueError(f"{name} is not the published file: sha256 {digest}, not {known.sha256}")
    return array


def _is_file(path: Path) -> bool:
    """As `path.is_file()`, but whether it can be known depends on no version of Python."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _is_of_another(array: NDArray[Any], known: KnownFile, dataset: str) -> bool:
    others = {
        other.sha256
        for name, published in CATALOGUE.items()
        for other in published.files
        if name != dataset
    }
    return _sha256(array) in others - {known.sha256}


def _sha256(array: NDArray[Any]) -> str:
    return hashlib.sha256(array.tobytes()).hexdigest()  # in C order, whatever the layout
