import pytest

from minirelprune.experiments.paper.cells import find
from minirelprune.experiments.paper.claimed import claims

EQ_2 = "relative_contribution"


def test_a_claim_pairs_like_with_like() -> None:
    for claim in claims("mnist"):
        for better, other in claim.pairs:
            assert better != other
            assert better.trial.seed == other.trial.seed == 0
            if "Wanda, scored on the same share" in claim.sentence:
                same = ("per_round", "activation", "scoring_fraction", "output_l1")
                assert [getattr(better.trial, key) for key in same] == [
                    getattr(other.trial, key) for key in same
                ]


def test_a_claim_speaks_of_every_cell_of_its_table() -> None:
    pairs = {claim.sentence: claim.pairs for claim in claims("mnist")}
    assert len(pairs["Table 2: Eq. (2) beats Wanda, scored on the same share"]) == 24
    assert len(pairs["Table 2: Eq. (2) beats magnitude, on any share"]) == 24
    assert len(pairs["Table 3: with tanh, Eq. (2) beats Wanda"]) == 12
    assert len(pairs["Table 5: with the L1 term, Eq. (2) beats Wanda"]) == 12
    assert len(pairs["Table 1: β = 1e-7 beats β = 0"]) == 4
    few = pairs["Table 2: 2% of the data is enough for Eq. (2) to beat magnitude and every Wanda"]
    assert len(few) == 4 * 7
    assert {better.trial.scoring_fraction for better, _ in few} == {0.02}


def test_no_claim_is_about_the_redrawn_random_rows() -> None:
    for claim in claims("mnist"):
        for _, other in claim.pairs:
            assert other.trial.criterion != "random_redrawn"


def test_cells_are_found_by_their_keys() -> None:
    (cell,) = find(4, "mnist", criterion=EQ_2, target=0.5)
    assert cell.published == 98.44
    assert find(4, "mnist", criterion="mutual_information") == []
    assert len(find(2, "mnist", criterion="wanda")) == 24


def test_the_l1_term_has_a_published_pair_at_50_percent_and_none_at_75() -> None:
    found = {}
    for claim in claims("mnist"):
        if "the L1 term helps" in claim.sentence:
            [(with_term, without)] = claim.pairs
            found[claim.sentence[len("Table 5: the L1 term helps Eq. (2) at ") :]] = (
                None if without.published is None else with_term.published - without.published
            )
            assert with_term.round == without.round
            assert with_term.trial.output_l1 > without.trial.output_l1 == 0
    at_50 = {"50%, ReLU": -0.42, "50%, tanh": -0.10, "50%, sigmoid": 1.43}
    assert {k: found[k] for k in at_50} == pytest.approx(at_50)
    assert {v for k, v in found.items() if k.startswith("75%")} == {None}


def test_claims_are_grouped_by_table_and_none_is_made_twice() -> None:
    every = claims("mnist")
    assert len({claim.sentence for claim in every}) == len(every)
    groups = list(dict.fromkeys(claim.group for claim in every))
    assert groups == [*(f"Table {n}" for n in range(1, 6)), "(added)"]
    assert [claim.group for claim in every] == sorted(
        (claim.group for claim in every), key=groups.index
    )
