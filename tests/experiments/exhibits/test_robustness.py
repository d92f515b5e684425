from pathlib import Path

import numpy as np
import pytest

from minirelprune import MLP, Dataset, accuracy, load_dataset
from minirelprune.experiments.attacks import fgsm
from minirelprune.experiments.calibration import BINS, Reliability
from minirelprune.experiments.exhibit import Setting
from minirelprune.experiments.exhibits import high_sparsity, robustness
from minirelprune.experiments.exhibits.robustness import (
    DENSE,
    TUNED,
    measured,
    of_measures,
    trial_of,
)
from minirelprune.experiments.trials import networks


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    data = load_dataset("synthetic", n_train=200, n_test=100)
    monkeypatch.setattr(networks, "dataset", lambda name, n_train=None: data)
    return data


def test_the_networks_are_those_of_high_sparsity() -> None:
    trials = high_sparsity.trials_of("mnist", 2)
    for label in robustness.COMPARED:
        for target in robustness.TARGETS:
            assert trial_of("mnist", (label, target), 2) in trials
    assert trial_of("mnist", (DENSE, 0.0), 2).target is None
    control = trial_of("mnist", (TUNED, 0.0), 2)
    assert (control.criterion, control.n_rounds) == ("none", 1)
    assert control.network == trial_of("mnist", ("Wanda", 0.5), 2).network


def test_every_measure_is_of_the_network_and_the_images(small: Dataset) -> None:
    net = MLP((784, 20, 10), rng=np.random.default_rng(0))
    x, y = small.x_test, small.y_test
    values, bins = measured(net, (small.x_train, small.y_train), (x, y), 0)
    assert values["test"] == accuracy(net, x, y)
    assert values["gap"] == values["train"] - values["test"]
    assert values["fgsm_0.1"] == accuracy(net, fgsm(net, x, y, 0.1), y)
    assert values["corrupted"] == pytest.approx(
        np.mean([values[name] for name in ("noise", "blur", "rotation", "shift")])
    )
    assert values["calibration_error"] == 100 * bins.error
    assert all(0 <= value <= 100 for name, value in values.items() if name != "gap")


def test_it_compares_all_criteria_on_small_data(
    small: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(robustness, "COMPARED", ("Magnitude",))
    monkeypatch.setattr(robustness, "TARGETS", (0.5,))
    contents = robustness.compute(Setting("synthetic", [0, 1], tmp_path, False))
    rows = contents.numbers["robustness"]
    labels = [DENSE, TUNED, "Magnitude"]
    assert [(row["label"], row["seeds"]) for row in rows] == [(label, 2) for label in labels]
    assert len(contents.tables[0].rows) == 3


def test_bins_of_several_seeds_are_weighted_by_their_examples() -> None:
    def of(share: float, sure: float, right: float) -> Reliability:
        arrays = np.zeros((3, BINS))
        arrays[:, 9] = share, sure, right
        arrays[:, 14] = 1 - share, 1, 1
        return Reliability(*arrays)

    one = {"test": 90.0, "gap": 1.0, "fgsm_0.1": 5.0, "pgd_0.1": 4.0, "corrupted": 50.0}
    each = [
        (one | {"calibration_error": 1.0}, of(*bin_))
        for bin_ in ((0.1, 0.6, 0.5), (0.3, 0.64, 0.7))
    ]
    found = {(DENSE, 0.0): each, (TUNED, 0.0): each}
    bins = of_measures(found, "mnist").numbers["robustness_bins"]
    bins = [row for row in bins if row["label"] == DENSE]
    assert [row["bin"] for row in bins] == [9, 14]
    assert bins[0]["share"] == pytest.approx(0.2)
    assert bins[0]["confidence"] == pytest.approx((0.1 * 0.6 + 0.3 * 0.64) / 0.4)
    assert bins[0]["accuracy"] == pytest.approx((0.1 * 0.5 + 0.3 * 0.7) / 0.4)


def test_pruning_is_compared_with_the_control_and_less_is_better_of_some() -> None:
    nothing = Reliability(*np.full((3, BINS), 1 / BINS))

    def each(shift: float) -> list[tuple[robustness.Measures, Reliability]]:
        names = [*robustness.COLUMNS]
        return [(dict.fromkeys(names, 50.0 + seed + shift), nothing) for seed in range(3)]

    found = {(DENSE, 0.0): each(0), (TUNED, 0.0): each(1), ("Wanda", 0.75): each(3)}
    [line] = of_measures(found, "mnist").tables[1].rows
    better, worse = "+2.00 ± 0.00: better", "+2.00 ± 0.00: worse"
    assert line == ["Wanda", worse, better, better, worse]  # gap, PGD, corrupted, calibration
