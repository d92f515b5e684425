"""What is published works by itself: the tests pass from the sdist, and the wheel has homework."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from minirelprune.coursework.assignments import ASSIGNMENTS

pytest.importorskip("hatchling", reason="not installed; the extra `dev` has it")
pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent
SAMPLE = (  # of tests that read more than the package: notebooks, figures, the README, and tests
    "test_house.py",
    "test_lab.py",
    "test_notebooks.py",
    "test_readme_links.py",
    "test_readme_numbers.py",
    "experiments/test_registry.py",
    "experiments/trials/test_store.py",
    "coursework/test_coursework_notebooks.py",
)


def built(kind: str, folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [package] = folder.iterdir()
    return package


def test_the_tests_of_the_sdist_pass_from_the_sdist(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", tmp_path / "built")) as archive:
        archive.extractall(tmp_path, filter="data")
    [root] = tmp_path.glob("minirelprune-*")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *(f"tests/{name}" for name in SAMPLE)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


def test_the_wheel_has_a_notebook_for_each_assignment_and_no_data(tmp_path: Path) -> None:
    names = zipfile.ZipFile(built("wheel", tmp_path / "built")).namelist()
    for name in ASSIGNMENTS:
        assert f"minirelprune/coursework/notebooks/{name}.ipynb" in names
    assert not [name for name in names if name.endswith((".gz", ".npz", "-ubyte"))]
