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
    for layer in (0, 1):
        assert share["sigmoid", layer] in (0, None)  # None: all contributions are at most 1


def test_contributions_of_at_most_1_are_counted_and_not_judged(x: np.ndarray) -> None:
    rng = np.random.default_rng(0)
    nets = [MLP((6, 5, 4, 3), name, rng=rng) for name in ("relu", "leaky_relu")]
    positive = {net.activation: float((net.weights[0] > 0).mean()) for net in nets}
    tails = of_networks(nets, np.abs(x), "inputs above 0", progress=False)
    row = {
        (row["activation"], row["layer"]): row for row in tails.numbers["tails"] if row["k"] == 200
    }
    relu, leaky = row["relu", 0], row["leaky_relu", 0]
    assert relu["at_most_1"] == pytest.approx(positive["relu"], abs=1e-5)  # w > 0 and x >= 0
    assert relu["at_most_1"] + relu["judged"] <= 1
    assert relu["below_2_of_w_positive"] is None
    assert leaky["at_most_1"] < positive["leaky_relu"]
    assert "At most 1" in tails.tables[0].header
