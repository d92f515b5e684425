"""`results.csv` has a row for each round of each trial, whatever the network."""

import csv
from dataclasses import replace
from pathlib import Path

from made_up import finished

from minirelprune.experiments.report import report
from minirelprune.experiments.trials.store import Store
from minirelprune.experiments.trials.trial import Trial


def test_networks_of_other_depths_have_a_column_for_each_of_their_layers(tmp_path: Path) -> None:
    trials = [
        Trial("synthetic", 0, criterion="wanda", target=0.1),
        Trial("synthetic", 0, criterion="wanda", target=0.1, hidden=(4, 4, 4)),
    ]
    store = Store(tmp_path / "trials.jsonl")
    for result in finished(trials, lambda trial, k: 90.0 + k):
        layers = len(result.trial.hidden) + 1
        rounds = [
            replace(one, layer_sparsity=(0.05 * one.number,) * layers) for one in result.rounds
        ]
        store.add(replace(result, rounds=rounds))
    report(store, tmp_path)
    with (tmp_path / "synthetic" / "results.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    last = {row["hidden"]: row for row in rows if row["round"] == "2"}
    assert [last["4-4-4"][f"sparsity_{l}"] for l in range(4)] == ["0.1"] * 4
    assert [last["392-196"][f"sparsity_{l}"] for l in range(4)] == ["0.1"] * 3 + [""]
    assert len(rows) == 6
