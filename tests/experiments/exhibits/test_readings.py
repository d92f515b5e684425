from dataclasses import replace

import pytest
from made_up import finished

from minirelprune.experiments.exhibits.readings import EQ_2, READINGS, base, compute, trials_of
from minirelprune.experiments.intervals import estimate
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.trial import Trial


def test_a_reading_that_gives_the_published_numbers_is_at_distance_0() -> None:
    right = READINGS[1]
    published = {(right.of(c).trial, c.round): c.published for c in base("mnist")}
    published |= {(c.trial, c.round): c.published for c in base("mnist")}
    trials = [t for seed in range(2) for t in trials_of("mnist", seed)]

    def accuracy(trial: Trial, k: int) -> float:
        worse = 0 if trial.options == right.options else 1 + trial.seed
        usual = replace(trial, seed=0)
        return (published.get((usual, k)) or 50) - (worse if trial.criterion == EQ_2 else 0)

    rows = compute("mnist", repeats(finished(trials, accuracy))).numbers["readings"]
    found = {row["reading"]: (row[EQ_2], row[f"{EQ_2}_half_width_95"]) for row in rows}
    assert found[right.name] == (0, 0)
    assert found[READINGS[0].name] == pytest.approx(estimate([1, 2])[:2], abs=1e-4)


def test_readings_are_compared_over_the_seeds_that_all_of_them_have() -> None:
    trials = trials_of("mnist", 0)
    trials += [replace(READINGS[0].of(c).trial, seed=1) for c in base("mnist")]
    results = repeats(finished(trials, lambda trial, k: 98.0 - 50 * trial.seed))
    rows = compute("mnist", results).numbers["readings"]
    assert len({row["all"] for row in rows}) == 1
    assert {row["seeds"] for row in rows} == {1}
    assert [row["reading"] for row in rows] == [reading.name for reading in READINGS]


def test_without_a_whole_reading_there_are_no_numbers() -> None:
    assert compute("mnist", {}).numbers == {}


def test_the_lead_over_wanda_and_the_change_by_a_reading_are_paired_by_seed() -> None:
    better = READINGS[1]

    def accuracy(trial: Trial, k: int) -> float:
        own = trial.criterion == EQ_2
        gain = (0.5 + 0.01 * trial.seed) * own + 0.25 * (own and trial.options == better.options)
        return 90 + 3 * trial.seed + gain  # seeds differ by more than criteria

    trials = [t for seed in range(3) for t in trials_of("mnist", seed)]
    rows = compute("mnist", repeats(finished(trials, accuracy))).numbers["readings_lead"]
    assert len(rows) == 4 * len(READINGS)
    for row in rows:
        gain = 0.25 * (row["reading"] == better.name)
        half_width = estimate([0.5, 0.51, 0.52]).half_width
        assert row["lead"] == pytest.approx(0.51 + gain)
        assert row["lead_half_width_95"] == pytest.approx(half_width, abs=1e-4)
        assert (row["change"], row["change_half_width_95"]) == pytest.approx((gain, 0))


def test_on_other_data_there_are_accuracies_and_no_distance_to_the_paper() -> None:
    trials = trials_of("synthetic", 0)
    contents = compute("synthetic", repeats(finished(trials, lambda trial, k: 98.0)))
    assert contents.numbers == {}
    assert contents.tables[0].header == ["Reading", "Magnitude", "Wanda", "Eq. (2)"]
    assert [row[0] for row in contents.tables[0].rows] == [reading.name for reading in READINGS]
    assert "published" not in contents.tables[0].caption
    assert contents.tables[1].caption.startswith("Eq. (2) minus Wanda")
