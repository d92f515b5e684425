from pathlib import Path

import numpy as np
import pytest

from minirelprune import Dataset, load_dataset
from minirelprune.experiments.trials import networks
from minirelprune.experiments.trials.trial import Trial


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    data = load_dataset("synthetic", n_train=120, n_test=30)
    monkeypatch.setattr(networks, "dataset", lambda name, n_train=None: data)
    return data


def test_a_trial_trains_on_what_it_says(small: Dataset) -> None:
    (x, y), (x_test, y_test) = networks.examples(Trial("synthetic", 0))
    assert (x is small.x_train, y_test is small.y_test) == (True, True)
    (x, y), (x_test, y_test) = networks.examples(Trial("synthetic", 0, held_out=True))
    assert (len(x), len(y), len(x_test), len(y_test)) == (100, 100, 20, 20)
    np.testing.assert_array_equal(np.concatenate([x, x_test]), small.x_train)
    (x, _), (x_test, _) = networks.examples(Trial("synthetic", 0, standardised=True))
    assert x.mean() == pytest.approx(0, abs=1e-5)
    assert x.std() == pytest.approx(1, abs=1e-5)
    np.testing.assert_allclose(x_test.std(), small.x_test.std() / small.x_train.std(), rtol=1e-5)


def test_the_number_of_examples_is_part_of_the_trial() -> None:
    (x, _), _ = networks.examples(Trial("synthetic", 0, n_train=50))
    assert len(x) == 50


def test_the_network_has_the_layers_of_the_trial(small: Dataset) -> None:
    trial = Trial("synthetic", 0, epochs=0, hidden=(5, 4, 3))
    narrow = networks.train_network(trial, (small.x_train[:, :64], small.y_train), progress=False)
    assert [w.shape for w in narrow.weights] == [(64, 5), (5, 4), (4, 3), (3, 10)]


def test_a_network_is_trained_on_the_examples_handed_in_and_kept_for_its_own(
    small: Dataset, tmp_path: Path
) -> None:
    trial = Trial("synthetic", 0, epochs=1)
    kept = networks.network(trial, tmp_path, progress=False)
    few = (small.x_train[:40], small.y_train[:40])
    handed = networks.train_network(trial, few, progress=False)
    assert (handed.weights[0] != kept.weights[0]).any()
    again = networks.network(trial, tmp_path, progress=False)
    assert again.weights[0].tobytes() == kept.weights[0].tobytes()


def test_a_network_that_is_there_is_read_without_the_right_to_write(
    small: Dataset, as_a_user: Path
) -> None:
    trial = Trial("synthetic", 0, epochs=0)
    kept = networks.network(trial, as_a_user, progress=False)
    for lock in as_a_user.glob("*.lock"):
        lock.unlink()
    as_a_user.chmod(0o500)
    read = networks.network(trial, as_a_user, progress=False)
    np.testing.assert_array_equal(read.weights[0], kept.weights[0])
