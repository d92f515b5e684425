from dataclasses import replace

import pytest

from minirelprune.experiments import agreement, cells, claims, published, readings, sweep
from minirelprune.experiments.cells import Cell
from minirelprune.experiments.trials import Trial
from minirelprune.pruning.schedule import schedule

TABLES = range(1, 6)


def cell(table: int, row: str, column: str) -> Cell:
    (found,) = [c for c in cells.cells(table, "mnist") if (c.row, c.column) == (row, column)]
    return found


def test_all_213_published_accuracies_are_there() -> None:
    every = [c.paper for table in TABLES for c in cells.cells(table, "mnist") if c.paper]
    assert len(every) == len(published.tables()) == 213
    assert sorted(every) == sorted(row.accuracy for row in published.tables())


@pytest.mark.parametrize(
    ("table", "row", "column", "paper"),
    [
        (1, "β = 1e-5, w/ s", "25% a round", 96.14),
        (2, "Ours (2%)", "10% a round", 98.37),
        (2, "Wanda (0.5%)", "5% a round", 98.30),
        (2, "Random", "5% a round", 9.80),
        (3, "Magnitude", "Sigmoid, 25% a round", 89.45),
        (3, "Ours (20%)", "Leaky ReLU, 15% a round", 98.18),
        (4, "Wanda (100%)", "75%", 90.32),
        (5, "Ours (100%)", "Tanh, 75%", 94.79),
        (5, "Random", "ReLU, 50%", 93.34),
    ],
)
def test_a_cell_has_the_papers_number(table: int, row: str, column: str, paper: float) -> None:
    assert cell(table, row, column).paper == paper


@pytest.mark.parametrize("table", TABLES)
def test_no_two_cells_share_a_place(table: int) -> None:
    places = [(c.row, c.column) for c in cells.cells(table, "mnist")]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_the_control_and_the_redrawn_random_row_in_each_column(table: int) -> None:
    every = cells.cells(table, "mnist")
    columns = {c.column for c in every}
    for name in ("none", "random, all"):
        assert {c.column for c in every if c.row == cells.ROWS[name]} == columns


@pytest.mark.parametrize("table", TABLES)
def test_the_round_of_a_cell_reaches_its_target_and_the_one_before_does_not(table: int) -> None:
    for c in cells.cells(table, "mnist"):
        assert c.trial.target is not None
        n = 386_120
        counts = [0, *schedule(n, target=c.trial.target, per_round=c.trial.per_round)]
        assert counts[c.round] == round(c.target * n)
        assert counts[c.round - 1] < round(c.target * n)


def test_tables_share_trials() -> None:
    ours = cell(4, "Ours (100%)", "75%").trial
    assert ours == cell(4, "Ours (100%)", "10%").trial == cell(2, "Ours (100%)", "5% a round").trial
    assert (
        cell(1, "β = 1e-7, w/ s", "5% a round").trial == cell(2, "Ours (0.5%)", "5% a round").trial
    )
    assert not set(cells.trials_of(4, "mnist", 0)) - set(cells.trials_of(2, "mnist", 0))


@pytest.mark.parametrize(
    "trials_of",
    [*(lambda d, s, t=t: cells.trials_of(t, d, s) for t in TABLES), claims.trials_of,
     agreement.trials_of, readings.trials_of, sweep.trials_of],
)  # fmt: skip
def test_trials_are_listed_once_with_the_seed_and_can_be_made(trials_of) -> None:
    trials = trials_of("mnist", 3)
    assert len(trials) == len(set(trials))
    assert {trial.seed for trial in trials} == {3}
    for trial in trials:
        trial.make_criterion()


def test_the_networks_of_a_table_come_first() -> None:
    trials = cells.trials_of(3, "mnist", 0)
    networks = [trial for trial in trials if trial.target is None]
    assert trials[: len(networks)] == networks
    assert {t.activation for t in networks} == {"leaky_relu", "sigmoid", "tanh"}


def test_trials_of_one_seed_start_alike_and_seeds_differ() -> None:
    ours, wanda = Trial("mnist", 0, criterion="ours"), Trial("mnist", 0, criterion="wanda")
    assert ours.rng("prune").random() == wanda.rng("prune").random()
    assert ours.rng("prune").random() == replace(ours, output_l1=1.0).rng("prune").random()
    assert ours.rng("prune").random() != ours.rng("train").random()
    assert ours.rng("prune").random() != replace(ours, seed=1).rng("prune").random()
    assert ours.network == wanda.network != replace(ours, output_l1=1.0).network


@pytest.mark.parametrize(
    ("per_round", "target", "number"),
    [(0.05, 0.1, 2), (0.05, 0.75, 15), (0.15, 0.5, 4), (0.25, 0.75, 3), (0.1, 0.3, 3)],
)
def test_round_of(per_round: float, target: float, number: int) -> None:
    assert Trial("mnist", 0, per_round=per_round, target=0.75).round_of(target) == number


def test_a_claim_pairs_like_with_like() -> None:
    for claim in claims.claims("mnist"):
        for better, other in claim.pairs:
            assert better != other
            assert better.trial.seed == other.trial.seed == 0
            if "Wanda" in claim.sentence and claim.sentence.startswith("Table 2: ours"):
                same = ("per_round", "activation", "scoring_fraction", "output_l1")
                assert [getattr(better.trial, key) for key in same] == [
                    getattr(other.trial, key) for key in same
                ]


def test_ours_beats_wanda_in_24_cells_of_table_2() -> None:
    (claim,) = [c for c in claims.claims("mnist") if c.sentence.startswith("Table 2: ours beats W")]
    assert len(claim.pairs) == 24
    differences = [
        one.paper - other.paper for one, other in claim.pairs if one.paper and other.paper
    ]
    assert len(differences) == 24


def test_the_csv_of_the_package_is_whole() -> None:
    rows = published.tables()
    assert [sum(row.table == t for row in rows) for t in TABLES] == [16, 56, 96, 9, 36]
