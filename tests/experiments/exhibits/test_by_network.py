from dataclasses import replace

import pytest
from made_up import LAYERS, finished

from minirelprune.experiments.exhibits import lenet, transformer
from minirelprune.experiments.exhibits.by_network import (
    ACTIVATION,
    COMPARED,
    LARGEST,
    NOT_PRUNED,
    TARGETS,
    compute,
    entrants,
    trials_of,
)
from minirelprune.experiments.trials.repeats import repeats
from minirelprune.experiments.trials.store import Result
from minirelprune.experiments.trials.trial import ARCHITECTURES, Trial
from minirelprune.experiments.trials.untrained import untrained

NAMES = ("first", "second", "last")


def accuracy(trial: Trial, k: int) -> float:
    """Seeds differ, a round costs a point, and Wanda gains half a point."""
    wanda = trial.criterion == "wanda" and trial.scope == "global"
    return 90 + trial.seed - k + 0.5 * wanda


def results(*seeds: int) -> list[Result]:
    trials = [trial for seed in seeds for trial in trials_of("mnist", seed, "mlp")]
    return finished(trials, accuracy)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_all_criteria_have_the_same_budget(architecture: str) -> None:
    trials = trials_of("mnist", 3, architecture)
    assert len(trials) == len(set(trials)) == len(entrants(architecture))
    assert {trial.seed for trial in trials} == {3}
    assert {trial.n_rounds for trial in trials} == {4}
    assert {(t.architecture, t.activation) for t in trials} == {
        (architecture, ACTIVATION[architecture])
    }
    pruned = [trial for trial in trials if trial.criterion != "none"]
    assert {trial.scoring_fraction for trial in pruned} == {0.02}
    assert len(pruned) == len(trials) - 1  # the control


def test_only_what_attention_has_no_formula_of_is_missing() -> None:
    missing = {one.label for one in COMPARED} - {one.label for one in entrants("transformer")}
    assert missing == {"SynFlow", "OBD"}
    assert entrants("lenet") == entrants("mlp") == list(COMPARED)


@pytest.mark.parametrize("module", [lenet, transformer])
def test_every_layer_has_a_name(module: object) -> None:
    name = module.EXHIBIT.name
    net = untrained(Trial("mnist", 0, architecture=name), 784, Trial("mnist", 0).rng("train"))
    assert len(module.LAYERS) == len(set(module.LAYERS)) == len(net.weights) == LAYERS[name]


def test_an_accuracy_is_that_of_the_round_that_reaches_its_target() -> None:
    contents = compute("mnist", repeats(results(0, 1, 2)), "mlp", NAMES)
    [row] = [row for row in contents.numbers["mlp"] if row["label"] == "Wanda"]
    assert row["seeds"] == 3
    for target, k in zip(TARGETS, (2, 3, 4), strict=True):
        assert row[f"tuned_{target:.0%}"] == pytest.approx(91.5 - k)
        assert row[f"untuned_{target:.0%}"] == pytest.approx(90.5 - k)
    assert contents.tables[0].rows[0][:2] == ["Wanda", "89.50 ± 2.48"]
    assert "MNIST, MLP: 91.00 ± 2.48% before pruning" in contents.tables[0].caption


def test_an_emptied_layer_is_named_with_in_how_many_seeds_it_is() -> None:
    changed = []
    for result in results(0, 1):
        empty = result.trial.criterion == "wanda" and result.trial.seed == 1
        last = replace(result.rounds[-1], layer_sparsity=(1.0 if empty else 0.5, 0.75, 0.0))
        changed.append(replace(result, rounds=[*result.rounds[:-1], last]))
    contents = compute("mnist", repeats(changed), "mlp", NAMES)
    lines = {line[0]: line[1:] for line in contents.tables[1].rows}
    assert lines["Wanda"] == ["75.0", "75.0", "0.0", "first (1 of 2)"]
    assert lines["Magnitude"] == ["50.0", "75.0", "0.0", "none"]
    rows = [row for row in contents.numbers["mlp_layers"] if row["label"] == "Wanda"]
    assert [(row["name"], row["emptied"]) for row in rows if row["target"] == LARGEST] == [
        ("first", 1),
        ("second", 0),
        ("last", 0),
    ]


def test_a_criterion_without_trials_has_no_row_and_without_any_there_is_nothing() -> None:
    some = [one for one in results(0) if one.trial.criterion != "snip"]
    labels = [row["label"] for row in compute("mnist", repeats(some), "mlp", NAMES).numbers["mlp"]]
    assert len(labels) == len(COMPARED) - 1
    assert "SNIP" not in labels
    assert NOT_PRUNED.label in labels
    assert not compute("mnist", {}, "mlp", NAMES)
