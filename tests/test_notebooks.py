"""The notebooks as a reader gets them, and as a run of them from a fresh kernel."""

import asyncio
import json
import os
import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="not installed")
nbclient = pytest.importorskip("nbclient", reason="not installed")
pytest.importorskip("ipykernel", reason="not installed")

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EACH = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
SETUP, LONGEST = 26, 17  # lines: of the cell that installs and imports, and of any other


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    found = json.loads(path.read_text("utf-8"))["cells"]
    return [
        {**cell, "source": "".join(cell["source"])} for cell in found if cell["cell_type"] == kind
    ]


@EACH
def test_the_stored_run_is_whole_and_in_order(path: Path) -> None:
    code = cells(path, "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell["outputs"]]
    assert not [one for one in outputs if one["output_type"] == "error"]
    assert not [one for one in outputs if one.get("name") == "stderr"]
    assert any("image/png" in one.get("data", {}) for one in outputs)
    assert "mnist: 60,000 training" in json.dumps(outputs)


@EACH
def test_a_notebook_is_small_and_knows_no_place_of_its_maker(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text) < 1_000_000
    assert not re.search(r"/(home|root|work|tmp|Users)/|site-packages", text)


@EACH
def test_cells_are_short_and_checked(path: Path) -> None:
    lengths = [cell["source"].count("\n") + 1 for cell in cells(path, "code")]
    assert lengths[0] <= SETUP
    assert max(lengths[1:]) <= LONGEST
    assert any("assert " in cell["source"] for cell in cells(path, "code"))


@EACH
def test_it_begins_with_what_to_expect_and_ends_with_questions(path: Path) -> None:
    prose = [cell["source"] for cell in cells(path, "markdown")]
    assert prose[0].startswith("# ")
    for promise in ("You will see", "You should know", "It takes"):
        assert promise in prose[0]
    assert re.search(r"(minute|second)s?\b", prose[0])
    assert 2 <= prose[-1].count("<details>") == prose[-1].count("</details>") <= 3


@EACH
def test_formulas_are_closed(path: Path) -> None:
    """GitHub and JupyterLab show a formula as it is typed where its dollar signs do not pair."""
    for cell in cells(path, "markdown"):
        prose = re.sub(r"```.*?```|`[^`]*`", "", cell["source"], flags=re.DOTALL)
        assert prose.count("$$") % 2 == 0, prose
        assert prose.replace("$$", "").replace(r"\$", "").count("$") % 2 == 0, prose


def test_the_readme_lists_every_notebook_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert set(re.findall(r"notebooks/\w+\.ipynb", readme)) == {
        f"notebooks/{path.name}" for path in NOTEBOOKS
    }


def execute(path: Path, seconds: int, **env: str) -> None:
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=seconds, resources={"metadata": {"path": str(path.parent)}}
    )
    inline = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    # Not `execute`, which in a thread of its own leaves an event loop open.
    asyncio.run(client.async_execute(env={**os.environ, **inline, **env}))


@pytest.fixture(scope="session")
def runs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Path, "Future[None]"]]:
    """Every notebook that is asked for, run in fast mode on drawn digits, two at a time."""
    asked = {
        item.callspec.params["path"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and "runs" in item.fixturenames
    }
    env = {
        "MINIRELPRUNE_FAST": "1",
        "MINIRELPRUNE_DATA": str(tmp_path_factory.mktemp("no-images")),
        "OMP_NUM_THREADS": "1",
    }
    with ThreadPoolExecutor(2) as pool:
        yield {path: pool.submit(execute, path, 120, **env) for path in sorted(asked)}
        pool.shutdown(cancel_futures=True)


@EACH
def test_it_runs_from_top_to_bottom_on_any_machine(
    path: Path, runs: dict[Path, "Future[None]"]
) -> None:
    runs[path].result()


@pytest.mark.full_notebooks
@EACH
def test_it_runs_in_full(path: Path) -> None:
    execute(path, 3600)
