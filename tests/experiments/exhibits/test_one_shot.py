from made_up import finished

from minirelprune.experiments.exhibits.one_shot import COMPARED, TARGETS, compute, trials_of
from minirelprune.experiments.paper.cells import find
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.trial import AT_ONCE, CONTROL, Trial


def accuracy(trial: Trial, k: int) -> float:
    """An epoch gives 0.1 points; at once costs 3, steps cost 1."""
    cost = 0 if trial.criterion == CONTROL else 3 if trial.schedule == AT_ONCE else 1
    return 90 + trial.seed + 0.1 * k - cost


def test_step_by_step_and_the_control_are_trials_of_table_4() -> None:
    of_table = {cell.trial for cell in find(4, "mnist")}
    needed = [trial for trial in trials_of("mnist", 0) if trial.schedule != AT_ONCE]
    assert {trial for trial in needed if trial.criterion != "random"} <= of_table
    assert len(needed) == 5


def test_a_trial_at_once_has_the_epochs_of_the_trial_it_is_compared_with() -> None:
    for trial in trials_of("mnist", 3):
        assert trial.seed == 3
        assert trial.n_rounds == {0.50: 10, 0.75: 15}[trial.target]


def test_the_gain_of_rounds_is_told_from_that_of_epochs() -> None:
    trials = [trial for seed in range(3) for trial in trials_of("mnist", seed)]
    numbers = compute("mnist", repeats(finished(trials, accuracy))).numbers["one_shot"]
    assert [(row["target"], row["criterion"]) for row in numbers] == [
        (target, criterion) for target in TARGETS for criterion in COMPARED
    ]
    for row in numbers:
        assert row["seeds"] == 3
        assert row["rounds_alone"] == 2
        assert row["rounds_and_epochs"] == round(2 + 0.1 * (row["epochs"] - 1), 4)
        assert row["at_once_minus_control"] == -3
        assert row["step_by_step_minus_control"] == -1
        assert row["rounds_alone_half_width_95"] == 0  # paired: seeds differ, differences do not
        assert row["at_once_half_width_95"] > 1


def test_a_row_is_of_the_seeds_that_have_all_its_trials() -> None:
    trials = trials_of("mnist", 0) + [
        trial for trial in trials_of("mnist", 1) if trial.criterion in ("wanda", CONTROL)
    ]
    contents = compute("mnist", repeats(finished(trials, accuracy)))
    seeds = {row["criterion"]: row["seeds"] for row in contents.numbers["one_shot"]}
    assert seeds == {name: 2 if name == "wanda" else 1 for name in COMPARED}
    assert "over seeds (1 to 2)" in contents.tables[0].caption


def test_without_trials_there_are_no_rows() -> None:
    contents = compute("mnist", {})
    assert not contents.numbers
    assert not contents.tables[0].rows
