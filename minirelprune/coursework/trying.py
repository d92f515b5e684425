"""One law on one student's functions: does it hold, and if not, what is the smallest example?"""

import warnings
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from hypothesis.errors import Flaky, HypothesisException

from minirelprune.coursework.isolated import Stopped
from minirelprune.coursework.student import Call, StudentError, Watch
from minirelprune.coursework.trivial import Trivial
from minirelprune.coursework.values import copied, same, text_of, text_of_call
from minirelprune.laws.law import Law
from minirelprune.laws.report import failing_line

TRIES = 300  # examples to look for a smaller counterexample with, once there is one
NOTHING_SAID = "the law holds only because every answer is the same number, or an argument"
UNSTEADY = "the same arguments gave different values in two calls"


@dataclass(frozen=True)
class Outcome:
    """What trying a law found.

    Parameters
    ----------
    status : "passed", "failed" or "not started".
    line : the statement of the law that did not hold.
    call, expected, got : the student's call in the smallest counterexample, the library's value of
        it, and the student's.
    reason : why there is no such value: an error, or the end of the process.
    stopped : whether the process ended; and whether that was for taking too long.
    """

    status: str
    line: str = ""
    call: str = ""
    expected: str = ""
    got: str = ""
    reason: str = ""
    stopped: bool = False
    slow: bool = False


class Trial:
    """Runs a law, and remembers its counterexamples.

    Once a process has ended, or enough was tried to make a counterexample smaller, it answers from
    memory: what failed before fails again, and the rest passes, so that Hypothesis comes to an end.
    """

    def __init__(self, law: Law, impl: Any, watch: Watch) -> None:
        self.law, self.impl, self.watch = law, impl, watch
        self.failed: dict[str, Exception] = {}
        self.inputs: dict[str, Any] = {}
        self.error: Exception | None = None
        self.left = TRIES

    def run(self) -> None:
        """Raise if the law does not hold."""
        replace(self.law, function=self._once).test(self.impl)

    def _once(self, impl: Any, **inputs: Any) -> None:
        key = repr(inputs)
        if isinstance(self.error, Stopped) or not self.left:
            if key in self.failed:
                self.inputs, self.error = inputs, self.failed[key]
                raise self.failed[key]
            return
        self.left -= bool(self.failed)
        before = copied(inputs)
        try:
            self.law.function(impl, **inputs)
        except HypothesisException:
            raise
        except Exception as error:
            self.failed[key] = error
            self.inputs, self.error = before, error
            if isinstance(error, StudentError) and error.unwritten and not self.watch.answers:
                self.left = 0  # no smaller example says more
            raise


def try_law(law: Law, functions: dict[str, Any], watch: Watch) -> Outcome:
    """Try a law on functions that are watched."""
    impl = SimpleNamespace(**functions)
    watch.answers, watch.recording, watch.trivial = 0, False, Trivial()
    trial = Trial(law, impl, watch)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as that a tiny network lost a layer
        try:
            trial.run()
        except Stopped as stopped:
            return Outcome("failed", reason=str(stopped), stopped=True, slow=stopped.slow)
        except StudentError as error:
            if error.unwritten and not watch.answers:
                return Outcome("not started")
            return _explained(trial, error)
        except Flaky:
            return Outcome("failed", reason=UNSTEADY)
        except HypothesisException as error:
            return Outcome("failed", reason=str(error))
        except Exception as error:  # of a law that was given what it cannot compute with
            return _explained(trial, error)
    exposed = watch.trivial.exposed()
    if exposed is None:
        return Outcome("passed")
    (name, function, args, kwargs, got), expected = exposed
    call = text_of_call(name, function, args, kwargs)
    return Outcome("failed", "", call, text_of(expected), text_of(got), NOTHING_SAID)


def _explained(trial: Trial, error: Exception) -> Outcome:
    """The outcome for a law that does not hold: the call that shows it, run once more."""
    watch, law = trial.watch, trial.law
    watch.recording, watch.calls = True, []
    try:
        law.function(trial.impl, **copied(trial.inputs))
    except Exception as again:
        if isinstance(again, Stopped):
            return Outcome("failed", reason=str(again), stopped=True, slow=again.slow)
    finally:
        watch.recording = False
    line = failing_line(law, error)
    reason = "" if isinstance(error, AssertionError) else str(error)
    if not isinstance(error, AssertionError | StudentError):
        reason = f"the law cannot compute with what was returned: {type(error).__name__}: {error}"
    shown = _telling(watch.calls)
    watch.calls = []
    if shown is None:
        return Outcome("failed", line=line, reason=reason or _short(error))
    call, expected = shown
    got = "" if call.error else text_of(call.got)
    text = text_of_call(call.name, call.function, call.args, call.kwargs)
    wanted = expected if isinstance(expected, str) else text_of(expected[0])
    return Outcome("failed", line, text, wanted, got, reason)


def _telling(calls: list[Call]) -> tuple[Call, Any] | None:
    """The first call whose value is not the library's, or the last; and the library's value."""
    last = None
    for call in calls:
        if isinstance(call.function, type) or (call.got is None and not call.error):
            continue  # of what changes its arguments, the law says more
        last = call, _expected(call)
        if call.error or isinstance(last[1], str) or not same(call.got, last[1][0]):
            return last
    return last


def _expected(call: Call) -> Any:
    """The library's value in a tuple, or a text that says why there is none."""
    try:
        return (call.function(*copied(call.args), **copied(call.kwargs)),)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _short(error: Exception) -> str:
    """The numbers in the message of a comparison."""
    lines = [line.strip() for line in str(error).splitlines()]
    return " ".join(line for line in lines if line.startswith(("ACTUAL", "DESIRED", "Mismatched")))
