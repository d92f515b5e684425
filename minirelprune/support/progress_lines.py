"""Progress where there is no terminal (a log, a notebook, a pipe): a line per minute at most."""

import sys
import time
from typing import Any

EVERY = 60.0  # seconds; what takes less writes nothing
COUNTED = 1000  # a total up to this is counted; of a larger one the share is said

_under_way: list["Lines"] = []  # the outermost first
_last = 0.0  # when the last line was written, or the outermost work began


class Lines:
    """Stands in for a tqdm bar; each line says how far all work is that is under way.

    Parameters
    ----------
    total : how many units make up the whole.
    name : what is done.

    >>> with Lines(12, "networks") as shown:
    ...     shown.update(3)
    ...     shown.text()
    'networks: 3 of 12'
    """

    disable = True  # tqdm's word for a bar that is not shown

    def __init__(self, total: float, name: str) -> None:
        self.total, self.name = total, name
        self.done: float = 0
        self.postfix = ""
        self.began = 0.0

    def __enter__(self) -> "Lines":
        global _last
        self.began = time.monotonic()
        if not _under_way:
            _last = self.began
        _under_way.append(self)
        return self

    def __exit__(self, *_: object) -> None:
        _under_way.remove(self)

    def update(self, n: float = 1) -> None:
        """So many units more are done."""
        self.done += n
        self.refresh()

    def refresh(self) -> None:
        """Write a line if it is time for one."""
        global _last
        now = time.monotonic()
        if now - _last >= EVERY and sys.stderr is not None:
            _last = now
            print("; ".join(one.text() for one in _under_way), file=sys.stderr, flush=True)

    def set_postfix_str(self, text: str, refresh: bool = True) -> None:
        """Say this too, as with tqdm."""
        self.postfix = text

    def set_postfix(self, *_: Any, **values: object) -> None:
        """Say these values too, as with tqdm."""
        self.postfix = ", ".join(f"{name} {value}" for name, value in values.items())

    def text(self) -> str:
        """How far this work is, and how long the rest should take."""
        counted = isinstance(self.total, int) and self.total <= COUNTED
        share = self.done / self.total if self.total else 1.0
        parts = [f"{self.name}: " + (f"{self.done} of {self.total}" if counted else f"{share:.0%}")]
        parts += [self.postfix] if self.postfix else []
        elapsed = time.monotonic() - self.began
        if share and elapsed >= EVERY:
            parts.append(f"{in_words(elapsed * (1 - share) / share)} left")
        return ", ".join(parts)


def in_words(seconds: float) -> str:
    """Such as "40 s" or "52 min".

    >>> in_words(40.3), in_words(3120)
    ('40 s', '52 min')
    """
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
