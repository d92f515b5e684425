"""The cost of the moments is linear in the examples and in each width: a log-log plot shows it."""

import time
from pathlib import Path

import numpy as np
import pytest

from minirelprune import ACTIVATIONS, contribution_moments
from minirelprune.experiments import plots
from minirelprune.experiments.outputs import Contents, write_files

pytestmark = pytest.mark.benchmark
FIGURES = Path(__file__).parents[2] / "figures"

POINTS = {
    "examples": [(n, 784, 392) for n in (1_000, 3_000, 10_000, 30_000, 60_000)],
    "inputs": [(10_000, n, 392) for n in (100, 200, 400, 800, 1_600)],
    "units": [(10_000, 784, n) for n in (100, 200, 400, 800, 1_600)],
}


def seconds(n: int, n_in: int, n_out: int, engine: str) -> float:
    """The best of three on a layer as a trained one is: sparse inputs, small weights."""
    rng = np.random.default_rng(0)
    x = rng.random((n, n_in), np.float32) * (rng.random((n, n_in)) < 0.2)
    W = rng.normal(size=(n_in, n_out), scale=n_in**-0.5).astype(np.float32)
    b = np.zeros(n_out, np.float32)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        contribution_moments(x, W, b, ACTIVATIONS["relu"], engine=engine)
        times.append(time.perf_counter() - start)
    return min(times)


def test_the_cost_is_linear_in_examples_and_widths() -> None:
    rows = [
        {
            "axis": axis,
            "N": n,
            "n_in": n_in,
            "n_out": n_out,
            "seconds": seconds(n, n_in, n_out, "piecewise_linear"),
        }
        for axis, points in POINTS.items()
        for n, n_in, n_out in points
    ]
    write_files("scaling", Contents(numbers={"scaling": rows}), FIGURES)
    plots.save(plots.draw("scaling", {"scaling": rows}), FIGURES / "scaling.png")
