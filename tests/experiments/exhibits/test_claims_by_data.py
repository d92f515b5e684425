import numpy as np
from made_up import finished

from minirelprune.experiments.exhibits.claims import trials_of_claims
from minirelprune.experiments.exhibits.claims_by_data import compute, data_sets, trials_of
from minirelprune.experiments.exhibits.side_by_side import DIFFERENT, NO_VERDICT
from minirelprune.experiments.outputs import Row
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.trial import Trial

EQ_2 = "relative_contribution"


def accuracy(gains: dict[str, float]):
    """Eq. (2) is so much better than others on each data set, with a little noise."""

    def of(trial: Trial, k: int) -> float:
        noise = np.random.default_rng([trial.seed, k, int(trial.key, 16)]).normal(0, 0.02)
        return 90 + trial.seed + gains[trial.data] * (trial.criterion == EQ_2) + noise

    return of


def rows_of(gains: dict[str, float]) -> list[Row]:
    trials = [
        trial for data in gains for seed in range(3) for trial in trials_of_claims(data, seed)
    ]
    contents = compute("mnist", repeats(finished(trials, accuracy(gains))))
    return list(contents.numbers["claims_by_data"])


def test_it_needs_the_trials_of_the_claims_on_both_and_of_other_data_alone() -> None:
    assert data_sets("fashion-mnist") == data_sets("mnist") == ("mnist", "fashion-mnist")
    assert data_sets("synthetic") == ("synthetic",)
    both = trials_of_claims("mnist", 4) + trials_of_claims("fashion-mnist", 4)
    assert set(trials_of("mnist", 4)) == set(trials_of("fashion-mnist", 4)) == set(both)


def test_what_is_the_same_on_both_agrees_and_what_is_opposite_differs() -> None:
    same = rows_of({"mnist": 1.0, "fashion-mnist": 1.0})
    opposite = rows_of({"mnist": 1.0, "fashion-mnist": -1.0})
    assert DIFFERENT not in {row["agreement"] for row in same}
    for rows, expected in ((same, ["holds"] * 2), (opposite, ["holds", "fails"])):
        pair = [row for row in rows if row["claim"].startswith("Table 2: Eq. (2) beats random")]
        assert [row["data"] for row in pair] == ["mnist", "fashion-mnist"]
        assert [row["outcome"] for row in pair] == expected
    assert DIFFERENT in {row["agreement"] for row in opposite}


def test_a_data_set_without_trials_has_no_outcome() -> None:
    rows = rows_of({"mnist": 1.0})
    assert {row["outcome"] for row in rows if row["data"] == "fashion-mnist"} == {NO_VERDICT}
    assert {row["agreement"] for row in rows} == {""}
