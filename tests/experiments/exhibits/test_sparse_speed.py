import time
from pathlib import Path

import numpy as np
import pytest

from minirelprune import MLP, Dataset, export_sparse, load_dataset
from minirelprune.experiments.exhibit import Setting
from minirelprune.experiments.exhibits import sparse_speed
from minirelprune.experiments.exhibits.sparse_speed import TARGETS, _made, median_seconds, sizes
from minirelprune.experiments.trials import networks


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    data = load_dataset("synthetic", n_train=100, n_test=50)
    monkeypatch.setattr(networks, "dataset", lambda name, n_train=None: data)
    monkeypatch.setattr(sparse_speed, "SECONDS", 0.0)
    return data


def test_every_form_is_measured_at_every_share(small: Dataset, tmp_path: Path) -> None:
    contents = sparse_speed.compute(Setting("synthetic", [0], tmp_path, False))
    rows = contents.numbers["sparse_speed"]
    assert [row["target"] for row in rows] == [0.0, *np.repeat(TARGETS, 3).tolist()]
    assert all(row[f"microseconds_{n}"] > 0 for row in rows for n in (1, 32, 1000))
    by = {(row["target"], row["form"]): row for row in rows}
    for target in TARGETS:
        weights = round((1 - target) * 386_120)
        assert by[target, "dense"]["operations"] == 2 * 386_120
        assert by[target, "sparse"]["operations"] == pytest.approx(2 * weights, abs=4)
        assert by[target, "units"]["operations"] <= 2 * (weights + 784)  # nearest, by a unit
        assert by[target, "dense"]["memory"] == by[0.0, "dense"]["memory"]
        assert by[target, "dense"]["accuracy"] == by[target, "sparse"]["accuracy"]
    assert by[0.99, "sparse"]["file"] < by[0.5, "sparse"]["file"] < by[0.0, "dense"]["file"]
    assert contents.tables[0].rows[0][-3:] == ["1.00"] * 3


def test_the_sparse_form_computes_what_the_dense_one_does_and_no_class_is_lost() -> None:
    rng = np.random.default_rng(0)
    net, x = MLP((20, 15, 10, 4), rng=rng, dtype=np.float64), rng.normal(size=(30, 20))
    made = {(target, form): one for target, form, one in _made(net)}
    for target in TARGETS:
        dense = made[target, "dense"].forward(x)[-1].z
        np.testing.assert_allclose(made[target, "sparse"].logits(x), dense, atol=1e-12)
        assert made[target, "units"].layer_sizes[-1] == 4
    assert made[0.5, "units"].n_weights <= net.n_weights / 2 + 20


def test_sizes_are_those_of_the_arrays() -> None:
    net = MLP((6, 5, 3), rng=np.random.default_rng(0))
    assert sizes(net)["memory"] == 4 * (30 + 15 + 5 + 3)
    assert sizes(net)["operations"] == 2 * 45
    masks = [np.zeros(W.shape, bool) for W in net.weights]
    masks[0][0, 0] = masks[1][2, 1] = True
    sparse = export_sparse(net, masks)
    assert sizes(sparse)["operations"] == 4
    assert sizes(sparse)["memory"] == sparse.nbytes


def test_a_pause_in_one_block_does_not_move_the_median(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparse_speed, "SECONDS", 0.0)  # one call in each block
    now, calls = [0.0], []
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])

    def work() -> None:
        calls.append(1)
        now[0] += 100 if len(calls) == 7 else 2

    assert median_seconds(work) == 2
    assert len(calls) == 2 + sparse_speed.BLOCKS
