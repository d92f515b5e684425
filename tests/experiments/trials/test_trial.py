from dataclasses import replace

import pytest

from minirelprune import RelativeContribution, Training
from minirelprune.experiments.trials.trial import AT_ONCE, REDRAWN, Trial


def test_trials_of_one_seed_start_alike_and_seeds_differ() -> None:
    one, wanda = Trial("mnist", 0), Trial("mnist", 0, criterion="wanda")
    assert one.rng("prune").random() == wanda.rng("prune").random()
    assert one.rng("prune").random() == replace(one, output_l1=1.0).rng("prune").random()
    assert one.rng("prune").random() != one.rng("train").random()
    assert one.rng("prune").random() != replace(one, seed=1).rng("prune").random()
    assert one.network == wanda.network != replace(one, output_l1=1.0).network


@pytest.mark.parametrize(
    ("per_round", "target", "number"),
    [(0.05, 0.1, 2), (0.05, 0.75, 15), (0.15, 0.5, 4), (0.25, 0.75, 3), (0.1, 0.3, 3)],
)
def test_the_round_that_reaches_a_target(per_round: float, target: float, number: int) -> None:
    assert Trial("mnist", 0, per_round=per_round, target=0.75).round_of(target) == number


def test_what_a_trial_says_of_training_is_what_is_done() -> None:
    trial = Trial("mnist", 0, epochs=3, batch_size=16, output_l1=0.5)
    assert trial.training == Training(3, 1e-3, batch_size=16, output_l1=0.5)
    assert trial.tuning == Training(1, 1e-4, batch_size=16, output_l1=0.5)


def test_options_reach_the_criterion() -> None:
    trial = Trial("mnist", 0, criterion="relative_contribution", options=(("beta", 0.5),))
    assert trial.make_criterion() == RelativeContribution(beta=0.5)
    assert Trial("mnist", 0).make_criterion() is None


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Trial("mnist", 0, criterion="ours"), "criterion must be one of .* got 'ours'"),
        (Trial("mnist", 0, criterion=REDRAWN).make_criterion, "got 'random_redrawn'"),
        (lambda: Trial("mnist", 0, schedule="late"), "schedule must be one of .* got 'late'"),
        (lambda: Trial("mnist", 0, schedule=AT_ONCE), "criterion must be one of .* got 'none'"),
        (lambda: Trial("mnist", 0, architecture="vgg"), "architecture must be one of .* got 'vgg'"),
        (
            lambda: Trial("mnist", 0, architecture="lenet", hidden=(5,)),
            r"hidden must be \(392, 196\) with lenet, got \(5,\)",
        ),
    ],
)
def test_what_cannot_be_run_is_refused(make: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


def test_a_trial_at_once_starts_from_the_same_network_and_has_as_many_rounds() -> None:
    even = Trial("mnist", 0, criterion="wanda", per_round=0.15, target=0.5)
    at_once = replace(even, schedule=AT_ONCE)
    assert at_once.network == even.network
    assert at_once.n_rounds == even.n_rounds == 4
    assert at_once != even
    assert "schedule=at_once" in str(at_once)


def test_other_widths_are_another_network_of_the_same_random_numbers() -> None:
    usual, wide = Trial("mnist", 0), Trial("mnist", 0, hidden=(1600, 100))
    assert usual.network != wide.network
    assert usual.rng("train").random() == wide.rng("train").random()
    assert (str(usual), str(wide)) == ("mnist seed 0, relu", "mnist seed 0, relu 1600-100")
    assert (usual.columns["hidden"], wide.columns["hidden"]) == ("392-196", "1600-100")
