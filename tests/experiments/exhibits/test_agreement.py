import pytest
from made_up import finished

from minirelprune.experiments.exhibits.agreement import EXHIBIT, SHOWN, compute, published_cells
from minirelprune.experiments.paper.names import CRITERIA
from minirelprune.experiments.trials.repeats import repeats


def test_agreement_is_of_all_213_cells_and_0_where_they_are_the_papers() -> None:
    paper = {(c.trial, c.round): c.published for c in published_cells("mnist")}
    trials = EXHIBIT.trials("mnist", 0)
    results = finished(trials, lambda trial, k: (paper.get((trial, k)) or 50.0) + (k == 15))
    contents = compute("mnist", repeats(results))
    rows = contents.numbers["agreement"]
    assert len(rows) == 213
    for row in rows:
        off = 1 if (row["table"], row["column"]) == (4, "75%") else 0
        assert row["measured"] - row["published"] == pytest.approx(off)
    assert [row[0] for row in contents.tables[0].rows] == [CRITERIA[name] for name in SHOWN]


def test_on_other_data_there_is_nothing_to_agree_with_and_nothing_to_run() -> None:
    assert EXHIBIT.trials("synthetic", 0) == []
    contents = compute("synthetic", {})
    assert contents.numbers == {}
    assert contents.tables[0].rows == []
    assert "are of MNIST. On **synthetic** there is nothing" in contents.tables[0].caption


def test_agreement_runs_no_trial_that_has_no_published_accuracy() -> None:
    assert {t.criterion for t in EXHIBIT.trials("mnist", 0) if t.target is not None} == {*SHOWN}
