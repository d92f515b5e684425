from dataclasses import replace

import pytest
from made_up import finished

from minirelprune.experiments.exhibits.structured import (
    WAYS,
    compute,
    published_cells,
    trials_of,
    ways,
)
from minirelprune.experiments.registry import trials_for
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.trial import Trial

BONUS = {"weight": 0.0, "column": 2.0, "unit": 4.0}


def accuracy(trial: Trial, k: int) -> float:
    return 80 + k / 10 + BONUS[trial.granularity] + trial.seed


def test_every_published_cell_of_the_four_criteria_is_compared() -> None:
    counts = dict.fromkeys(WAYS, 0)
    for cell in published_cells("mnist"):
        assert cell.published is not None
        counts[cell.trial.criterion] += 1
    assert counts == {
        "magnitude": 25,
        "random": 22,
        "wanda": 75,
        "relative_contribution": 91,
    }
    assert sum(counts.values()) == 213


def test_groups_are_ranked_in_their_layer_and_random_ones_drawn_among_everything() -> None:
    for cell in published_cells("mnist"):
        for way, one in ways(cell).items():
            assert one.trial.granularity == way
            assert one.trial.scope == ("global" if way == "weight" else "layer")
            assert one.target == cell.target
            if cell.trial.criterion == "random":
                assert one.trial.criterion == "random_redrawn"
            else:
                assert way != "unit"
                changed = replace(one.trial, granularity="weight", scope="global")
                assert changed == cell.trial


def test_the_trials_by_weight_are_those_of_the_tables() -> None:
    tables = {t for k in range(1, 6) for t in trials_for(f"table{k}", "mnist", [0])}
    assert {t for t in trials_of("mnist", 0) if t.granularity == "weight"} <= tables


def test_a_cell_shows_each_way_over_the_seeds_that_all_ways_have() -> None:
    trials = [trial for seed in (0, 1) for trial in trials_of("mnist", seed)]
    trials = [t for t in trials if not (t.seed == 1 and t.granularity == "unit")]
    contents = compute("mnist", repeats(finished(trials, accuracy)))
    rows = contents.numbers["structured"]
    assert len(rows) == 213
    for row, cell in zip(rows, published_cells("mnist"), strict=True):
        is_random = row["criterion"] == "random"
        assert row["seeds"] == (1 if is_random else 2)
        expected = 80 + cell.round / 10 + (0 if is_random else 0.5)
        assert row["weight"] == pytest.approx(expected)
        assert row["column"] == pytest.approx(expected + 2)
        assert row["unit"] == (pytest.approx(expected + 4) if is_random else None)
        assert row["published"] == cell.published


def test_the_summary_is_over_what_has_been_run_and_says_how_much_that_is() -> None:
    trials = [t for t in trials_of("mnist", 0) if t.criterion == "magnitude"]
    contents = compute("mnist", repeats(finished(trials, lambda trial, k: 90.0)))
    summary, _ = contents.tables
    [row] = summary.rows
    assert row[:3] == ["Magnitude", "25 of 25", "1"]
    cells = [c for c in published_cells("mnist") if c.trial.criterion == "magnitude"]
    distances = [abs(90 - c.published) for c in cells if c.published is not None]
    square, median = row[3].rstrip(")").split(" (")
    assert float(square) == pytest.approx((sum(d**2 for d in distances) / 25) ** 0.5, abs=0.005)
    assert float(median) == pytest.approx(sorted(distances)[12], abs=0.005)


def test_other_data_have_no_distance_and_no_picture() -> None:
    results = repeats(finished(trials_of("synthetic", 0), accuracy))
    contents = compute("synthetic", results)
    (table,) = contents.tables
    assert contents.numbers == {}
    assert "Published" not in table.header
    assert all(len(row) == len(table.header) for row in table.rows)
