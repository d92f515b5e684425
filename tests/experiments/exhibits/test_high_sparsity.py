from dataclasses import replace

import pytest
from made_up import finished

from minirelprune.experiments.exhibits import high_sparsity_tanh
from minirelprune.experiments.exhibits.entrants import ENTRANTS, PROPOSED, RIVALS
from minirelprune.experiments.exhibits.high_sparsity import (
    AT_ONCE,
    at_once,
    by_steps,
    compute,
    trials_of,
)
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.trial import Trial


def accuracy(trial: Trial, k: int) -> float:
    """Seeds differ, a larger target costs more, and the proposed criterion gains half a point."""
    gain = 0.5 if dict(trial.options).get("of") == "change" else 0
    return 90 + trial.seed - 10 * trial.target + gain + 0.1 * k


def of_seeds(*seeds: int) -> list[Trial]:
    return [trial for seed in seeds for trial in trials_of("mnist", seed)]


def test_all_criteria_have_the_same_budget() -> None:
    trials = trials_of("mnist", 3)
    assert len(trials) == len(set(trials)) == len(ENTRANTS) * (len(AT_ONCE) + 1)
    assert {trial.seed for trial in trials} == {3}
    for trial in trials:
        assert trial.scoring_fraction == 0.02
        assert trial.n_rounds == (6 if trial.per_round == 0.15 else 1)


def test_with_another_activation_nothing_else_is_another() -> None:
    relu, tanh = trials_of("mnist", 1), high_sparsity_tanh.EXHIBIT.trials("mnist", 1)
    assert [replace(trial, activation="relu") for trial in tanh] == relu
    assert {trial.activation for trial in tanh} == {"tanh"}
    contents = high_sparsity_tanh.EXHIBIT.compute("mnist", repeats(finished(tanh, accuracy)))
    assert {row["seeds"] for row in contents.numbers["high_sparsity_tanh"]} == {1}
    assert "MNIST, tanh" in contents.tables[0].caption
    assert not compute("mnist", repeats(finished(tanh, accuracy))).numbers


def test_where_there_are_few_images_all_of_them_are_scored_on() -> None:
    assert {trial.scoring_fraction for trial in trials_of("sklearn-digits", 0)} == {1.0}


def test_every_criterion_can_be_made_and_has_a_name_of_its_own() -> None:
    labels = [one.label for one in ENTRANTS]
    assert len(set(labels)) == len(labels)
    assert set(RIVALS) < set(labels)
    for one in ENTRANTS:
        assert by_steps("mnist", one).make_criterion() is not None


def test_a_row_has_the_round_that_reaches_each_target() -> None:
    contents = compute("mnist", repeats(finished(of_seeds(0, 1, 2), accuracy)))
    [row] = [row for row in contents.numbers["high_sparsity"] if row["label"] == "Wanda"]
    assert row["seeds"] == 3
    for target in AT_ONCE:
        assert row[f"at_once_{target:.0%}"] == pytest.approx(91.1 - 10 * target)
        assert row[f"untuned_{target:.0%}"] == pytest.approx(90.1 - 10 * target)  # 1 less
    assert row["by_steps_75%"] == pytest.approx(91.5 - 9)  # after round 5
    assert row["by_steps_90%"] == pytest.approx(91.6 - 9)


def test_the_differences_are_paired_by_seed() -> None:
    contents = compute("mnist", repeats(finished(of_seeds(0, 1, 2), accuracy)))
    table = contents.tables[-1]
    assert [line[0] for line in table.rows] == list(RIVALS)
    assert len(table.header) == 5  # 90, 95 and 98% at once, and 90% by steps
    assert all(cell == "+0.50 ± 0.00" for line in table.rows for cell in line[1:])


def test_the_best_criterion_at_95_percent_is_the_first_line() -> None:
    contents = compute("mnist", repeats(finished(of_seeds(0), accuracy)))
    assert contents.tables[0].rows[0][0] == PROPOSED.label


def test_a_criterion_without_all_its_trials_has_no_row() -> None:
    some = [t for t in of_seeds(0, 1) if t.criterion != "wanda" or t.seed == 0]
    some = [t for t in some if t.criterion != "snip" or t.target != 0.98]
    contents = compute("mnist", repeats(finished(some, accuracy)))
    seeds = {row["label"]: row["seeds"] for row in contents.numbers["high_sparsity"]}
    assert "SNIP" not in seeds
    assert (seeds["Wanda"], seeds["RIA"]) == (1, 2)


def test_without_trials_there_is_nothing_to_show() -> None:
    contents = compute("mnist", {})
    assert not contents.numbers
    assert not contents.tables


def test_a_trial_at_once_prunes_in_one_round_and_another_scope_is_kept() -> None:
    per_layer = next(one for one in ENTRANTS if one.label == "Magnitude, per layer")
    trial = at_once("mnist", per_layer, 0.95)
    assert (trial.scope, trial.n_rounds, trial.target) == ("layer", 1, 0.95)
