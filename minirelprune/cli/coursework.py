"""`minirelprune coursework`: assignments for students, and grades for lecturers."""

import argparse
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from minirelprune.cli import arguments
from minirelprune.support.files import write_whole

if TYPE_CHECKING:
    from minirelprune.coursework.variant import Variant

HELP = "assignments: start one, check it, grade a class, and see what a class breaks"
NAMES = tuple(f"hw{k}" for k in range(1, 7))
POLL = 0.5  # seconds between two looks at the file that is watched

Work = Callable[[argparse.Namespace], int]


def add(parser: argparse.ArgumentParser) -> None:
    """Add the commands and their arguments."""
    commands = parser.add_subparsers(required=True, metavar="what")
    _command(commands, "list", _list, "the assignments: hours, tasks and titles")
    start = _command(commands, "start", _start, "write the folder that a student starts from")
    _name(start)
    start.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="default: the name")
    start.add_argument("--force", action="store_true", help="replace files, and keep a backup")
    _variant(start)
    check = _command(commands, "check", _check, "which laws the functions in a folder keep")
    check.add_argument("folder", type=Path, metavar="DIR", help="the folder of the assignment")
    check.add_argument("--task", action="append", default=[], metavar="NAME", help="one task only")
    check.add_argument("--json", type=Path, metavar="FILE", help="write the grade here too")
    check.add_argument("--watch", action="store_true", help="check again whenever a file changes")
    grade = _command(commands, "grade", _grade, "grade submissions, hidden laws included")
    grade.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="one per submission")
    grade.add_argument(
        "--gradescope", type=Path, metavar="FILE",
        help="results.json; with several submissions results.DIR.json for each",
    )  # fmt: skip
    grade.add_argument("--csv", type=Path, metavar="FILE", help="a line for each law of each")
    grade.add_argument(
        "--workers", type=arguments.whole(1), default=os.cpu_count() or 1, metavar="N",
        help="submissions at a time, >= 1 (default: one per core)",
    )  # fmt: skip
    _variant(grade)
    bundle = _command(commands, "bundle", _bundle, "write the autograder for Gradescope")
    _name(bundle)
    bundle.add_argument("--out", type=Path, metavar="FILE", help="default: NAME.zip")
    bundle.add_argument("--github", action="store_true", help="also write a workflow for GitHub")
    _variant(bundle)
    report = _command(commands, "report", _report, "which laws a class breaks most, as a picture")
    report.add_argument("grades", type=Path, metavar="grades.csv", help="what `grade --csv` wrote")
    report.add_argument("--out", type=Path, metavar="FILE", help="default: grades.png beside it")


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    try:
        return int(options.work(options))
    except ModuleNotFoundError as error:
        if error.name not in ("hypothesis", "mpmath"):
            raise
        raise ValueError(f'{error.name} is needed: pip install "minirelprune[test]"') from error


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    work: Work,
    text: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text.capitalize() + ".")
    command.set_defaults(work=work)
    return command


def _name(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", choices=NAMES, help="of the assignment")


def _variant(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--seed",
        type=arguments.whole(0),
        default=0,
        metavar="SEED",
        help="of the variant, >= 0 (default: 0)",
    )
    command.add_argument(
        "--hidden", type=arguments.fraction, default=0.0, metavar="SHARE",
        help="of laws that are graded and not shown beforehand, in (0, 1) (default: none)",
    )  # fmt: skip


def _list(options: argparse.Namespace) -> int:
    from minirelprune.coursework.words import listing

    print(listing())
    return 0


def _of(options: argparse.Namespace) -> "Variant":
    from minirelprune.coursework.variant import Variant

    return Variant(options.seed, options.hidden)


def _start(options: argparse.Namespace) -> int:
    from minirelprune.coursework import assignments, folder

    where = options.folder or Path(options.name)
    one = assignments.assignment(options.name)
    for backup in folder.start(one, where, _of(options), force=options.force):
        print(f"kept {backup}")
    print(f"written to {where}: fill in {one.name}.py, and read {one.name}.ipynb and README.md")
    print(f"then: minirelprune coursework check {where}")
    return 0


def _check(options: argparse.Namespace) -> int:
    if not options.watch:
        return _check_once(options)
    while True:
        _check_once(options)
        print("waiting for a change; Ctrl-C ends", flush=True)
        before = _changes(options.folder)
        while _changes(options.folder) == before:
            time.sleep(POLL)


def _check_once(options: argparse.Namespace) -> int:
    from minirelprune.coursework import alone, submission, words

    one, variant = submission.assignment_in(options.folder), submission.variant_of(options.folder)
    print(f"{one.name}: {one.title}", flush=True)
    found = alone.graded(
        options.folder, variant, tasks=options.task, with_hidden=False,
        on_task=lambda task: print(words.of_task(task), flush=True),
    )  # fmt: skip
    if found.problem:
        print(f"Nothing can be graded: {found.problem}")
    print(words.summary(found, unseen=len(variant.hidden_laws(one))))
    if options.json:
        write_whole(options.json, json.dumps(found.as_dict(), indent=1) + "\n")
    return 0 if found.passed else 1


def _changes(folder: Path) -> list[tuple[str, float]]:
    return sorted((str(path), path.stat().st_mtime) for path in folder.glob("*.py"))


def _grade(options: argparse.Namespace) -> int:
    from minirelprune.coursework import batch, gradescope

    several, graded = len(options.folders) > 1, []
    for one in batch.grade_all(options.folders, _of(options), workers=options.workers):
        graded.append(one)
        grade = one.grade
        print(f"{one.folder}: {grade.points} of {grade.worth} points {grade.problem}", flush=True)
        if options.gradescope:
            path = options.gradescope
            path = path.with_stem(f"{path.stem}.{one.folder.name}") if several else path
            write_whole(path, json.dumps(gradescope.results(grade), indent=1) + "\n")
    if options.csv:
        write_whole(options.csv, batch.csv_of(graded))
    return 0


def _bundle(options: argparse.Namespace) -> int:
    from minirelprune.coursework import assignments, bundle

    one = assignments.assignment(options.name)
    out = options.out or Path(f"{one.name}.zip")
    bundle.bundle(one, out, _of(options))
    print(f"written to {out}")
    if options.github:
        path = out.with_name(f"{one.name}.yml")
        bundle.workflow(one, path, out)
        print(f"written to {path}")
    return 0


def _report(options: argparse.Namespace) -> int:
    from minirelprune.coursework import picture

    found = picture.shares(options.grades)
    out = options.out or options.grades.with_suffix(".png")
    picture.draw(found, out)
    print(picture.text_of(found))
    print(f"drawn in {out}")
    return 0
