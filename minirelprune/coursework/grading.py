"""Grade an assignment: every law of every task on the student's functions, and the points."""

import time
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, field
from typing import Any

import minirelprune
from minirelprune.coursework.assignment import Assignment, Task
from minirelprune.coursework.channel.calls import Raised
from minirelprune.coursework.isolated import Stopped
from minirelprune.coursework.law_book import find_law
from minirelprune.coursework.student import Student, Watch, watched
from minirelprune.coursework.trying import Outcome, try_law

PASSED, FAILED, NOT_STARTED = "passed", "failed", "not started"
TIMED_OUT = "not tried, because the task had used up its time"


@dataclass(frozen=True)
class LawGrade:
    """A law: what it says, what was found, and its points."""

    name: str
    statement: str
    worth: int
    outcome: Outcome
    hidden: bool = False

    @property
    def points(self) -> int:
        """All or none."""
        return self.worth if self.outcome.status == PASSED else 0


@dataclass(frozen=True)
class TaskGrade:
    """A task: the grades of its laws."""

    name: str
    title: str
    laws: tuple[LawGrade, ...]

    @property
    def status(self) -> str:
        """Passed if all laws are, not started if nothing is written, and otherwise failed."""
        found = {law.outcome.status for law in self.laws}
        return found.pop() if len(found) == 1 else FAILED

    @property
    def points(self) -> int:
        """Of all its laws."""
        return sum(law.points for law in self.laws)

    @property
    def worth(self) -> int:
        """The most it may have."""
        return sum(law.worth for law in self.laws)


@dataclass(frozen=True)
class Grade:
    """An assignment: the grades of its tasks.

    Parameters
    ----------
    assignment : its name.
    tasks : in order.
    problem : why nothing could be graded, such as a module that cannot be imported.
    printed : the beginning of what the student's code printed.
    seconds : how long grading took.
    scores : numbers for a leaderboard.
    """

    assignment: str
    tasks: tuple[TaskGrade, ...]
    problem: str = ""
    printed: str = ""
    seconds: float = 0.0
    scores: dict[str, float] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """Of all tasks."""
        return sum(task.points for task in self.tasks)

    @property
    def worth(self) -> int:
        """The most there is."""
        return sum(task.worth for task in self.tasks)

    @property
    def passed(self) -> bool:
        """Whether every task is passed."""
        return not self.problem and all(task.status == PASSED for task in self.tasks)

    def as_dict(self) -> dict[str, Any]:
        """What JSON can hold, with the points and states."""
        tasks = []
        for task in self.tasks:
            laws = [asdict(law) | {"points": law.points} for law in task.laws]
            parts = {"status": task.status, "points": task.points, "worth": task.worth}
            tasks.append({"name": task.name, "title": task.title, **parts, "laws": laws})
        return asdict(self) | {"points": self.points, "worth": self.worth, "tasks": tasks}


def grade(
    assignment: Assignment,
    student: Student,
    *,
    tasks: Collection[str] = (),
    hidden: Collection[str] = (),
    with_hidden: bool = True,
    on_task: Callable[[TaskGrade], object] | None = None,
) -> Grade:
    """Grade the functions of a student.

    Parameters
    ----------
    assignment, student : what was asked for, and what was handed in.
    tasks : the names of the tasks to grade; all of them if empty.
    hidden : the names of the laws that are not shown beforehand.
    with_hidden : whether those are graded too.
    on_task : called with each task as soon as it is graded.
    """
    for name in tasks:
        assignment.task(name)
    started, found, problem = time.monotonic(), list[TaskGrade](), ""
    for task in assignment.tasks:
        if tasks and task.name not in tasks:
            continue
        laws = [name for name in task.points if with_hidden or name not in hidden]
        if problem:
            outcomes = [Outcome(FAILED, reason=problem)] * len(laws)
        else:
            outcomes, problem = _outcomes(task, student, laws)
        grades = tuple(
            LawGrade(name, find_law(name).statement, task.points[name], outcome, name in hidden)
            for name, outcome in zip(laws, outcomes, strict=True)
        )
        found.append(TaskGrade(task.name, task.title, grades))
        if on_task is not None and not problem:
            on_task(found[-1])
    seconds = time.monotonic() - started
    return Grade(assignment.name, tuple(found), problem, student.printed, seconds)


def _outcomes(task: Task, student: Student, laws: list[str]) -> tuple[list[Outcome], str]:
    """What each law found; and why nothing can be graded, if nothing can."""
    outcomes: list[Outcome] = []
    ready: set[str] | None = None
    try:
        for name in laws:
            if ready is None:
                ready = student.open()
            outcomes.append(_outcome(task, student, name, ready))
            if outcomes[-1].slow:
                break
            if outcomes[-1].stopped:
                ready = None
    except (Raised, Stopped) as error:
        where = f" ({error.where})" if isinstance(error, Raised) and error.where else ""
        return [Outcome(FAILED, reason=f"{error}{where}")] * len(laws), f"{error}{where}"
    finally:
        student.close()
    rest = Outcome(FAILED, reason=TIMED_OUT)
    return outcomes + [rest] * (len(laws) - len(outcomes)), ""


def _outcome(task: Task, student: Student, law: str, ready: set[str]) -> Outcome:
    if not set(task.writes) <= ready:
        return Outcome(NOT_STARTED)
    watch = Watch()
    own = task.adapt(watched(list(task.writes), student, watch))
    return try_law(find_law(law), {**vars(minirelprune), **own}, watch)
