from dataclasses import replace

import pytest
from made_up import finished

from minirelprune.experiments.exhibits import high_sparsity, high_sparsity_tanh
from minirelprune.experiments.exhibits.claims_beyond import SETTINGS, claims, compute, trials_of
from minirelprune.experiments.outputs import Row
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.trial import Trial

GAIN = {"wanda": 0.5, "relative_contribution": -0.5}


def accuracy(trial: Trial, k: int) -> float:
    """On MNIST Wanda gains half a point and Eq. (2) loses it; with tanh it is the other way."""
    side = 1 if trial.activation == "relu" else -1
    return 90 + trial.seed - 10 * trial.target + 0.1 * k + side * GAIN.get(trial.criterion, 0)


def of_claim(rows: list[Row], sentence: str) -> dict[str, Row]:
    return {row["setting"]: row for row in rows if row["claim"] == sentence}


def test_it_needs_no_trial_that_high_sparsity_does_not_run() -> None:
    asked = set(trials_of("mnist", 2))
    run = {
        t
        for name in ("mnist", "fashion-mnist", "sklearn-digits")
        for t in high_sparsity.trials_of(name, 2)
    }
    assert asked < run | set(high_sparsity_tanh.EXHIBIT.trials("mnist", 2))
    assert {(t.data, t.activation) for t in asked} == set(SETTINGS)
    assert {t.data for t in trials_of("synthetic", 0)} == {"synthetic"}


def test_a_claim_is_about_each_sparsity_from_90_percent_on() -> None:
    for claim in claims("mnist", "relu"):
        targets = [one.target for one, _ in claim.pairs]
        assert targets == ([0.95, 0.98] if "at once" in claim.sentence else [0.9, 0.95, 0.98, 0.9])
        for one, other in claim.pairs:
            assert one.trial != other.trial
            alike = replace(one.trial, criterion="wanda", options=())
            assert alike == replace(other.trial, criterion="wanda", options=())
            assert one.target == other.target


def test_a_difference_has_its_sign_in_each_setting() -> None:
    trials = [trial for seed in range(3) for trial in trials_of("mnist", seed)]
    rows = list(compute("mnist", repeats(finished(trials, accuracy))).numbers["claims_beyond"])
    found = of_claim(rows, "Eq. (2) beats Wanda")
    expected = {"MNIST, ReLU": -1, "MNIST, tanh": 1, "Fashion-MNIST, ReLU": -1}
    for setting, difference in expected.items():
        assert found[setting]["difference"] == pytest.approx(difference)
        assert found[setting]["outcome"] == ("holds" if difference > 0 else "fails")
    assert found["MNIST, tanh"]["agreement"] == "different"
