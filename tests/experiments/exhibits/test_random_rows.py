from made_up import finished

from minirelprune import schedule
from minirelprune.experiments.exhibits.random_rows import (
    compute,
    random_cells,
    trials_of,
    variants,
)
from minirelprune.experiments.trials.repeats import repeats


def test_each_row_is_shown_in_three_ways_and_floats_make_a_round_more_at_10_and_5_percent() -> None:
    cells = random_cells("mnist")
    assert len(cells) == 16 + 6  # 4 activations by 4 steps; 3 by 2 targets in Table 5
    for cell in cells:
        survivors, redrawn, in_floats = (one.trial for one in variants(cell).values())
        assert survivors.criterion == "random"
        assert redrawn.criterion == in_floats.criterion == "random_redrawn"
        trapped = redrawn.per_round in (0.10, 0.05)
        assert in_floats.n_rounds - survivors.n_rounds == trapped
        assert (in_floats == redrawn) == (not trapped)


def test_a_trial_in_floats_has_the_rounds_of_its_schedule() -> None:
    for trial in trials_of("mnist", 0):
        assert trial.target is not None
        counts = schedule(
            1000, target=trial.target, per_round=trial.per_round, arithmetic=trial.arithmetic
        )
        assert trial.n_rounds == len(counts)


def test_the_table_and_its_csv_have_a_row_for_each_published_one() -> None:
    results = repeats(finished(trials_of("mnist", 0), lambda trial, k: 80.0 + k))
    contents = compute("mnist", results)
    rows = contents.numbers["random_rows"]
    assert len(rows) == len(contents.tables[0].rows) == 22
    for row, cell in zip(rows, random_cells("mnist"), strict=True):
        assert row["published"] == cell.published
        assert row["survivors"] == 80 + cell.round
        last = variants(cell)["all_in_floats"]
        assert row["all_in_floats"] == 80 + last.round


def test_on_other_data_the_three_ways_stand_without_the_published_rows() -> None:
    results = repeats(finished(trials_of("synthetic", 0), lambda trial, k: 80.0 + k))
    contents = compute("synthetic", results)
    (table,) = contents.tables
    assert "Published" not in table.header
    assert all(len(row) == len(table.header) for row in table.rows)
    assert "published" not in table.caption
    assert {row["published"] for row in contents.numbers["random_rows"]} == {None}
