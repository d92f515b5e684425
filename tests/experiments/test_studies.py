from pathlib import Path

import numpy as np
import pytest

from minirelprune import MLP, Dataset, load_dataset
from minirelprune.experiments import heaviness, studies
from minirelprune.experiments.reproduce import reproduce


def nets() -> list[MLP]:
    rng = np.random.default_rng(0)
    return [MLP((6, 5, 4, 3), name, rng=rng) for name in ("leaky_relu", "sigmoid")]


@pytest.fixture(scope="module")
def x() -> np.ndarray:
    return np.random.default_rng(0).normal(size=(60_000, 6)).astype(np.float32)


def test_where_z_passes_0_leaky_relu_has_no_variance_and_the_sigmoid_has(x: np.ndarray) -> None:
    rows = heaviness.tails_table(nets(), x, data="normals", progress=False).tidy
    assert [row["layer"] for row in rows] == [0, 0, 1, 1, 2, 2] * 2
    share = {(row["activation"], row["layer"]): row["below_2"] for row in rows}  # at k = 600
    assert share["leaky_relu", 0] == 1
    assert share["sigmoid", 0] == share["sigmoid", 1] == 0


def test_means_come_nearer_to_the_normal_only_where_there_is_a_variance(x: np.ndarray) -> None:
    rows = heaviness.clt_table(nets(), x, data="normals", progress=False).tidy
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
    row = heaviness.clt_table([net], ordered, data="normals", progress=False).tidy[4]
    assert row["distance"] < 3 * row["noise"]


def test_a_study_is_written_as_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studies, "RANKED_ON", 20)
    small: Dataset = load_dataset("synthetic", n_train=100, n_test=10)
    said: list[str] = []
    reproduce("ranking", small, seeds=[0], out=tmp_path, say=said.append, progress=False)
    table = (tmp_path / "ranking.md").read_text()
    assert "**synthetic**, 20 examples" in table
    assert table in said[0]
    assert (tmp_path / "ranking.csv").exists()
    assert len(list((tmp_path / "networks").glob("*.npz"))) == 4
    with pytest.raises(ValueError, match="dataset must not be None for tails"):
        reproduce("tails", None, seeds=[0], out=tmp_path)
