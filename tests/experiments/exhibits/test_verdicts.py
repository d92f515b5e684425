import numpy as np
import pytest

from minirelprune.experiments.exhibits.verdicts import (
    ADDED,
    PUBLISHED,
    in_favour,
    reason,
    sides,
    verdict,
)

WINS, LOSES, NEITHER = (
    [0.3, 0.31, 0.29, 0.3, 0.3],
    [-0.3, -0.31, -0.29, -0.3, -0.3],
    [0.3, -0.3, 0.2, -0.2, 0.01],
)
LOSES_A_LITTLE = [-0.3, -0.1, -0.29, -0.2, -0.1]


def test_one_cell_that_loses_by_a_lot_refutes_a_claim_on_every_cell() -> None:
    good = [WINS] * 23
    assert verdict(good) == "replicates"
    assert verdict([*good, LOSES]) == "does not replicate"
    assert verdict([*good, LOSES_A_LITTLE]) == "undecided"
    assert verdict([LOSES_A_LITTLE]) == "does not replicate"


def test_a_claim_that_is_not_the_papers_is_supported_or_refuted() -> None:
    assert [verdict([one], ADDED) for one in (WINS, LOSES, NEITHER)] == [
        "supported",
        "refuted",
        "undecided",
    ]
    assert set(PUBLISHED) & set(ADDED) == set()


def test_false_verdicts_are_rare_where_nothing_differs() -> None:
    rng = np.random.default_rng(0)
    said = [verdict(rng.normal(0, 1, (24, 5)).tolist()) for _ in range(300)]
    assert said.count("replicates") == 0
    assert said.count("does not replicate") <= 0.025 * 300 + 3 * (0.025 * 300) ** 0.5


def test_cells_are_for_the_claim_against_it_or_open() -> None:
    assert sides([WINS, WINS, LOSES, NEITHER]) == (2, 1)


@pytest.mark.parametrize(
    ("cells", "p", "expected"),
    [
        ([WINS, WINS, NEITHER], 0.001, "1 of 3 cells open, 0 against"),
        ([WINS] * 23 + [LOSES_A_LITTLE], 0.001, "0 of 24 cells open, 1 against"),
        ([LOSES_A_LITTLE] * 12, 0.001, "12 of 12 cells against, none at the stricter level"),
        ([NEITHER], 0.9, ""),
        ([WINS], 0.001, ""),
        ([WINS], 0.204, "p = 0.20 after Holm's correction"),
        ([LOSES], 0.204, "p = 0.20 after Holm's correction"),
        ([WINS] * 23 + [LOSES], 0.001, "the mean is for it, but 1 of 24 cells against"),
    ],
)
def test_a_verdict_that_the_interval_does_not_suggest_has_a_reason(
    cells: list[list[float]], p: float, expected: str
) -> None:
    mean = np.mean(cells, axis=0).tolist()
    assert reason(cells, mean, verdict(cells), p) == expected


@pytest.mark.parametrize("sign", [1, -1])
def test_near_is_supported_inside_the_margin_refuted_outside_and_undecided_across_its_end(
    sign: int,
) -> None:
    spread = np.array([-0.01, 0.0, 0.01])
    for middle, expected in ((0.0, "supported"), (0.1, "supported"), (0.3, "refuted")):
        assert verdict([in_favour(list(sign * middle + spread), 0.2)], ADDED) == expected
    assert verdict([in_favour(list(sign * 0.19 + spread), 0.2)], ADDED) == "undecided"
    wide = list(sign * 0.05 + 20 * spread)  # from -0.45 to 0.55
    assert verdict([in_favour(wide, 0.2)], ADDED) == "undecided"
