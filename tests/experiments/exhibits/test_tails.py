import numpy as np
import pytest

from minirelprune import MLP
from minirelprune.experiments.exhibits.tails import of_networks


def nets() -> list[MLP]:
    rng = np.random.default_rng(0)
    return [MLP((6, 5, 4, 3), name, rng=rng) for name in ("leaky_relu", "sigmoid")]


@pytest.fixture(scope="module")
def x() -> np.ndarray:
    return np.random.default_rng(0).normal(size=(60_000, 6)).astype(np.float32)


def test_where_z_passes_0_leaky_relu_has_no_variance_and_the_sigmoid_has(x: np.ndarray) -> None:
    rows = of_networks(nets(), x, "normals", progress=False).numbers["tails"]
    assert [row["layer"] for row in rows] == [0, 0, 1, 1, 2, 2] * 2
    share = {(row["activation"], row["layer"]): row["below_2"] for row in rows}  # at k = 600
    assert share["leaky_relu", 0] == 1
    assert share["sigmoid", 0] == share["sigmoid", 1] == 0
