import pytest
from made_up import finished

from minirelprune.experiments.exhibits.architectures import (
    BETAS,
    DEPTHS,
    WIDTHS,
    compute,
    trials_of,
)
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.trial import Trial


def accuracy(trial: Trial, k: int) -> float:
    """Depth costs, width gains, seeds differ, and β = 1e-5 costs 0.5 after each round."""
    depth, width = len(trial.hidden), trial.hidden[0]
    beta = dict(trial.options).get("beta")
    return 90 + trial.seed - depth + width / 400 - 0.1 * k - 0.5 * k * (beta == 1e-5)


def of_seeds(*seeds: int) -> list[Trial]:
    return [trial for seed in seeds for trial in trials_of("mnist", seed)]


def test_every_architecture_has_every_beta_and_one_network() -> None:
    trials = trials_of("mnist", 0)
    assert len(set(trials)) == len(DEPTHS) * len(WIDTHS) * len(BETAS)
    assert len({trial.network for trial in trials}) == len(DEPTHS) * len(WIDTHS)
    assert {len(set(trial.hidden)) for trial in trials} == {1}
    assert {trial.n_rounds for trial in trials} == {3}


def test_a_change_is_that_of_its_own_architecture_paired_by_seed() -> None:
    rows = compute("mnist", repeats(finished(of_seeds(0, 1), accuracy))).numbers["architectures"]
    assert [(row["depth"], row["width"]) for row in rows] == [
        (d, w) for d in DEPTHS for w in WIDTHS
    ]
    for row in rows:
        before = 90.5 - row["depth"] + row["width"] / 400
        assert row["not_pruned"] == pytest.approx(before)
        assert row["beta_0"] == pytest.approx(before - 0.3)
        assert row["beta_1e-7_minus_0"] == pytest.approx(0, abs=1e-9)
        assert row["beta_1e-5_minus_0"] == pytest.approx(-1.5)
        assert row["beta_1e-5_minus_0_half_width_95"] == pytest.approx(0, abs=1e-9)


def test_a_claim_is_about_every_architecture() -> None:
    def one_is_better(trial: Trial, k: int) -> float:
        return accuracy(trial, k) + 2 * k * (trial.hidden == (100, 100) and trial.options != ())

    for values, said in ((accuracy, ["undecided", "refuted"]), (one_is_better, ["refuted"] * 2)):
        table = compute("mnist", repeats(finished(of_seeds(0, 1, 2), values))).tables[1]
        assert [row[1:] for row in table.rows] == [["9", verdict] for verdict in said]


def test_an_architecture_of_one_seed_decides_nothing_and_hinders_nothing() -> None:
    some = [t for t in of_seeds(0, 1, 2) if t.seed == 0 or t.hidden != (1600,) * 8]
    table = compute("mnist", repeats(finished(some, accuracy))).tables[1]
    assert table.rows[1][1:] == ["8", "refuted"]
    table = compute("mnist", repeats(finished(of_seeds(0), accuracy))).tables[1]
    assert table.rows[1][1:] == ["0", "no verdict from one seed"]


def test_an_architecture_without_every_beta_is_left_out() -> None:
    small = [trial for trial in of_seeds(0) if trial.hidden[0] < 1600 and trial.options]
    small += [trial for trial in of_seeds(0) if trial.hidden == (100, 100)]
    rows = compute("mnist", repeats(finished(small, accuracy))).numbers["architectures"]
    assert [(row["depth"], row["width"]) for row in rows] == [(2, 100)]
    assert not compute("mnist", {})
