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
