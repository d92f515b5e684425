"""The folder that a student starts from: a module of stubs, a notebook, and a README."""

import json
from pathlib import Path

import minirelprune
from minirelprune.coursework import pieces
from minirelprune.coursework.assignment import Assignment, Task
from minirelprune.coursework.law_book import find_law
from minirelprune.coursework.skeleton import module_text
from minirelprune.coursework.submission import SETTINGS
from minirelprune.coursework.variant import Variant
from minirelprune.support.files import write_whole

PACKAGE = Path(minirelprune.__file__).parent
PLACES = (  # of the notebooks: in an installed package, and in the repository
    PACKAGE / "coursework" / "notebooks",
    PACKAGE.parent / "notebooks" / "coursework",
)


def start(
    assignment: Assignment, folder: Path, variant: Variant, *, force: bool = False
) -> list[Path]:
    """Write the folder of an assignment.

    Parameters
    ----------
    assignment, variant : what to write.
    folder : made if it does not exist.
    force : replace files that are there, and keep each under another name.

    Returns
    -------
    The backups that were made.

    Raises
    ------
    FileNotFoundError : the notebook of the assignment is missing; nothing is written then.
    FileExistsError : a file is there already; nothing is written then.
    """
    texts = {
        f"{assignment.name}.py": module_text(assignment),
        f"{assignment.name}.ipynb": notebook(assignment).read_text("utf-8"),
        "README.md": readme(assignment, variant),
        SETTINGS: json.dumps(
            {"assignment": assignment.name, "seed": variant.seed, "hidden": variant.hidden}
        )
        + "\n",
    }
    there = [folder / name for name in texts if (folder / name).exists()]
    if there and not force:
        names = ", ".join(path.name for path in there)
        raise FileExistsError(
            f"{folder} holds {names} already, and your work is not overwritten; "
            "--force replaces them and keeps a backup"
        )
    backups = [_moved_away(path) for path in there]
    for name, text in texts.items():
        write_whole(folder / name, text)
    return backups


def notebook(assignment: Assignment) -> Path:
    """The notebook of an assignment."""
    name = f"{assignment.name}.ipynb"
    for place in PLACES:
        if (place / name).is_file():
            return place / name
    looked_in = " and ".join(map(str, PLACES))
    raise FileNotFoundError(f"the notebook {name} is missing: looked for in {looked_in}")


def _moved_away(path: Path) -> Path:
    number = 1
    while (backup := path.with_name(f"{path.name}.{number}.bak")).exists():
        number += 1
    return path.rename(backup)


def readme(assignment: Assignment, variant: Variant) -> str:
    """What is asked for, task by task, and how to check it."""
    hidden = variant.hidden_laws(assignment)
    allowed = sorted(set(pieces.given_sources(assignment)) - {"minirelprune.support.arrays"})
    lines = [
        f"# {assignment.name}: {assignment.title}",
        "",
        f"{assignment.about} It should take {assignment.hours} hours, and is worth "
        f"{assignment.worth} points.",
        "",
        f"- `{assignment.name}.ipynb` explains the formulas.",
        f"- `{assignment.name}.py` is the file that you fill in and hand in.",
        "- `minirelprune coursework check .` says which laws your functions keep, and shows the "
        "smallest example of each that is broken.",
        "",
        "A function is graded by laws. What a docstring says under `Raises` is not graded.",
        "",
        "You may import NumPy, SciPy, Python's own modules, and these modules, which are there "
        "when your code is graded: " + ", ".join(f"`{name}`" for name in allowed) + ".",
    ]
    for number, task in enumerate(assignment.tasks, start=1):
        lines += ["", f"## {number}. {task.title} ({task.worth} points)", ""]
        lines += _task(task, variant, hidden)
    return "\n".join(lines) + "\n"


def _task(task: Task, variant: Variant, hidden: set[str]) -> list[str]:
    lines = ["Write " + ", ".join(f"`{name}`" for name in task.writes) + ".", ""]
    for name, points in task.points.items():
        if name not in hidden:
            lines.append(f"- {find_law(name).statement} ({points} points)")
    unseen = [points for name, points in task.points.items() if name in hidden]
    if unseen:
        lines.append(f"- {len(unseen)} more, which are not shown ({sum(unseen)} points)")
    if task.example is not None:
        lines += ["", "For example:", "", "```", variant.example(task), "```"]
    return [*lines, "", f"<details><summary>Hint</summary>{task.hint}</details>"]
