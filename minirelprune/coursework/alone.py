"""Grade one submission in a process of its own: `python -m minirelprune.coursework.alone`.

`batch` starts one for each submission, so that whatever happens to one, the others go on.
"""

import json
import sys
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

from minirelprune.coursework import contest
from minirelprune.coursework.grading import Grade, TaskGrade, grade
from minirelprune.coursework.pieces import OWN_CRITERION
from minirelprune.coursework.submission import assignment_in, submitted
from minirelprune.coursework.variant import Variant
from minirelprune.support.files import write_whole
from minirelprune.support.threads import limit


def graded(
    folder: Path,
    variant: Variant,
    *,
    tasks: Collection[str] = (),
    with_hidden: bool = True,
    on_task: Callable[[TaskGrade], object] | None = None,
) -> Grade:
    """The grade of the submission in a folder; the arguments are those of `grade`.

    Raises
    ------
    ValueError : the folder holds no assignment, or there is no such task.
    """
    assignment = assignment_in(folder)
    student = submitted(folder, assignment)
    found = grade(
        assignment,
        student,
        tasks=tasks,
        hidden=variant.hidden_laws(assignment),
        with_hidden=with_hidden,
        on_task=on_task,
    )
    if OWN_CRITERION in assignment.writes and not (found.problem or tasks):
        return replace(found, scores=contest.leaderboard(student))
    return found


def main(folder: str, out: str, seed: str, hidden: str) -> None:
    """Grade a folder, and write the grade to a file."""
    limit(1)  # the same last bits, whatever else runs
    found = graded(Path(folder), Variant(int(seed), float(hidden)))
    write_whole(Path(out), json.dumps(found.as_dict()))


if __name__ == "__main__":
    main(*sys.argv[1:])
