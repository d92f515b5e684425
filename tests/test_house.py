"""Imports point one way: formulas, the network, pruning, experiments."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "minirelprune"

# What each file of the package may import from it, beside what its own imports may.
ALLOWED = {
    "arrays": set(),
    "checks": set(),
    "files": set(),
    "activations": {"arrays"},
    "losses": {"arrays", "checks"},
    "adam": {"arrays", "checks"},
    "importance": {"arrays", "checks"},
    "binning": {"arrays"},
    "information": {"arrays", "checks", "binning"},
    "masks": {"arrays", "checks"},
    "schedule": {"checks"},
    "tails": {"arrays", "checks"},
    "clt_row": {"arrays"},
    "normality": {"arrays", "checks", "clt_row"},
    "contribution": {"arrays", "checks", "activations"},
    "threads": set(),
    "gemm": {"arrays", "activations", "contribution", "threads"},
    "smooth": {"arrays", "activations", "contribution", "threads"},
    "moments": {"arrays", "checks", "activations", "contribution", "gemm", "smooth"},
    "weight_information": {"arrays", "checks", "activations", "binning", "threads"},
    "checkpoint": {"files"},
    "mlp": {"arrays", "checks", "activations", "checkpoint"},
    "blindness": {"arrays", "checks", "mlp"},
    "training": {"arrays", "checks", "adam", "losses", "mlp"},
    "criteria": {
        "arrays",
        "checks",
        "contribution",
        "importance",
        "mlp",
        "moments",
        "weight_information",
    },
    "pruned": {"arrays", "checkpoint", "mlp"},
    "pruning": {
        *("arrays", "checks", "criteria", "masks", "mlp", "pruned", "schedule", "training"),
    },
}


def imported(path: Path) -> set[str]:
    """The first-level names of this package that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "minirelprune":
                names |= {alias.name for alias in node.names}
            elif node.module.startswith("minirelprune."):
                names.add(node.module.split(".")[1])
    return names


@pytest.mark.parametrize("name", ALLOWED)
def test_imports_point_one_way(name: str) -> None:
    assert imported(PACKAGE / f"{name}.py") <= ALLOWED[name]


def test_every_file_has_its_place() -> None:
    files = {path.stem for path in PACKAGE.glob("*.py")}
    assert files == {*ALLOWED, "__init__", "__main__"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_matplotlib_is_imported_by_figures_alone(path: Path) -> None:
    lines = [line.strip() for line in path.read_text().splitlines()]
    imports = [line for line in lines if line.startswith(("import matplotlib", "from matplotlib"))]
    if path.parent.name != "figures":
        assert imports in ([], ["from matplotlib.figure import Figure"])  # for a type checker only


@pytest.mark.parametrize("name", ["data", "laws", "experiments"])
def test_the_layers_below_do_not_know_those_above(name: str) -> None:
    above = {"data": {"experiments", "laws", "cli", "mlp"}, "laws": {"experiments", "cli", "data"}}
    for path in (PACKAGE / name).rglob("*.py"):
        assert not imported(path) & above.get(name, {"laws", "cli"})
