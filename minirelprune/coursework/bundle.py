"""What other places need to grade an assignment: Gradescope's zip, and a workflow for GitHub.

The zip holds the library itself, so that the grader is the very version that made it.
"""

import zipfile
from pathlib import Path

import minirelprune
from minirelprune import __version__
from minirelprune.coursework.assignment import Assignment
from minirelprune.coursework.variant import Variant
from minirelprune.support.files import write_whole, written_whole

PACKAGE = Path(minirelprune.__file__).parent
NEEDS = (  # all that the library needs, but for matplotlib; and what the laws need
    "numpy>=1.26",
    "scipy>=1.11.3",
    "tqdm>=4.66",
    "pooch>=1.8",
    "threadpoolctl>=3.5",
    "hypothesis>=6.100",
    "mpmath>=1.3",
)

SETUP = """#!/usr/bin/env bash
# Gradescope runs this once, when it builds the container. Ubuntu 22.04 has Python 3.11 beside 3.10.
set -euo pipefail
apt-get update -qq
apt-get install -y -qq python3.11 python3.11-venv || apt-get install -y -qq python3 python3-venv
python=$(command -v python3.11 || command -v python3)
"$python" -m venv "${{AUTOGRADER:-/autograder}}/environment"
"${{AUTOGRADER:-/autograder}}/environment/bin/pip" install --quiet {needs}
"""

RUN = """#!/usr/bin/env bash
# Gradescope runs this for each submission.
set -euo pipefail
home=${{AUTOGRADER:-/autograder}}
mkdir -p "$home/results"
export PYTHONPATH="$home/source" PYTHONDONTWRITEBYTECODE=1
"$home/environment/bin/python" -m minirelprune coursework grade "$home/submission" \\
    --gradescope "$home/results/results.json" --seed {seed} --hidden {hidden}
"""

WORKFLOW = """# GitHub Classroom: put this into .github/workflows/ of the template,
# {zip} in .github/. It shows what a student sees: `coursework grade` grades hidden laws.
name: {name}
on: [push, workflow_dispatch]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: Unpack the grader
        run: python -m zipfile -e .github/{zip} "$RUNNER_TEMP/grader"
      - name: Install what it needs
        run: pip install --quiet {needs}
      - name: Check {name}
        run: PYTHONPATH="$RUNNER_TEMP/grader" python -m minirelprune coursework check .
"""


def bundle(assignment: Assignment, path: Path, variant: Variant) -> None:
    """Write the zip for Gradescope: `setup.sh`, `run_autograder` and the library.

    Parameters
    ----------
    assignment : which one; the grader of a submission finds out by its module.
    path : of the zip.
    variant : which laws are hidden.
    """
    scripts = {
        "setup.sh": SETUP.format(needs=_quoted()),
        "run_autograder": RUN.format(seed=variant.seed, hidden=variant.hidden),
        "README.txt": f"The autograder of {assignment.name} of minirelprune {__version__}.\n",
    }
    with written_whole(path) as temporary, zipfile.ZipFile(temporary, "w") as zipped:
        for name, text in scripts.items():
            _add(zipped, name, text, executable=name != "README.txt")
        for file in sorted(PACKAGE.rglob("*")):
            if file.suffix in (".py", ".csv") or file.name == "py.typed":
                name = f"minirelprune/{file.relative_to(PACKAGE).as_posix()}"
                _add(zipped, name, file.read_text("utf-8"), executable=False)


def _add(zipped: zipfile.ZipFile, name: str, text: str, *, executable: bool) -> None:
    """Add a file; the same files make the same zip, bit for bit."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (0o755 if executable else 0o644) << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    zipped.writestr(entry, text)


def workflow(assignment: Assignment, path: Path, zipped: Path) -> None:
    """Write the workflow for GitHub Classroom, which uses the zip beside it.

    Parameters
    ----------
    assignment : which one.
    path : of the workflow.
    zipped : the zip that `bundle` wrote.
    """
    text = WORKFLOW.format(name=assignment.name, zip=zipped.name, needs=_quoted())
    write_whole(path, text)


def _quoted() -> str:
    return " ".join(f"'{one}'" for one in NEEDS)
