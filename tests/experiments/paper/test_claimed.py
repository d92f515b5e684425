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
