from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minirelprune.experiments.registry import trials_for
from minirelprune.experiments.trials.expected_time import expected_seconds, on_workers, plan
from minirelprune.experiments.trials.store import Store
from minirelprune.experiments.trials.trial import AT_ONCE, Trial


@given(seconds=st.lists(st.integers(1, 20), min_size=1, max_size=6), workers=st.integers(1, 3))
def test_the_longest_first_is_at_most_a_third_longer_than_the_best(
    seconds: list[int], workers: int
) -> None:
    """Graham (1969): 4/3 - 1/(3 workers), against every way to deal the work out."""
    best = min(
        max(
            sum(s for s, who in zip(seconds, dealt, strict=True) if who == w)
            for w in range(workers)
        )
        for dealt in product(range(workers), repeat=len(seconds))
    )
    assert best <= on_workers(seconds, workers) <= best * (4 / 3 - 1 / (3 * workers)) + 1e-9


def test_a_sweep_on_a_thousand_workers_is_as_long_as_its_longest_trial(tmp_path: Path) -> None:
    trials = trials_for("table4", "mnist", [0])
    longest = max(map(expected_seconds, trials))
    last = plan(trials, Store(tmp_path / "none"), 1000)[-1]
    assert last.endswith(f"about {longest:.0f} s with 1000 at a time")


def test_an_activation_without_an_engine_takes_longest() -> None:
    gelu, tanh = (
        Trial("mnist", 0, activation=f, criterion="relative_contribution", target=0.5)
        for f in ("gelu", "tanh")
    )
    assert expected_seconds(gelu) > expected_seconds(tanh)


def test_a_trial_at_once_is_scored_once() -> None:
    even = Trial("mnist", 0, criterion="mutual_information", per_round=0.25, target=0.5)
    at_once = replace(even, schedule=AT_ONCE)
    fine_tuning = 2 * expected_seconds(at_once) - expected_seconds(even)  # of both rounds
    assert fine_tuning == pytest.approx(expected_seconds(replace(even, criterion="magnitude")))
