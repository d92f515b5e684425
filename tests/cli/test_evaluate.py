"""`minirelprune evaluate`: what it says is what is in the network."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_runs import own, prune

from minirelprune import MLP, Pruned, accuracy
from minirelprune.cli import main
from minirelprune.data.own import load_own

pytestmark = pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")

Captured = pytest.CaptureFixture[str]


def evaluated(capsys: Captured, *arguments: object) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["evaluate", *map(str, arguments), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_accuracies_and_sparsities_are_those_of_the_network(
    tmp_path: Path, capsys: Captured
) -> None:
    saved = prune(tmp_path, "--target", "0.9")
    found = evaluated(capsys, tmp_path / "p.npz")
    last, data = saved.rounds[-1], load_own(tmp_path / "mine.npz").data
    assert found["accuracy"] == pytest.approx(last.accuracy_tuned)
    assert (found["zeros"], found["sparsity"]) == (last.pruned, last.sparsity)
    assert [one["sparsity"] for one in found["layers"]] == [*last.layer_sparsity]
    empty = [int((~mask).all(axis=0).sum()) for mask in saved.masks]
    assert [one["empty_units"] for one in found["layers"]] == empty
    assert sum(empty) > 0
    for k, one in enumerate(found["classes"]):
        mine = data.y_test == k
        assert one["test_examples"] == mine.sum()
        assert one["accuracy"] == accuracy(saved.net, data.x_test[mine], data.y_test[mine])


def test_the_tables_say_the_same(tmp_path: Path, capsys: Captured) -> None:
    prune(tmp_path)
    found = evaluated(capsys, tmp_path / "p.npz")
    assert main(["evaluate", str(tmp_path / "p.npz")]) == 0
    out = capsys.readouterr().out
    assert f"{found['accuracy']:.2f}% of the 20 test examples of mine.npz are labelled" in out
    assert "| all   | 162     | 97   | 59.9%    | 17    | " in out
    for one in found["classes"]:
        assert f"| {one['class']}     | {one['test_examples']:<13} | {one['accuracy']:.2f}" in out


def test_a_network_that_was_not_pruned_is_evaluated_on_what_is_asked_for(
    tmp_path: Path, capsys: Captured
) -> None:
    net = MLP((12, 4, 5), rng=np.random.default_rng(0))
    net.weights[0][:, 2] = 0
    net.save(tmp_path / "dense.npz")
    found = evaluated(capsys, tmp_path / "dense.npz", "--data", own(tmp_path))
    assert found["layers"][0]["empty_units"] == 1
    assert found["zeros"] == 12
    assert found["classes"][4] == {"class": "4", "test_examples": 0, "accuracy": None}


def test_texts_are_the_classes_that_the_network_was_trained_on(
    tmp_path: Path, capsys: Captured
) -> None:
    names = np.array(["owl", "ant", "cat"])
    kinds = {"y_train": names[np.arange(50) % 3], "y_test": names[np.arange(20) % 3]}
    own(tmp_path, **kinds)
    prune(tmp_path)
    fewer = {**kinds, "y_test": np.array(["owl"] * 20), "y_train": np.array(["cat"] * 50)}
    (tmp_path / "other").mkdir()
    data = own(tmp_path / "other", **fewer)
    found = evaluated(capsys, tmp_path / "p.npz", "--data", data)
    assert [one["class"] for one in found["classes"]] == ["ant", "cat", "owl"]
    assert [one["test_examples"] for one in found["classes"]] == [0, 0, 20]
    own(tmp_path / "other", **{**kinds, "y_test": np.array(["emu"] * 20)})
    assert main(["evaluate", str(tmp_path / "p.npz"), "--data", data]) == 1
    assert "y_test must be one of ant, cat, owl, got 'emu'" in capsys.readouterr().err


def test_a_table_is_split_as_it_was_for_the_network(tmp_path: Path, capsys: Captured) -> None:
    rows = "\n".join(f"{k},{k % 7},{k % 2}" for k in range(40))
    (tmp_path / "a.csv").write_text(f"a,b,odd\n{rows}\n")
    given = ["--data", str(tmp_path / "a.csv"), "--label", "odd", "--test-share", "0.5"]
    small = ["--layers", "5", "--epochs", "1", "--target", "0.3", "--per-round", "0.3"]
    assert main(["prune", *given, *small, "--out", str(tmp_path / "p.npz")]) == 0
    found = evaluated(capsys, tmp_path / "p.npz")
    assert found["test_examples"] == 20
    assert found["accuracy"] == Pruned.load(tmp_path / "p.npz").rounds[-1].accuracy_tuned


def test_a_file_that_is_none_is_named(tmp_path: Path, capsys: Captured) -> None:
    assert main(["evaluate", str(tmp_path / "none.npz")]) == 1
    assert "none.npz" in capsys.readouterr().err
