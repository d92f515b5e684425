"""What a long computation shows of itself: a progress bar, and calls to who asked to be told."""

from collections.abc import Callable
from typing import Any

from tqdm import tqdm

PROGRESS = (None, True, False)  # show a bar: only on a terminal, always, never


def bar(*, total: int, name: str, unit: str, progress: bool | None) -> Any:
    """A progress bar, to be used in a `with` block; it disappears when it is done.

    Parameters
    ----------
    total : how many units make up the whole.
    name, unit : what is done, and what is counted.
    progress : True shows the bar, False hides it, None shows it on a terminal only.
    """
    return tqdm(total=total, desc=name, unit=unit, disable=hidden(progress), leave=False)


def hidden(progress: bool | None) -> bool | None:
    """What tqdm calls `disable`: None, as for `progress`, lets it look for a terminal."""
    return None if progress is None else not progress


def tell(callback: Callable[..., object] | None, *news: object) -> None:
    """Call the callback with the news, if there is a callback.

    >>> tell(print, "round", 1)
    round 1
    >>> tell(None, "round", 1)
    """
    if callback is not None:
        callback(*news)
