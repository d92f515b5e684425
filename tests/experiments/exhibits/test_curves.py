from made_up import finished

from minirelprune.experiments.exhibits.curves import EXHIBIT, compute
from minirelprune.experiments.trials.repeats import repeats


def test_every_activation_step_and_criterion_has_its_curve() -> None:
    trials = [t for seed in range(2) for t in EXHIBIT.trials("mnist", seed)]
    rows = compute("mnist", repeats(finished(trials, lambda trial, k: 80.0 + k))).numbers["curves"]
    curves = {(row["activation"], row["per_round"], row["criterion"], row["seed"]) for row in rows}
    assert len(curves) == 4 * 4 * 5 * 2
    for row in rows:
        assert row["accuracy_tuned"] == 80 + row["round"]
        assert row["planned"] <= row["per_round"] * row["round"] + 1e-9
    assert max(row["planned"] for row in rows) == 0.75
