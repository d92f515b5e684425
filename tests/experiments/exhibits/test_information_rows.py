from made_up import finished

from minirelprune.experiments.exhibits.information_rows import RIVALS, compute, trials_of
from minirelprune.experiments.paper.cells import find
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.trial import Trial


def accuracy(trial: Trial, k: int) -> float:
    """Mutual information is 0.5 points above the others, and 1.5 in the column of 5%."""
    gain = 0.0 if trial.criterion != "mutual_information" else 0.5 + (trial.per_round == 0.05)
    return 90 + trial.seed + gain


def test_mutual_information_stands_beside_trials_of_table_2_on_the_same_share() -> None:
    needed = trials_of("mnist", 0)
    mine = [trial for trial in needed if trial.criterion == "mutual_information"]
    others = {trial for trial in needed if trial not in mine}
    assert [(t.per_round, t.target) for t in mine] == [
        (step, 0.5) for step in (0.25, 0.15, 0.10, 0.05)
    ]
    assert others <= {cell.trial for cell in find(2, "mnist")}
    assert len(others) == 4 * len(RIVALS)
    for trial in needed:
        if trial.criterion not in ("magnitude", "none"):
            assert trial.scoring_fraction == 0.1
    assert all(trial.options == () for trial in needed)  # every default


def test_differences_are_paired_and_their_mean_is_over_the_columns() -> None:
    trials = [trial for seed in range(2) for trial in trials_of("mnist", seed)]
    contents = compute("mnist", repeats(finished(trials, accuracy)))
    numbers = contents.numbers["information_rows"]
    assert len(numbers) == 4 * len(RIVALS) + len(RIVALS)
    for row in numbers:
        expected = {0.05: 1.5, None: 0.75}.get(row["per_round"], 0.5)
        assert row["difference"] == expected
        assert row["difference_half_width_95"] == 0
        assert row["accuracy_other_half_width_95"] > 1
    accuracies, differences = contents.tables
    assert accuracies.header[-1] == differences.header[-1] == "All columns"
    assert [row[0] for row in accuracies.rows] == [
        "Mutual information, 10%",
        "Eq. (2), 10%",
        "Wanda, 10%",
        "Magnitude",
        "Control: nothing pruned",
    ]
    assert accuracies.rows[0][1] == "91.00 ± 6.35"
    assert differences.rows[0][1:] == ["+0.50 ± 0.00"] * 3 + ["+1.50 ± 0.00", "+0.75 ± 0.00"]


def test_columns_that_were_not_run_are_left_out() -> None:
    trials = [trial for trial in trials_of("mnist", 0) if trial.per_round == 0.25]
    contents = compute("mnist", repeats(finished(trials, accuracy)))
    assert contents.tables[0].header == ["", "25% per round"]
    assert not compute("mnist", {}).tables
