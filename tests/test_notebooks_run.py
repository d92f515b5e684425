"""The notebooks in a fresh kernel: they run, their claims hold, and their exercises can be solved.

After its last cell each notebook runs tests/notebooks/<its name>.py in the same kernel.
"""

import asyncio
import os
import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from test_notebooks import EACH, ROOT, code_of, prose_of

import minirelprune as mr

nbformat = pytest.importorskip("nbformat", reason="not installed")
nbclient = pytest.importorskip("nbclient", reason="not installed")
pytest.importorskip("ipykernel", reason="not installed")
lab = pytest.importorskip("minirelprune.lab")

SOLUTION = re.compile(
    r"<details>\s*<summary>Solution</summary>\s*```python\n(.*?)```\s*</details>", re.DOTALL
)


@EACH
def test_its_exercise_is_not_solved_and_its_solution_keeps_every_law(path: Path) -> None:
    asked = r"^lab\.exercise\((\w+)(?:, \"(\w+)\")?\)"
    ((name, network),) = re.findall(asked, "\n".join(code_of(path)), re.MULTILINE)
    assert sum("raise NotImplementedError" in cell for cell in code_of(path)) == 1
    (solution,) = SOLUTION.findall("\n\n".join(prose_of(path)))
    scope: dict[str, Any] = {"np": np, "mr": mr}
    exec(solution, scope)
    report = lab.report_on(scope[name], network or "MLP")
    assert network in ("", *{need for one in report.verdicts for need in one.law.needs})
    assert report.ok, report


def execute(path: Path, seconds: int, **env: str) -> None:
    notebook = nbformat.read(path, as_version=4)
    checks = (ROOT / "tests" / "notebooks" / f"{path.stem}.py").read_text("utf-8")
    notebook.cells.append(nbformat.v4.new_code_cell(checks))
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
        yield {path: pool.submit(execute, path, 180, **env) for path in sorted(asked)}
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
