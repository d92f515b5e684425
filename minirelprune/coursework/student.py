"""A student's functions as the laws call them: lists become arrays, errors are told apart.

`Own` has functions of this process, as from a notebook; `Submitted` has those of a module that runs
in a child process. Both give a `Watched` function for each name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from minirelprune.coursework.channel.calls import Raised, Remote
from minirelprune.coursework.isolated import Isolated
from minirelprune.coursework.pieces import reference
from minirelprune.coursework.process import Setup
from minirelprune.coursework.trivial import Trivial
from minirelprune.coursework.values import as_hinted, copied, returned_by, text_of, wanted_instead


class StudentError(Exception):
    """The student's code raised an error, or gave what cannot be sent."""

    def __init__(self, text: str, *, unwritten: bool = False) -> None:
        super().__init__(text)
        self.unwritten = unwritten

    @classmethod
    def of(cls, raised: Raised) -> "StudentError":
        """What the child process raised."""
        where = f" ({raised.where})" if raised.where else ""
        return cls(f"{raised}{where}", unwritten=raised.kind == "NotImplementedError")


class Student(Protocol):
    """Where the functions are: `Own` or `Submitted`."""

    printed: str

    def open(self) -> set[str]:
        """Get ready; the names that are there."""

    def call(self, function: Any, args: Any, kwargs: Any) -> Any:
        """The value of a function, by its name, or of a method of what an earlier call gave."""

    def close(self) -> None:
        """End what was opened."""


@dataclass
class Call:
    """A call that was made, with copies of what went in, and what came out."""

    name: str
    function: Any  # of the library
    args: Any
    kwargs: Any
    got: Any = None
    error: StudentError | None = None


@dataclass
class Watch:
    """What happened to the student's functions while a law was tried."""

    answers: int = 0
    recording: bool = False
    calls: list[Call] = field(default_factory=list)
    trivial: Trivial = field(default_factory=Trivial)


class Watched:
    """A function or class of the student, or a method of an object that it made."""

    def __init__(self, name: str, function: Any, caller: Student, watch: Watch, solution: Any):
        self.__name__ = name
        self._function, self._caller, self._watch = function, caller, watch
        self._solution = solution

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        call = Call(self.__name__, self._solution, (), {})
        if self._watch.recording:
            call.args, call.kwargs = copied(args), copied(kwargs)
            self._watch.calls.append(call)
        args, kwargs = tuple(map(_inner, args)), {key: _inner(one) for key, one in kwargs.items()}
        try:
            value = self._caller.call(self._function, args, kwargs)
        except Raised as error:
            call.error = StudentError.of(error)
            raise call.error from None
        if isinstance(self._solution, type):
            return Made(value, self, self._solution, args, kwargs)
        hint = returned_by(self._solution)
        value = as_hinted(hint, value)
        call.error = self._refused(hint, value)
        if call.error:
            raise call.error
        self._watch.answers += 1
        self._watch.trivial.note(self.__name__, self._solution, args, kwargs, value)
        call.got = copied(value) if self._watch.recording else None
        return value

    def _refused(self, hint: Any, value: Any) -> StudentError | None:
        """Why the value cannot be what the library's type says, such as None for an array."""
        wanted = wanted_instead(hint, value)
        if not wanted:
            return None
        got = "an object" if isinstance(value, Remote) else text_of(value)
        return StudentError(f"TypeError: {self.__name__} must return {wanted}, got {got}")

    def method(self, made: Any, name: str, solution: Any) -> "Watched":
        """A method of an object that was made by a call of this class."""
        return Watched(f"{self.__name__}.{name}", getattr(made, name), self._caller, self._watch,
                       solution)  # fmt: skip


class Made:
    """An object of a student's class."""

    def __init__(self, value: Any, by: Watched, solution: type, args: Any, kwargs: Any) -> None:
        self._value, self._by = value, by
        self._twin = solution(*copied(args), **copied(kwargs))  # the library's

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not hasattr(self._twin, name):
            raise AttributeError(name)
        return self._by.method(self._value, name, getattr(self._twin, name))


def _inner(value: Any) -> Any:
    """What a student's function is handed: its own objects as it made them."""
    return value._value if isinstance(value, Made) else value


class Own:
    """Functions of this process.

    Parameters
    ----------
    functions : by the names that the assignment asks for.
    """

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        self.functions = dict(functions)
        self.printed = ""

    def open(self) -> set[str]:
        """The names that are there."""
        return set(self.functions)

    def call(self, function: Any, args: Any, kwargs: Any) -> Any:
        """The value of a function."""
        function = self.functions[function] if isinstance(function, str) else function
        try:
            return function(*args, **kwargs)
        except Exception as error:
            raise Raised(type(error).__name__, str(error)) from error

    def close(self) -> None:
        """Nothing is open."""


class Submitted:
    """The functions of a module, in a child process that is started when it is needed."""

    def __init__(self, setup: Setup) -> None:
        self._setup, self._child = setup, None
        self.printed = ""

    _child: Isolated | None

    def open(self) -> set[str]:
        """Start a new process; the names that the module has."""
        self.close()
        self._child = Isolated(self._setup)
        return self._child.names

    def call(self, function: Any, args: Any, kwargs: Any) -> Any:
        """The value of a function, by its name or as a method of what was made."""
        assert self._child is not None
        if isinstance(function, str):
            return self._child.call(function, *args, **kwargs)
        return self._child.guarded(lambda: function(*args, **kwargs))

    def close(self) -> None:
        """End the process."""
        if self._child is not None:
            self.printed = self.printed or self._child.printed
            self._child.close()
            self._child = None


def watched(names: list[str], caller: Student, watch: Watch) -> dict[str, Watched]:
    """The student's functions under their names."""
    return {name: Watched(name, name, caller, watch, reference(name)) for name in names}
