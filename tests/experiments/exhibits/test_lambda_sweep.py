from pathlib import Path

from made_up import finished

from minirelprune.experiments.exhibits import lambda_sweep
from minirelprune.experiments.paper.cells import OUTPUT_L1
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.store import Store
from minirelprune.experiments.trials.trial import Trial

ROOT = Path(__file__).parents[3]


def test_the_sweep_chooses_by_50_and_75_percent() -> None:
    def accuracy(trial: Trial, k: int) -> float:
        return 90 + (trial.output_l1 == 1e-5) * (k >= 2) + 5 * (trial.output_l1 == 1e-3) * (k < 2)

    trials = [t for seed in range(2) for t in lambda_sweep.trials_of("mnist", seed)]
    results = repeats(finished(trials, accuracy))
    assert lambda_sweep.best("mnist", results) == {"relu": 1e-5, "tanh": 1e-5, "sigmoid": 1e-5}
    assert all(trial.held_out for trial in trials)


def test_the_lambdas_of_table_5_are_those_the_committed_sweep_chooses() -> None:
    store = Store(ROOT / "figures" / "trials.jsonl")
    results = repeats(store.results.values())
    assert lambda_sweep.best("mnist", results) == OUTPUT_L1
    (table,) = lambda_sweep.compute("mnist", results).tables
    assert [row[0] for row in table.rows if "(chosen)" in row[1]] == list(OUTPUT_L1)
