"""A progress bar that draws nothing, and remembers what it was told."""

from typing import Any


class Shown:
    """Put in the place of `bar`: one of these for each call, in `bars`."""

    bars: list["Shown"]

    def __init__(self, **settings: Any) -> None:
        self.settings, self.updates, self.postfixes = settings, [], []
        type(self).bars.append(self)

    def __enter__(self) -> "Shown":
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def update(self, n: int = 1) -> None:
        self.updates.append(n)

    def set_postfix(self, **postfix: str) -> None:
        self.postfixes.append(postfix)
