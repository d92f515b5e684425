import pytest

from minirelprune import schedule
from minirelprune.experiments.paper import cells, published
from minirelprune.experiments.paper.cells import TABLES, Cell, find

EQ_2 = "relative_contribution"


def one(table: int, **keys: object) -> Cell:
    (found,) = find(table, "mnist", **keys)
    return found


def test_all_213_published_accuracies_are_there() -> None:
    every = [c.published for table in TABLES for c in cells.cells(table, "mnist") if c.published]
    assert len(every) == len(published.tables()) == 213
    assert sorted(every) == sorted(row.accuracy for row in published.tables())
    assert [sum(row.table == t for row in published.tables()) for t in TABLES] == [
        16,
        56,
        96,
        9,
        36,
    ]


@pytest.mark.parametrize(
    ("table", "keys", "accuracy"),
    [
        (1, {"options": (("beta", 1e-5),), "per_round": 0.25}, 96.14),
        (2, {"criterion": EQ_2, "scoring_fraction": 0.02, "per_round": 0.1}, 98.37),
        (2, {"criterion": "wanda", "scoring_fraction": 0.005, "per_round": 0.05}, 98.30),
        (2, {"criterion": "random", "per_round": 0.05}, 9.80),
        (3, {"criterion": "magnitude", "activation": "sigmoid", "per_round": 0.25}, 89.45),
        (
            3,
            {
                "criterion": EQ_2,
                "scoring_fraction": 0.2,
                "activation": "leaky_relu",
                "per_round": 0.15,
            },
            98.18,
        ),
        (4, {"criterion": "wanda", "target": 0.75}, 90.32),
        (
            5,
            {"criterion": EQ_2, "scoring_fraction": 1.0, "activation": "tanh", "target": 0.75},
            94.79,
        ),
        (5, {"criterion": "random", "activation": "relu", "target": 0.5}, 93.34),
    ],
)
def test_a_cell_has_the_papers_number(table: int, keys: dict, accuracy: float) -> None:
    assert one(table, **keys).published == accuracy


@pytest.mark.parametrize("table", TABLES)
def test_no_two_cells_share_a_place(table: int) -> None:
    places = [(c.row, c.column) for c in cells.cells(table, "mnist")]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_the_control_and_the_redrawn_random_row_in_each_column(table: int) -> None:
    columns = {c.column for c in cells.cells(table, "mnist")}
    for criterion in ("none", "random_redrawn"):
        added = find(table, "mnist", criterion=criterion)
        assert {c.column for c in added} == columns
        assert {c.published for c in added} == {None}


@pytest.mark.parametrize("table", TABLES)
def test_the_round_of_a_cell_reaches_its_target_and_the_one_before_does_not(table: int) -> None:
    n = 386_120
    for c in cells.cells(table, "mnist"):
        assert c.trial.target is not None
        counts = [0, *schedule(n, target=c.trial.target, per_round=c.trial.per_round)]
        assert counts[c.round] == round(c.target * n)
        assert counts[c.round - 1] < round(c.target * n)


def test_tables_share_trials() -> None:
    deepest = one(4, criterion=EQ_2, target=0.75).trial
    assert deepest == one(4, criterion=EQ_2, target=0.1).trial
    assert deepest == one(2, criterion=EQ_2, scoring_fraction=1.0, per_round=0.05).trial
    table_1 = one(1, criterion=EQ_2, options=(), per_round=0.05).trial
    assert table_1 == one(2, criterion=EQ_2, scoring_fraction=0.005, per_round=0.05).trial
    asked = [cells.trials_of(cells.cells(table, "mnist"), 0) for table in (4, 2)]
    assert not set(asked[0]) - set(asked[1])


def test_the_networks_of_a_table_come_first() -> None:
    trials = cells.trials_of(cells.cells(3, "mnist"), 7)
    networks = [trial for trial in trials if trial.target is None]
    assert trials[: len(networks)] == networks
    assert {t.activation for t in networks} == {"leaky_relu", "sigmoid", "tanh"}
    assert {t.seed for t in trials} == {7}


def test_a_trained_network_is_a_cell_that_prunes_nothing() -> None:
    cell = cells.trained("mnist", "tanh", l1=True)
    assert (cell.published, cell.round, cell.trial.target) == (95.78, 0, None)
    assert cell.trial.output_l1 == cells.OUTPUT_L1["tanh"]
    assert cells.trained("mnist", "tanh").trial.output_l1 == 0


def test_published_accuracies_stand_beside_mnist_only() -> None:
    for table in TABLES:
        assert {c.published for c in cells.cells(table, "fashion-mnist")} == {None}
    assert cells.trained("synthetic", "relu").published is None
    assert cells.trained("mnist", "relu").published == 97.02
