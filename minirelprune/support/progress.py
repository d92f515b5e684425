"""What a long computation shows of itself: a bar, or lines, and calls to who asked to be told."""

import sys
from collections.abc import Callable, Collection, Iterator
from typing import Any, TypeVar

from tqdm import tqdm

from minirelprune.support.progress_lines import Lines

PROGRESS = (None, True, False)  # show a bar: only on a terminal, always, never

T = TypeVar("T")


def bar(*, total: float, name: str, unit: str, progress: bool | None, **style: Any) -> Any:
    """A progress bar, to be used in a `with` block; it disappears when it is done.

    Parameters
    ----------
    total : how many units make up the whole.
    name, unit : what is done, and what is counted.
    progress : True shows the bar, False hides it. None shows it on a terminal, and writes lines
        where there is none, at most one per minute (see `Lines`).
    style : what tqdm is told of how the bar looks.
    """
    if progress is None and not _on_a_terminal():
        return Lines(total, name)
    hidden = progress is False
    return tqdm(total=total, desc=name, unit=unit, disable=hidden, leave=False, **style)


def counted(items: Collection[T], *, name: str, progress: bool | None) -> Iterator[T]:
    """The items one by one, with a bar (as for `bar`) that counts those that are done."""
    with bar(total=len(items), name=name, unit="", progress=progress) as shown:
        for item in items:
            yield item
            shown.update()


def tell(callback: Callable[..., object] | None, *news: object) -> None:
    """Call the callback with the news, if there is a callback.

    >>> tell(print, "round", 1)
    round 1
    >>> tell(None, "round", 1)
    """
    if callback is not None:
        callback(*news)


def _on_a_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()
