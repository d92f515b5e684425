import pytest

from minirelprune.experiments.paper.cells import TABLES, cells, find, trained
from minirelprune.experiments.paper.labels import column_label, row_label


@pytest.mark.parametrize("table", TABLES)
def test_rows_and_columns_that_differ_are_called_differently(table: int) -> None:
    every = cells(table, "mnist")
    for key, label in ((lambda c: c.row, row_label), (lambda c: c.column, column_label)):
        names = {key(cell): label(cell) for cell in every}
        assert len(set(names.values())) == len(names)
        assert all(label(cell) == names[key(cell)] for cell in every)


def test_labels_are_made_from_keys() -> None:
    rows = [row_label(cell) for cell in find(1, "mnist", per_round=0.05)]
    assert rows == [
        "β = 1e-7, w/o s",
        "β = 0, w/ s",
        "β = 1e-5, w/ s",
        "β = 1e-7, w/ s",
        "Random, redrawn over all weights",
        "Control: nothing pruned",
    ]
    keys = {"scoring_fraction": 0.005, "target": 0.75, "activation": "tanh"}
    (wanda,) = find(5, "mnist", criterion="wanda", **keys)
    assert (row_label(wanda), column_label(wanda)) == ("Wanda, 0.5%", "Tanh, 75%")
    (magnitude,) = find(4, "mnist", criterion="magnitude", target=0.75)
    assert (row_label(magnitude), column_label(magnitude)) == ("Magnitude", "75%")
    assert row_label(trained("mnist", "relu")) == "Trained network"
