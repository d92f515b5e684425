import numpy as np
import pytest

from minirelprune import MLP
from minirelprune.experiments.exhibits.clt import of_networks


def nets() -> list[MLP]:
    rng = np.random.default_rng(0)
    return [MLP((6, 5, 4, 3), name, rng=rng) for name in ("leaky_relu", "sigmoid")]


@pytest.fixture(scope="module")
def x() -> np.ndarray:
    return np.random.default_rng(0).normal(size=(60_000, 6)).astype(np.float32)


def test_means_come_nearer_to_the_normal_only_where_there_is_a_variance(x: np.ndarray) -> None:
    rows = of_networks(nets(), x, "normals", progress=False).numbers["clt"]
    assert len(rows) == 2 * 3 * 5
    first, last = (
        {row["activation"]: row for row in rows if (row["layer"], row["batch_size"]) == (0, n)}
        for n in (1, 256)
    )
    assert last["sigmoid"]["distance"] < 2 * last["sigmoid"]["noise"] < first["sigmoid"]["distance"]
    assert last["leaky_relu"]["distance"] > 0.2
    assert last["leaky_relu"]["no_guarantee"] > 0.9


def test_the_examples_are_shuffled_first(x: np.ndarray) -> None:
    ordered = x[np.argsort(x[:, 0])]
    (net,) = nets()[1:]
    row = of_networks([net], ordered, "normals", progress=False).numbers["clt"][4]
    assert row["distance"] < 3 * row["noise"]
