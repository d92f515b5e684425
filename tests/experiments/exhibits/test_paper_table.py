from collections.abc import Callable
from functools import partial

import pytest
from made_up import Accuracy, finished

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.outputs import Contents
from minirelprune.experiments.paper.cells import TABLES, cells
from minirelprune.experiments.registry import EXHIBITS
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.trial import Trial


def made(
    number: int, seeds: int, accuracy: Accuracy, without: str = "", data: str = "mnist"
) -> Contents:
    """A table of made-up trials, all but those of one criterion."""
    exhibit = EXHIBITS[f"table{number}"]
    assert isinstance(exhibit, OfTrials)
    trials = [t for seed in range(seeds) for t in exhibit.trials(data, seed)]
    kept = [trial for trial in trials if trial.criterion != without]
    return exhibit.compute(data, repeats(finished(kept, accuracy)))


def test_table_4_reads_its_targets_off_rounds_2_10_and_15() -> None:
    first, before, layers = made(4, 1, lambda trial, k: 90 + k / 10).tables
    row = next(row for row in first.rows if row[0] == "Wanda, 100%")
    assert list(row[1:]) == ["90.20 (98.60, -8.40)", "91.00 (98.31, -7.31)", "91.50 (90.32, +1.18)"]
    row = next(row for row in before.rows if row[0] == "Wanda, 100%")
    assert list(row[1:]) == ["89.20", "90.00", "90.50"]
    row = next(row for row in layers.rows if row[0] == "Wanda, 100%")
    assert list(row[1:]) == ["10 / 10 / 10", "50 / 50 / 50", "75 / 75 / 75"]
    assert "one seed" in first.caption


@pytest.mark.parametrize("number", TABLES)
def test_every_cell_is_in_the_table_and_in_its_csv(number: int) -> None:
    contents = made(number, 2, lambda t, k: 97 + t.seed)
    n = len(cells(number, "mnist"))
    rows = contents.numbers[f"table{number}"]
    assert len(rows) == n
    accuracies = [cell for table in contents.tables[:-2] for row in table.rows for cell in row[1:]]
    assert len(accuracies) == n
    assert all(text.startswith("97.50 ± 6.35") for text in accuracies)
    assert {row["seeds"] for row in rows} == {2}
    assert {row["measured_before_tuning"] for row in rows} == {96.5}


def test_table_3_has_a_block_of_columns_for_each_activation() -> None:
    blocks = made(3, 1, lambda t, k: 97).tables[:-2]
    assert [block.header[1].split(",")[0] for block in blocks] == ["Leaky ReLU", "Sigmoid", "Tanh"]


def test_the_picture_of_table_4_has_every_round_of_its_trials() -> None:
    rows = made(4, 2, lambda trial, k: 90 + k / 10).numbers["table4_rounds"]
    assert len(rows) == 2 * 5 * 16
    for row in rows:
        assert row["planned"] == pytest.approx(0.05 * row["round"])
        assert row["accuracy_tuned"] == pytest.approx(90 + row["round"] / 10)


@pytest.mark.parametrize(("number", "make"), [(n, partial(made, n)) for n in (1, 4)])
def test_a_missing_trial_is_named(number: int, make: Callable[..., Contents]) -> None:
    with pytest.raises(ValueError, match=rf"table {number} lacks \d trials, the first: .*redrawn"):
        make(1, lambda t, k: 97, without="random_redrawn")


@pytest.mark.parametrize("number", TABLES)
def test_on_other_data_a_table_compares_with_the_control_and_has_no_published_number(
    number: int,
) -> None:
    def accuracy(trial: Trial, k: int) -> float:
        return 90 + 3 * trial.seed - (0.5 + 0.01 * trial.seed) * (trial.criterion != "none")

    contents = made(number, 2, accuracy, data="synthetic")
    assert {row["published"] for row in contents.numbers[f"table{number}"]} == {None}
    first = contents.tables[0]
    assert "difference to the control, paired by seed" in first.caption
    assert "(published, difference)" not in first.caption
    for name, *texts in first.rows:
        control = name.startswith("Control")
        assert set(texts) == {"91.50 ± 19.06" if control else "91.00 ± 19.00 (-0.51 ± 0.06)"}


def test_on_other_data_trained_networks_stand_alone() -> None:
    dense = EXHIBITS["dense"]
    assert isinstance(dense, OfTrials)
    for data, header in (
        ("mnist", ["Activation", "Published", "Measured", "Difference"]),
        ("synthetic", ["Activation", "Measured"]),
    ):
        results = repeats(finished(dense.trials(data, 0), lambda trial, k: 97.0))
        (table,) = dense.compute(data, results).tables
        assert table.header == header
        assert {len(row) for row in table.rows} == {len(header)}


@pytest.mark.parametrize("number", TABLES)
def test_the_difference_to_the_control_is_paired_by_seed(number: int) -> None:
    """Seeds that differ by 3 points, with losses of 0.5 and 0.51: the interval is of the losses."""

    def accuracy(trial: Trial, k: int) -> float:
        return 90 + 3 * trial.seed - (0.5 + 0.01 * trial.seed) * (trial.criterion != "none")

    for row in made(number, 2, accuracy).numbers[f"table{number}"]:
        control = row["criterion"] == "none"
        assert row["difference_to_control"] == pytest.approx(0 if control else -0.505)
        expected = 0 if control else 0.0635  # 12.706 times the standard error, 0.005
        assert row["difference_half_width_95"] == pytest.approx(expected, abs=1e-4)
