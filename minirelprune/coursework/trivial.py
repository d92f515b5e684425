"""Answers that keep a law by saying nothing: always the same number, or always an argument.

Zeros do not depend on the order of the examples, and a function that gives zeros keeps every law
that says so. Such a law counts only if the library's answers to the same calls are trivial too.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from minirelprune.coursework.values import copied, same
from minirelprune.support.arrays import Array

MOST = 20  # calls that are kept

Asked = tuple[str, Callable[..., Any], Any, Any, Any]  # name, library's function, args, kwargs, got


class Trivial:
    """Whether all answers so far are trivial, and some of the calls that were answered so."""

    def __init__(self) -> None:
        self.calls: list[Asked] = []
        self.constant = self.argument = True
        self._value: Any = None
        self._answered, self._every = 0, 1

    def note(self, name: str, function: Any, args: Any, kwargs: Any, got: Any) -> None:
        """Look at an answer, as long as all before it were trivial."""
        if not (self.constant or self.argument) or isinstance(function, type):
            return
        numbers = numbers_in(got)
        if numbers is None or not numbers.size:
            return
        self._value = numbers[0] if self._value is None else self._value
        self.constant = self.constant and bool((numbers == self._value).all())
        self.argument = self.argument and any(same(got, one) for one in (*args, *kwargs.values()))
        self._answered += 1
        if self._answered % self._every == 0:
            self.calls.append((name, function, copied(args), copied(kwargs), copied(got)))
            if len(self.calls) == MOST:  # from now on, half as often
                self.calls, self._every = self.calls[1::2], 2 * self._every

    def exposed(self) -> tuple[Asked, Any] | None:
        """A call that the library answers in another way, and that answer, if there is one."""
        if not (self.constant or self.argument):
            return None
        for asked in self.calls:
            _, function, args, kwargs, got = asked
            try:
                expected = function(*copied(args), **copied(kwargs))
            except Exception:  # a call that the library refuses tells nothing
                continue
            one, other = numbers_in(got), numbers_in(expected)
            if one is not None and other is not None and not same(one, other):
                return asked, expected
        return None


def numbers_in(value: Any) -> Array | None:
    """All numbers of an answer in a row, of `Pruned` the masks; None if it has other things."""
    if type(value).__name__ == "Pruned":
        value = value.masks
    if isinstance(value, list | tuple):
        parts = [numbers_in(one) for one in value]
        if any(one is None for one in parts):
            return None
        return np.concatenate([one for one in parts if one is not None]) if parts else np.zeros(0)
    if isinstance(value, np.ndarray | np.generic | bool | int | float):
        return np.ravel(np.asarray(value, np.float64))
    return None
