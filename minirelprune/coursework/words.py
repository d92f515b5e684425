"""Grades in words, for a terminal, a notebook, and Gradescope."""

from collections.abc import Iterator
from html import escape

from minirelprune.coursework.assignments import ASSIGNMENTS
from minirelprune.coursework.grading import NOT_STARTED, PASSED, Grade, LawGrade, TaskGrade

WIDTH = 11  # of the longest status
STATES = {"passed": "kept", "failed": "broken", "not started": "not started"}


def listing() -> str:
    """All assignments, a line each."""
    lines = [f"{'name':6}{'hours':10}{'tasks':7}title"]
    for one in ASSIGNMENTS.values():
        lines.append(f"{one.name:6}{one.hours:10}{len(one.tasks):<7}{one.title}")
    return "\n".join(lines)


def of_task(task: TaskGrade) -> str:
    """A task: its state and points; and of each law that is broken, how."""
    head = f"{task.status:{WIDTH}}  {task.points:3}/{task.worth:<3}  {task.name}: {task.title}"
    if task.status in (PASSED, NOT_STARTED):
        return head
    return "\n".join([head, *(line for law in task.laws for line in _lines(law))])


def _lines(law: LawGrade) -> Iterator[str]:
    yield f"  {STATES[law.outcome.status]} ({law.worth} points): {law.statement}"
    for name, value in parts(law):
        yield f"      {name:9} {value}"


def parts(law: LawGrade) -> list[tuple[str, str]]:
    """What is known of why a law is broken: (what it is, the text)."""
    found = law.outcome
    named = (
        ("asserted", found.line),
        ("call", found.call),
        ("expected", found.expected),
        ("got", found.got),
        ("because", found.reason),
    )
    return [(name, value) for name, value in named if value]


def of_law(law: LawGrade) -> str:
    """A law for a page of its own, such as a test of Gradescope."""
    lines = [f"{law.statement}", f"{STATES[law.outcome.status]}"]
    return "\n".join([*lines, *(f"{name}: {value}" for name, value in parts(law))])


def summary(grade: Grade, unseen: int = 0) -> str:
    """The last lines: the points, and what is not shown."""
    done = sum(task.status == PASSED for task in grade.tasks)
    lines = [f"{grade.points} of {grade.worth} points; {done} of {len(grade.tasks)} tasks passed"]
    lines[0] += f" ({grade.seconds:.0f} s)"
    if unseen:
        lines.append(f"{unseen} more laws are graded that are not shown here.")
    lines += [f"{name}: {value:.2f}" for name, value in grade.scores.items()]
    if grade.printed.strip():
        shown = grade.printed.strip().splitlines()[:10]
        lines += ["Your code printed:", *(f"  {line[:200]}" for line in shown)]
    return "\n".join(lines)


def text_of_grade(grade: Grade) -> str:
    """All of a grade, for a terminal."""
    head = [f"Nothing can be graded: {grade.problem}"] if grade.problem else []
    return "\n".join([*map(of_task, () if grade.problem else grade.tasks), *head, summary(grade)])


def html_of_grade(grade: Grade) -> str:
    """All of a grade as a table, for a notebook."""
    rows = []
    for task in grade.tasks:
        rows.append(
            f'<tr><th style="text-align:left">{escape(task.name)}</th>'
            f"<th>{task.status}</th><th>{task.points}/{task.worth}</th>"
            f'<th style="text-align:left">{escape(task.title)}</th></tr>'
        )
        rows += [_row(law) for law in task.laws if task.status != NOT_STARTED]
    return f"<table><tbody>{''.join(rows)}</tbody></table><p>{escape(summary(grade))}</p>"


def _row(law: LawGrade) -> str:
    details = "".join(f"<br>{escape(n)}: <code>{escape(value)}</code>" for n, value in parts(law))
    return (
        f"<tr><td></td><td>{STATES[law.outcome.status]}</td><td>{law.points}/{law.worth}</td>"
        f'<td style="text-align:left">{escape(law.statement)}{details}</td></tr>'
    )
