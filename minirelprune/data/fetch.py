"""A published file: the one on this machine or, failing that, a new one from the network."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pooch
from numpy.typing import NDArray

from minirelprune.data import copies, idx
from minirelprune.data.catalogue import KnownFile
from minirelprune.data.local import FOLDER_VARIABLE, cache, described, find, genuine, own_folder
from minirelprune.support.files import written_whole

_TIMEOUT = 10  # seconds of silence after which the next mirror is asked

_ADVICE = """\
{dataset}/{file} is not {where}.
Do one of these:
  1. set {variable} to a folder that holds {dataset}/{file}
     and the three files beside it, or the copies that torchvision or Keras keep;
  2. {unset}connect to the network and run `minirelprune data --download`;
  3. use `--data synthetic`, in Python load_dataset("synthetic").
What was tried:
  {tried}"""


class DatasetUnavailable(RuntimeError):
    """The data is neither on this machine nor within reach.

    The first line of the message says what is missing and where; the others say what to do.
    """


def fetch(
    known: KnownFile, dataset: str, mirrors: Sequence[str], *, download: bool
) -> NDArray[Any]:
    """Give the array in a genuine file: the one on this machine or, failing that, a new one.

    Parameters
    ----------
    known : what to look for.
    dataset : "mnist" or "fashion-mnist".
    mirrors : where to download it from, in this order: addresses that end in a slash.
    download : whether the network may be used, if $MINIRELPRUNE_DATA is not set.

    Raises
    ------
    ValueError : the file in $MINIRELPRUNE_DATA is damaged. It is the user's, so it is left alone.
    DatasetUnavailable : the file is not here, and no mirror gave a genuine one.
    """
    found, array = find(known, dataset)
    if array is not None:
        return array
    own, target = own_folder(), cache(dataset) / f"{known.name}.gz"
    if found.location and found.location.parent != target.parent:
        raise ValueError(f"{found.problem}; replace it, or unset {FOLDER_VARIABLE}")
    tried = [found.problem] if found.problem else []
    places = [*(copies.places(own, dataset) if own else []), target.parent]
    names = " or ".join(copies.file_names(known.name, dataset))
    tried.append(f"{names} in {', '.join(map(str, places))}")
    if own and download:
        tried.append(f"not the network, because {FOLDER_VARIABLE} is set")
    elif download:
        for outcome in _downloads(known, mirrors, target):
            if not isinstance(outcome, str):
                return outcome
            tried.append(outcome)
    raise DatasetUnavailable(
        _ADVICE.format(
            dataset=dataset,
            file=target.name,
            where=_nowhere(own, dataset, found.problem, download),
            variable=FOLDER_VARIABLE,
            unset=f"unset {FOLDER_VARIABLE}, " if own else "",
            tried="\n  ".join(tried),
        )
    )


def _nowhere(own: Path | None, dataset: str, problem: str, download: bool) -> str:
    if own:
        where = f"in {described(own, dataset)}"
    else:
        where = "on this machine" + (" and could not be fetched" if download else "")
    return f"{where}; {problem}" if problem else where


def _downloads(
    known: KnownFile, mirrors: Sequence[str], target: Path
) -> Iterator[NDArray[Any] | str]:
    """For each mirror the array in a new file, or what went wrong."""
    for url in [mirror + target.name for mirror in mirrors]:
        try:
            yield _download(url, target, known)
        except (OSError, ValueError) as error:  # every error of the network is an OSError
            if isinstance(error, OSError) and error.filename is not None:
                yield f"{target.parent} cannot be written to: {error}"
                return  # whatever the mirror
            yield f"{url}: {error}"


def downloader() -> pooch.HTTPDownloader:
    """What fetches a file: with a bar on a terminal, and not for ever."""
    return pooch.HTTPDownloader(
        progressbar=sys.stderr.isatty(),
        timeout=_TIMEOUT,
        # What is zipped already is not to be zipped once more by the server.
        headers={"Accept-Encoding": "identity"},
    )


def _download(url: str, target: Path, known: KnownFile) -> NDArray[Any]:
    with written_whole(target) as temporary:
        downloader()(url, os.fspath(temporary), None)
        raw = temporary.read_bytes()
        return genuine(idx.decode(raw, name="the download"), known, "the download")
