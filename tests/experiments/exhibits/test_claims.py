import numpy as np
import pytest
from made_up import Accuracy, finished

from minirelprune.experiments.exhibits.claims import EXHIBIT, compute
from minirelprune.experiments.outputs import Contents, Row
from minirelprune.experiments.paper.cells import cells, trials_of
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.trial import Trial

EQ_2 = "relative_contribution"
NEAR = "(added) at 50%, random is on average within 0.2 points of Eq. (2), ReLU"


def judged(seeds: int, accuracy: Accuracy, data: str = "mnist") -> Contents:
    """The claims, from made-up trials of Table 2."""
    trials = [t for seed in range(seeds) for t in trials_of(cells(2, data), seed)]
    return compute(data, repeats(finished(trials, accuracy)))


def row_of(contents: Contents, beginning: str) -> Row:
    (row,) = (r for r in contents.numbers["claims"] if r["claim"].startswith(beginning))
    return row


def noise(trial: Trial, k: int) -> float:
    """Seeds differ by a lot, and trials of one seed by little: pairs matter."""
    rng = np.random.default_rng([trial.seed, k])
    return 90 + trial.seed + rng.normal(0, 0.01)


def ahead(advantage: float) -> Accuracy:
    """Trials in which Eq. (2) is ahead of everything else by so many points."""

    def accuracy(trial: Trial, k: int) -> float:
        noisy = np.random.default_rng([trial.seed, k, trial.criterion == EQ_2]).normal(0, 0.01)
        return noise(trial, k) + noisy + advantage * (trial.criterion == EQ_2)

    return accuracy


@pytest.mark.parametrize(
    ("advantage", "expected"),
    [(0.5, "replicates"), (-0.5, "does not replicate"), (0.0, "undecided")],
)
def test_a_verdict_is_of_the_paired_differences(advantage: float, expected: str) -> None:
    contents = judged(5, ahead(advantage))
    assert row_of(contents, "Table 2: Eq. (2) beats Wanda")["verdict"] == expected
    assert row_of(contents, "Table 2: Eq. (2) beats magnitude")["verdict"] == expected


@pytest.mark.parametrize(
    ("advantage", "expected"),
    [(0.05, "supported"), (-0.05, "supported"), (0.5, "refuted"), (-0.5, "refuted")],
)
def test_random_is_near_eq_2_on_average_or_it_is_not(advantage: float, expected: str) -> None:
    row = row_of(judged(5, ahead(advantage)), NEAR)
    assert (row["verdict"], row["cells"]) == (expected, 1)
    assert row["difference"] == pytest.approx(advantage, abs=0.02)


def test_one_seed_gives_no_verdict_and_no_trials_none() -> None:
    rows = judged(1, noise).numbers["claims"]
    said = {row["claim"]: row["verdict"] for row in rows}
    assert {said[one] for one in said if one.startswith("Table 2")} == {"no verdict from one seed"}
    assert {said[one] for one in said if one.startswith("Table 3")} == {"not run"}
    assert {row["verdict"] for row in rows if row["seeds"]} == {"no verdict from one seed"}
    assert {row["p_holm"] for row in rows} == {None}
    assert {row["reason"] for row in rows} == {""}


def test_the_paper_has_claims_that_its_own_numbers_deny_or_do_not_cover() -> None:
    contents = compute("mnist", {})
    table = contents.tables[0]
    published = {line[0]: line[1] for line in table.rows}
    l1 = "Table 5: the L1 term"
    assert published[f"{l1} helps Eq. (2) at 50%, ReLU"] == "-0.42, denied"
    assert published[f"{l1} helps Eq. (2) at 50%, tanh"] == "-0.10, denied"
    assert published[f"{l1} helps Eq. (2) at 50%, sigmoid"] == "+1.43"
    assert published[f"{l1} helps Eq. (2) at 75%, sigmoid"] == "none"
    assert published[f"{l1} makes the trained network better, tanh"] == "-0.34, denied"
    assert published[f"{l1} makes the trained network better, sigmoid"] == "none"
    same_share = "Table 2: Eq. (2) beats Wanda, scored on the same share"
    assert published[same_share] == "+0.32, denied in 3 of 24"


def test_only_a_claim_that_the_paper_makes_and_shows_can_replicate() -> None:
    trials = [t for seed in range(3) for t in EXHIBIT.trials("mnist", seed)]
    rows = compute("mnist", repeats(finished(trials, ahead(0.0)))).numbers["claims"]
    for row in rows:
        shown = row["published"] is not None and row["published"] > 0 and row["group"] != "(added)"
        assert row["judged_as"] == ("published" if shown else "added"), row["claim"]
        words = {"replicates", "does not replicate"} if shown else {"supported", "refuted"}
        assert row["verdict"] in words | {"undecided"}


def test_p_is_corrected_over_all_claims_that_were_run() -> None:
    contents = judged(5, ahead(0.5))
    run = [row for row in contents.numbers["claims"] if row["seeds"]]
    assert 0 < len(run) < len(contents.numbers["claims"])
    assert all(row["p_holm"] is not None for row in run)
    smallest = min(row["p_holm"] for row in run)
    assert smallest < 0.001
    assert f"over all {len(run)} claims" in contents.tables[0].note


def test_on_other_data_there_is_no_published_column_and_nothing_to_replicate() -> None:
    contents = judged(5, ahead(0.5), data="synthetic")
    table = contents.tables[0]
    assert "Published" not in table.header
    assert all(len(line) == len(table.header) for line in table.rows)
    assert "The paper has no numbers on this data" in table.note
    assert {row["published"] for row in contents.numbers["claims"]} == {None}
    row = row_of(contents, "Table 2: Eq. (2) beats Wanda")
    assert (row["verdict"], row["data"]) == ("supported", "synthetic")
    assert "**synthetic**, not MNIST" in table.caption


def test_the_lead_over_random_is_shown_by_share_and_step_with_its_means() -> None:
    def accuracy(trial: Trial, k: int) -> float:
        share = trial.scoring_fraction if trial.criterion == EQ_2 else 0
        return 90 + trial.seed + share + trial.per_round * (trial.criterion == EQ_2)

    rows = judged(2, accuracy).numbers["claims_random"]
    lead = {(row["scoring_fraction"], row["per_round"]): row for row in rows}
    assert lead[0.2, 0.25]["difference"] == pytest.approx(0.45)
    assert lead["mean", 0.05]["difference"] == pytest.approx(
        np.mean([0.005, 0.02, 0.1, 0.2, 0.5, 1]) + 0.05, abs=1e-4
    )
    assert lead[1.0, "mean"]["difference"] == pytest.approx(1 + 0.55 / 4, abs=1e-4)
    assert (lead["mean", "mean"]["cells"], lead["mean", "mean"]["seeds"]) == (24, 2)
