import numpy as np
import pytest
from made_up import Accuracy, finished

from minirelprune.experiments.exhibits.claims import compute, verdict
from minirelprune.experiments.outputs import Contents
from minirelprune.experiments.paper.cells import cells, trials_of
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.trial import Trial

EQ_2 = "relative_contribution"


def judged(seeds: int, accuracy: Accuracy) -> Contents:
    """The claims, from made-up trials of Table 2."""
    trials = [t for seed in range(seeds) for t in trials_of(cells(2, "mnist"), seed)]
    return compute("mnist", repeats(finished(trials, accuracy)))


def noise(trial: Trial, k: int) -> float:
    """Seeds differ by a lot, and trials of one seed by little: pairs matter."""
    rng = np.random.default_rng([trial.seed, k])
    return 90 + trial.seed + rng.normal(0, 0.01)


@pytest.mark.parametrize(
    ("advantage", "expected"),
    [(0.5, "replicates"), (-0.5, "does not replicate"), (0.0, "undecided")],
)
def test_a_verdict_is_of_the_paired_differences(advantage: float, expected: str) -> None:
    def accuracy(trial: Trial, k: int) -> float:
        noisy = np.random.default_rng([trial.seed, k, trial.criterion == EQ_2]).normal(0, 0.01)
        return noise(trial, k) + noisy + advantage * (trial.criterion == EQ_2)

    (table,) = judged(5, accuracy).tables
    row = next(row for row in table.rows if row[0].startswith("Table 2: Eq. (2) beats Wanda"))
    assert row[-1] == expected


def test_one_cell_that_loses_by_a_lot_refutes_a_claim_on_every_cell() -> None:
    good = [[0.3, 0.31, 0.29, 0.3, 0.3]] * 23
    assert verdict(good) == "replicates"
    assert verdict([*good, [-0.3, -0.31, -0.29, -0.3, -0.3]]) == "does not replicate"
    assert verdict([*good, [-0.3, -0.1, -0.29, -0.2, -0.1]]) == "undecided"
    assert verdict([[-0.3, -0.1, -0.29, -0.2, -0.1]]) == "does not replicate"


def test_one_seed_gives_no_verdict_and_no_trials_none() -> None:
    (table,) = judged(1, noise).tables
    said = {row[0].startswith(("Table 2", "(added) more")): row[-1] for row in table.rows}
    assert said == {True: "no verdict from one seed", False: "not run"}


def test_false_verdicts_are_rare_where_nothing_differs() -> None:
    rng = np.random.default_rng(0)
    said = [verdict(rng.normal(0, 1, (24, 5)).tolist()) for _ in range(300)]
    assert said.count("replicates") == 0
    assert said.count("does not replicate") <= 0.025 * 300 + 3 * (0.025 * 300) ** 0.5
