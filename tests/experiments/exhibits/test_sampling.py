from pathlib import Path

import numpy as np
import pytest

from minirelprune import Dataset, load_dataset
from minirelprune.experiments.exhibit import Setting
from minirelprune.experiments.exhibits import sampling
from minirelprune.experiments.paper.cells import EQ_2, find
from minirelprune.experiments.trials import networks
from minirelprune.experiments.trials.run import run_trial


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    data = load_dataset("synthetic", n_train=200, n_test=150)
    monkeypatch.setattr(networks, "dataset", lambda name, n_train=None: data)
    return data


@pytest.mark.parametrize("criterion", [EQ_2, "random", "none"])
def test_the_networks_are_those_of_the_trial(
    criterion: str, small: Dataset, tmp_path: Path
) -> None:
    one = sampling.trial("synthetic", 0, criterion)
    right = sampling.correct(one, Setting("synthetic", [0], tmp_path, False))
    assert right.shape == (150,)
    last = run_trial(one, tmp_path, progress=False).rounds[-1]
    assert 100 * right.mean() == pytest.approx(last.accuracy_tuned, abs=1e-9)


def test_the_trials_are_those_of_table_2() -> None:
    of_table = {cell.trial for cell in find(2, "mnist", per_round=0.25)}
    assert {sampling.trial("mnist", 0, name) for name in (EQ_2, *sampling.RIVALS)} <= of_table


def test_images_that_all_seeds_disagree_on_widen_the_interval_over_images_alone() -> None:
    """Eq. (2) is wrong on the first 20 of 1,000 images, the control on the next 10, always."""
    right = {name: np.ones((5, 1000)) for name in (EQ_2, *sampling.RIVALS)}
    right[EQ_2][:, :20] = 0
    right["none"][:, 20:30] = 0
    contents = sampling.of_images(right, "mnist")
    by_name = {row["other"]: row for row in contents.numbers["sampling"]}
    row = by_name["none"]
    assert row["difference"] == row["seeds_t_low"] == row["seeds_t_high"] == -1.0
    assert row["judged_differently"] == 0.03
    spread = 100 * (np.sqrt(0.03 - 0.01**2) / np.sqrt(1000)) * 1.96
    assert row["images_low"] == pytest.approx(-1 - spread, abs=0.15)
    assert row["images_high"] == pytest.approx(-1 + spread, abs=0.15)
    assert by_name["wanda"]["difference"] == -2.0
    assert contents.tables[0].rows[-1][0] == "Control: nothing pruned"


def test_the_same_images_give_the_same_intervals() -> None:
    rng = np.random.default_rng(0)
    right = {name: (rng.random((3, 200)) < 0.95).astype(float) for name in (EQ_2, *sampling.RIVALS)}
    assert sampling.of_images(right, "mnist") == sampling.of_images(right, "mnist")


def test_one_seed_has_an_interval_over_images_alone() -> None:
    rng = np.random.default_rng(0)
    right = {name: (rng.random((1, 200)) < 0.9).astype(float) for name in (EQ_2, *sampling.RIVALS)}
    for row in sampling.of_images(right, "mnist").numbers["sampling"]:
        assert np.isnan(row["seeds_t_low"])
        assert row["images_low"] < row["difference"] < row["images_high"]
