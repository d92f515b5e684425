from dataclasses import replace

import pytest
from made_up import finished

from minirelprune.experiments.exhibits import by_network, lenet, transformer
from minirelprune.experiments.exhibits.claims_by_network import (
    SETTINGS,
    claims,
    compute,
    trials_of_settings,
)
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.trial import Trial

GAIN = {"wanda": 0.5, "relative_contribution": -0.5}


def accuracy(trial: Trial, k: int) -> float:
    """Wanda gains half a point and Eq. (2) loses it; on a transformer it is the other way."""
    side = -1 if trial.architecture == "transformer" else 1
    return 90 + trial.seed - k + side * GAIN.get(trial.criterion, 0)


def test_it_has_the_trials_of_the_exhibits_and_of_an_mlp_beside_them() -> None:
    asked = set(trials_of_settings("mnist", 2))
    assert {(trial.data, trial.architecture) for trial in asked} == set(SETTINGS)
    assert set(lenet.EXHIBIT.trials("fashion-mnist", 2)) < asked
    assert set(transformer.EXHIBIT.trials("mnist", 2)) < asked
    assert trials_of_settings("synthetic", 0) == by_network.trials_of("synthetic", 0, "mlp")


def test_a_claim_compares_two_criteria_on_one_network_at_75_and_90_percent() -> None:
    for claim in claims("mnist", "lenet"):
        assert [one.target for one, _ in claim.pairs] == [0.75, 0.9]
        for one, other in claim.pairs:
            assert one.trial != other.trial
            alike = replace(one.trial, criterion="wanda", options=(), scope="global")
            assert alike == replace(other.trial, criterion="wanda", options=(), scope="global")


def test_a_difference_has_its_sign_on_each_network() -> None:
    trials = [trial for seed in range(3) for trial in trials_of_settings("mnist", seed)]
    rows = compute("mnist", repeats(finished(trials, accuracy))).numbers["claims_by_network"]
    found = {row["setting"]: row for row in rows if row["claim"] == "Eq. (2) beats Wanda"}
    assert len(found) == len(SETTINGS)
    for setting, row in found.items():
        wins = "transformer" in setting
        assert row["difference"] == pytest.approx(1 if wins else -1)
        assert row["outcome"] == ("holds" if wins else "fails")
        assert row["agreement"] == "different"
