"""The house: imports point one way, one command is one file with one name, and nothing else."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from minirelprune.experiments.registry import EXHIBITS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "minirelprune"
EXPERIMENTS = PACKAGE / "experiments"
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
BELOW["coursework"] = FORMULAS | {"laws", "__version__"}
BELOW["experiments"] = FORMULAS | {"__version__"}
BELOW["lab"] = FORMULAS | {"laws", "experiments", "coursework"}
BELOW["cli"] = {*FORMULAS, "experiments", "coursework", "__version__"}

# A plot draws numbers, and knows what things are called; it trains nothing and loads nothing.
OF_PLOTS = ("experiments.plots", "experiments.outputs", "experiments.paper.names", "support.")
SHARED_PLOTS = {
    "__init__",
    "style",
    "paper_table",
    "fig3_masking",
    "heat",
    "ranked",
    "side_by_side",
}
OF_A_COMMAND = {"show"}  # draws what the command of its name found in a file
TIMED = "scaling"  # drawn by tests/benchmarks, which time it


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


def floor(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


@pytest.mark.parametrize("name", BELOW)
def test_imports_point_one_way(name: str) -> None:
    for path in FILES:
        if floor(path) == name:
            allowed = {name, *BELOW[name]}
            above = {one for one in imported(path) if one.split(".")[0] not in allowed}
            assert not above, f"{path.name} imports {above}"


def test_every_file_stands_on_a_floor() -> None:
    assert {floor(path) for path in FILES} == {*BELOW, "__init__.py", "__main__.py"}


def test_matplotlib_is_imported_by_plots_and_the_lab_alone() -> None:
    importing = {
        path.relative_to(PACKAGE)
        for path in FILES
        if re.search(r"^\s*(import|from) matplotlib", path.read_text("utf-8"), re.MULTILINE)
    }
    others = {path for path in importing if path.parts[:2] != ("experiments", "plots")}
    assert others == {Path("lab/stored.py"), Path("coursework/picture.py")}


def test_the_command_line_does_not_wait_for_matplotlib() -> None:
    """Only TYPE_CHECKING and functions may import it in the file that loads the others."""
    tree = ast.parse((EXPERIMENTS / "plots" / "__init__.py").read_text("utf-8"))
    top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert "matplotlib" not in "".join(map(ast.unparse, top))


def test_a_plot_trains_nothing_and_loads_nothing() -> None:
    for path in (EXPERIMENTS / "plots").glob("*.py"):
        other = {one for one in imported(path) if not one.startswith(OF_PLOTS)}
        assert not other, f"{path.name} imports {other}"


def test_one_command_is_one_file_with_one_name() -> None:
    files = {
        path.stem
        for path in (EXPERIMENTS / "exhibits").glob("*.py")
        if "\nEXHIBIT = " in path.read_text("utf-8")
    }
    assert files == {*EXHIBITS}
    for name in files:
        exhibit = import_module(f"minirelprune.experiments.exhibits.{name}").EXHIBIT
        assert exhibit.name == name
        assert EXHIBITS[name] is exhibit


def test_every_picture_is_drawn_by_the_file_of_its_name() -> None:
    drawn = {one.plot or name for name, one in EXHIBITS.items() if "picture" in one.makes}
    plots = {path.stem for path in (EXPERIMENTS / "plots").glob("*.py")}
    assert plots == drawn | SHARED_PLOTS | OF_A_COMMAND | {TIMED}
    assert {one.plot for one in EXHIBITS.values()} <= {
        "",
        "paper_table",
        "high_sparsity",
        "by_network",
        "side_by_side",
    }


def test_what_is_published_is_named_after_its_command() -> None:
    endings = {"table": ".md", "CSV": ".csv", "picture": ".png"}
    said = {f"{name}{endings[kind]}" for name, one in EXHIBITS.items() for kind in one.makes}
    said |= {f"{TIMED}.csv", f"{TIMED}.png", "results.csv", "trials.jsonl"}
    there = {path.name for path in (ROOT / "figures").iterdir() if path.is_file()}
    assert said <= there
    parts = {name.rpartition("_")[0] for name in there - said}  # such as fig1_curves.csv
    assert parts <= {*EXHIBITS}


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda p: p.stem)
def test_notebooks_import_the_package_and_the_lab_alone(path: Path) -> None:
    lines = re.findall(r"(?:from|import) minirelprune[^\\\"]*", path.read_text("utf-8"))
    allowed = {"import minirelprune as mr", "from minirelprune import lab"}
    assert {line.strip() for line in lines} <= allowed


def test_no_name_of_a_file_stands_twice_in_the_experiments() -> None:
    """But for `exhibits/x.py` and `plots/x.py`, which are one command."""
    stems = [
        path.stem
        for path in EXPERIMENTS.rglob("*.py")
        if path.parent.name != "plots" and path.stem != "__init__"
    ]
    assert len(stems) == len(set(stems))


def test_files_are_short() -> None:
    long = {p.name: n for p in FILES if (n := p.read_text("utf-8").count("\n")) > 220}
    assert not long
