from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from minirelprune.experiments import agreement, cells, readings, sweep, tables, verdicts
from minirelprune.experiments.estimates import estimate
from minirelprune.experiments.store import Result, Store
from minirelprune.experiments.table import Table
from minirelprune.experiments.trials import Trial
from minirelprune.pruning.pruned import Round

ROOT = Path(__file__).parents[2]
Accuracy = Callable[[Trial, int], float]


def finished(trials: list[Trial], accuracy: Accuracy) -> list[Result]:
    """Results whose accuracy after fine-tuning is accuracy(trial, round), and before it, 1 less."""
    results = []
    for trial in trials:
        numbers = range(trial.n_rounds + 1)
        tuned = [accuracy(trial, k) for k in numbers]
        share = 0 if trial.criterion == "none" else trial.per_round
        rounds = [Round(k, 0, k * share, (k * share,) * 3, tuned[k] - 1, tuned[k]) for k in numbers]
        results.append(Result(trial, rounds, [0.5, 0.25], 1.0))
    return results


def of_table(number: int, seeds: int, accuracy: Accuracy) -> tables.Repeats:
    trials = [t for seed in range(seeds) for t in cells.trials_of(number, "mnist", seed)]
    return tables.repeats(finished(trials, accuracy))


@pytest.mark.parametrize("n", [2, 5])
def test_the_interval_is_students_t(n: int) -> None:
    values = np.random.default_rng(0).normal(98, 0.1, n).tolist()
    ours = estimate(values)
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert (ours.low, ours.high) == pytest.approx((expected.low, expected.high))


def test_one_seed_has_no_interval() -> None:
    assert np.isnan(estimate([98.0]).half_width)
    assert estimate([98.0]).text() == "98.00"


def test_table_4_reads_its_targets_off_rounds_2_10_and_15() -> None:
    accuracy = of_table(4, 1, lambda trial, k: 90 + k / 10)
    first, before, layers = tables.paper_table(4, "mnist", accuracy)
    row = next(row for row in first.rows if row[0] == "Wanda (100%)")
    assert list(row[1:]) == ["90.20 (98.60, -8.40)", "91.00 (98.31, -7.31)", "91.50 (90.32, +1.18)"]
    row = next(row for row in before.rows if row[0] == "Wanda (100%)")
    assert list(row[1:]) == ["89.20", "90.00", "90.50"]
    row = next(row for row in layers.rows if row[0] == "Wanda (100%)")
    assert list(row[1:]) == ["10 / 10 / 10", "50 / 50 / 50", "75 / 75 / 75"]
    assert "one seed" in first.caption


@pytest.mark.parametrize("number", range(1, 6))
def test_every_cell_is_in_the_table_and_in_its_csv(number: int) -> None:
    shown = tables.paper_table(number, "mnist", of_table(number, 2, lambda t, k: 97 + t.seed))
    n = len(cells.cells(number, "mnist"))
    assert len(shown[0].tidy) == n
    accuracies = [cell for table in shown[:-2] for row in table.rows for cell in row[1:]]
    assert len(accuracies) == n
    assert all(text.startswith("97.50 ± 6.35") for text in accuracies)
    assert {row["seeds"] for row in shown[0].tidy} == {2}


def test_a_missing_trial_is_named() -> None:
    results = of_table(4, 1, lambda t, k: 97)
    short = {trial: r for trial, r in results.items() if trial.criterion != "wanda"}
    with pytest.raises(ValueError, match=r"table 4 lacks 3 trials, the first: .*wanda"):
        tables.paper_table(4, "mnist", short)


def test_markdown_columns_line_up() -> None:
    lines = Table("A caption.", ["a", "bb"], [["ccc", "d"]]).markdown().splitlines()
    assert lines == ["A caption.", "", "| a   | bb |", "| --- | -- |", "| ccc | d  |"]


def noise(trial: Trial, k: int) -> float:
    """Seeds differ by a lot, and trials of one seed by little: pairs matter."""
    rng = np.random.default_rng([trial.seed, k])
    return 90 + trial.seed + rng.normal(0, 0.01)


@pytest.mark.parametrize(
    ("advantage", "verdict"),
    [(0.5, "replicates"), (-0.5, "does not replicate"), (0.0, "undecided")],
)
def test_a_verdict_is_of_the_paired_differences(advantage: float, verdict: str) -> None:
    def accuracy(trial: Trial, k: int) -> float:
        noisy = np.random.default_rng([trial.seed, k, trial.criterion == "ours"]).normal(0, 0.01)
        return noise(trial, k) + noisy + advantage * (trial.criterion == "ours")

    results = of_table(2, 5, accuracy)
    (table,) = verdicts.claims_table("mnist", results)
    row = next(row for row in table.rows if row[0].startswith("Table 2: ours beats Wanda"))
    assert row[-1] == verdict


def test_one_cell_that_loses_by_a_lot_refutes_a_claim_on_every_cell() -> None:
    good = [[0.3, 0.31, 0.29, 0.3, 0.3]] * 23
    assert verdicts.verdict(good) == "replicates"
    assert verdicts.verdict([*good, [-0.3, -0.31, -0.29, -0.3, -0.3]]) == "does not replicate"
    assert verdicts.verdict([*good, [-0.3, -0.1, -0.29, -0.2, -0.1]]) == "undecided"
    assert verdicts.verdict([[-0.3, -0.1, -0.29, -0.2, -0.1]]) == "does not replicate"


def test_one_seed_gives_no_verdict_and_no_trials_none() -> None:
    (table,) = verdicts.claims_table("mnist", of_table(2, 1, noise))
    said = {row[0].startswith(("Table 2", "(added) more")): row[-1] for row in table.rows}
    assert said == {True: "no verdict from one seed", False: "not run"}


def test_false_verdicts_are_rare_where_nothing_differs() -> None:
    rng = np.random.default_rng(0)
    said = [verdicts.verdict(rng.normal(0, 1, (24, 5)).tolist()) for _ in range(300)]
    assert said.count("replicates") == 0
    assert said.count("does not replicate") <= 0.025 * 300 + 3 * (0.025 * 300) ** 0.5


def test_the_sweep_chooses_by_50_and_75_percent() -> None:
    def accuracy(trial: Trial, k: int) -> float:
        return 90 + (trial.output_l1 == 1e-5) * (k >= 2) + 5 * (trial.output_l1 == 1e-3) * (k < 2)

    trials = [t for seed in range(2) for t in sweep.trials_of("mnist", seed)]
    results = tables.repeats(finished(trials, accuracy))
    assert sweep.best("mnist", results) == {"relu": 1e-5, "tanh": 1e-5, "sigmoid": 1e-5}
    assert all(trial.held_out for trial in trials)


def test_the_lambdas_of_table_5_are_those_the_committed_sweep_chooses() -> None:
    store = Store(ROOT / "figures" / "trials.jsonl")
    results = tables.repeats(store.results.values())
    assert sweep.best("mnist", results) == cells.OUTPUT_L1
    (table,) = sweep.sweep_table("mnist", results)
    assert [row[0] for row in table.rows if "Table 5" in row[1]] == list(cells.OUTPUT_L1)


def test_agreement_is_of_all_213_cells_and_0_where_they_are_the_papers() -> None:
    paper = {
        (c.trial, c.round): c.paper for n in range(1, 6) for c in cells.cells(n, "mnist") if c.paper
    }
    trials = agreement.trials_of("mnist", 0)
    results = finished(trials, lambda trial, k: paper.get((trial, k), 50.0) + (k == 15))
    (table,) = agreement.agreement_table("mnist", tables.repeats(results))
    assert len(table.tidy) == 213
    for row in table.tidy:
        off = 1 if (row["table"], row["column"]) == (4, "75%") else 0
        assert row["accuracy"] - row["paper"] == pytest.approx(off)
    assert [row[0] for row in table.rows] == list(agreement.CRITERIA)


def test_a_reading_that_gives_the_papers_numbers_is_at_distance_0() -> None:
    paper = {
        (replace(c.trial, seed=0), c.round): c.paper
        for number in (2, 4)
        for c in cells.cells(number, "mnist")
        if c.paper
    }
    trials = [t for seed in range(2) for t in readings.trials_of("mnist", seed)]
    like = {readings.READINGS[1].of(c).trial: c.trial for c in readings._base("mnist")}

    def accuracy(trial: Trial, k: int) -> float:
        usual = like.get(replace(trial, seed=0), replace(trial, seed=0))
        worse = 0 if trial.options == readings.READINGS[1].options else 1 + trial.seed
        return (paper.get((usual, k)) or 0) + (worse if trial.criterion == "ours" else 0)

    first, _ = readings.readings_table("mnist", tables.repeats(finished(trials, accuracy)))
    ours = {row["reading"]: (row["ours"], row["ours_half_width_95"]) for row in first.tidy}
    assert ours[readings.READINGS[1].name] == (0, 0)
    of_seeds = estimate([1, 2])
    assert ours[readings.READINGS[0].name] == pytest.approx(of_seeds[:2], abs=1e-4)


def test_readings_are_compared_over_the_seeds_that_all_of_them_have() -> None:
    trials = readings.trials_of("mnist", 0)
    more = [r.of(c).trial for r in readings.READINGS[:1] for c in readings._base("mnist")]
    trials += [replace(trial, seed=1) for trial in more]
    results = tables.repeats(finished(trials, lambda trial, k: 98.0 - 50 * trial.seed))
    first, _ = readings.readings_table("mnist", results)
    assert len({row["all"] for row in first.tidy}) == 1
    assert {row["seeds"] for row in first.tidy} == {1}
