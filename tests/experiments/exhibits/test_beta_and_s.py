import pytest
from made_up import finished

from minirelprune.experiments.exhibits.beta_and_s import BETAS, compute, trials_of
from minirelprune.experiments.paper.cells import cells
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.trial import Trial


def accuracy(trial: Trial, k: int) -> float:
    """Seeds and steps differ; s costs 0.2; β costs 0.1 with s, and gains 0.3 without."""
    options = dict(trial.options)
    s = "layer_factor" not in options
    beta = (-0.1 if s else 0.3) * (options.get("beta") != 0.0)
    return 90 + trial.seed + 0.01 * k - 0.2 * s + beta


def of_seeds(*seeds: int) -> list[Trial]:
    return [trial for seed in seeds for trial in trials_of("mnist", seed)]


def test_it_is_table_1_with_the_two_rows_that_the_table_lacks() -> None:
    own, table = set(trials_of("mnist", 0)), {cell.trial for cell in cells(1, "mnist")}
    added = {trial.options for trial in own - table}
    assert added == {(("beta", beta), ("layer_factor", None)) for beta in (0.0, 1e-5)}
    assert len(own) == 24
    assert len(own & table) == 16


def test_each_effect_has_its_sign_and_is_paired_by_seed() -> None:
    contents = compute("mnist", repeats(finished(of_seeds(0, 1, 2), accuracy)))
    assert contents.tables[1].rows == [
        ["s helps, at β = 0", "-0.20 ± 0.00", "refuted"],
        ["s helps, at β = 1e-7", "-0.60 ± 0.00", "refuted"],
        ["s helps, at β = 1e-5", "-0.60 ± 0.00", "refuted"],
        ["β = 1e-7 beats β = 0, with s", "-0.10 ± 0.00", "refuted"],
        ["β = 1e-5 beats β = 0, with s", "-0.10 ± 0.00", "refuted"],
        ["β = 1e-7 beats β = 0, without s", "+0.30 ± 0.00", "supported"],
        ["β = 1e-5 beats β = 0, without s", "+0.30 ± 0.00", "supported"],
    ]


def test_a_tile_is_the_last_round_of_its_trial() -> None:
    rows = compute("mnist", repeats(finished(of_seeds(0, 2), accuracy))).numbers["beta_and_s"]
    assert len(rows) == 2 * len(BETAS) * 4
    for row in rows:
        rounds = round(0.5 / row["per_round"]) if row["per_round"] != 0.15 else 4
        expected = 91 + 0.01 * rounds - 0.2 * row["s"]
        expected += (-0.1 if row["s"] else 0.3) * (row["beta"] > 0)
        assert row["measured"] == pytest.approx(expected)
        assert row["seeds"] == 2


def test_only_seeds_that_have_every_trial_count() -> None:
    some = [trial for trial in of_seeds(0, 1) if trial.seed == 0 or trial.per_round != 0.1]
    rows = compute("mnist", repeats(finished(some, accuracy))).numbers["beta_and_s"]
    assert {row["seeds"] for row in rows} == {1}
    assert not compute("mnist", repeats(finished(some[:5], accuracy)))
