"""The floors of the house: imports point one way, from the command line down to array types."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "minirelprune"
FILES = sorted(PACKAGE.rglob("*.py"))

# What the files of each floor may import from the package, beside their own floor.
BELOW: dict[str, set[str]] = {
    "support": set(),
    "data": {"support"},
    "network": {"support"},
    "contribution": {"support", "network"},
    "theory": {"support", "network", "contribution"},
    "pruning": {"support", "network", "contribution", "theory"},
    "laws": {"support", "network", "contribution", "theory", "pruning"},
}
FORMULAS = set(BELOW) - {"laws"}
BELOW["experiments"] = FORMULAS | {"__version__"}
BELOW["cli"] = {*FORMULAS, "experiments", "__version__"}


def imported(path: Path) -> set[str]:
    """The dotted names that a file imports from this package, without the package's own name."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {
        name.removeprefix("minirelprune.") for name in names if name.startswith("minirelprune.")
    }


def floor(name: str) -> str:
    return name.split(".")[0]


@pytest.mark.parametrize("name", BELOW)
def test_imports_point_one_way(name: str) -> None:
    for path in (PACKAGE / name).rglob("*.py"):
        above = {one for one in imported(path) if floor(one) not in {name, *BELOW[name]}}
        assert not above, f"{path.name} imports {above}"


def test_every_file_stands_on_a_floor() -> None:
    assert {path.name for path in PACKAGE.iterdir() if path.is_dir()} - {"__pycache__"} == {*BELOW}
    assert {path.stem for path in PACKAGE.glob("*.py")} == {"__init__", "__main__"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_matplotlib_is_imported_by_figures_alone(path: Path) -> None:
    lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    imports = [line for line in lines if line.startswith(("import matplotlib", "from matplotlib"))]
    if path.parent.name != "figures":
        assert imports in ([], ["from matplotlib.figure import Figure"])  # for a type checker only
