from minirelprune.experiments import random_rows
from minirelprune.pruning.schedule import schedule


def test_each_row_is_shown_in_three_ways_and_floats_make_a_round_more_at_10_and_5_percent() -> None:
    trials = random_rows.trials_of("mnist")
    assert len(trials) == 3 * (16 + 6)  # 4 activations by 4 steps; 3 by 2 targets in Table 5
    for survivors, redrawn, in_floats in zip(*[iter(trials)] * 3, strict=True):
        assert survivors.options == ()
        assert redrawn.options == in_floats.options == (("redraw", "all"),)
        trapped = redrawn.per_round in (0.10, 0.05)
        assert in_floats.n_rounds - survivors.n_rounds == trapped
        assert (in_floats == redrawn) == (not trapped)


def test_a_trial_in_floats_has_the_rounds_of_its_schedule() -> None:
    for trial in random_rows.trials_of("mnist"):
        assert trial.target is not None
        counts = schedule(
            1000, target=trial.target, per_round=trial.per_round, arithmetic=trial.arithmetic
        )
        assert trial.n_rounds == len(counts)
