import json
import os
from pathlib import Path

import pytest

from minirelprune.experiments.store import Result, Store
from minirelprune.experiments.trials import Trial
from minirelprune.pruning.pruned import Round


def result(criterion: str = "ours", seed: int = 0, **changes: object) -> Result:
    trial = Trial("mnist", seed, criterion=criterion, target=0.1, **changes)
    rounds = [Round(k, 100 * k, 0.05 * k, (0.05 * k, 0.1), 97.0, 98.0 + k) for k in range(3)]
    return Result(trial, rounds, [0.5, 0.25], 1.0)


def test_a_store_gives_back_what_was_put_in(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    results = [result("ours", options=(("beta", 0.0), ("layer_factor", None))), result("wanda")]
    for one in results:
        Store(path).add(one)
    assert list(Store(path).results.values()) == results
    assert len(path.read_text().splitlines()) == 2


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_torn_last_line_costs_only_its_own_trial(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "trials.jsonl"
    store = Store(path)
    store.add(result("ours"))
    whole = path.read_bytes()
    store.add(result("wanda"))
    path.write_bytes(path.read_bytes()[:-cut])
    mended = Store(path)
    assert list(mended.results) == [result("ours").trial]
    assert path.read_bytes() == whole
    mended.add(result("wanda"))
    assert len(Store(path).results) == 2


def test_a_line_torn_after_the_store_was_read_is_mended_too(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    store = Store(path)
    store.add(result("ours"))
    with path.open("a") as file:
        file.write('{"schema": 2, "tri')  # another run, killed
    store.add(result("wanda"))
    assert len(Store(path).results) == 2


def test_two_runs_on_one_store_see_and_keep_each_others_results(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    one, other = Store(path), Store(path)
    one.add(result("ours"))
    other.add(result("wanda"))
    one.refresh()
    assert one.results == other.results == Store(path).results
    assert len(one.results) == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_many_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    children = []
    for writer in range(4):
        child = os.fork()
        if not child:
            for k in range(25):
                Store(path).add(result(seed=25 * writer + k))
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert sorted(trial.seed for trial in Store(path).results) == list(range(100))


def test_two_stores_one_after_the_other_are_a_store(tmp_path: Path) -> None:
    for name, criterion in (("a", "ours"), ("b", "wanda")):
        Store(tmp_path / name).add(result(criterion))
        Store(tmp_path / name).add(result("magnitude"))
    both = (tmp_path / "a").read_bytes() + (tmp_path / "b").read_bytes()
    (tmp_path / "both").write_bytes(both)
    criteria = [trial.criterion for trial in Store(tmp_path / "both").results]
    assert sorted(criteria) == ["magnitude", "ours", "wanda"]


def test_what_is_forgotten_runs_again_but_stays_in_the_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "trials.jsonl")
    store.add(result("ours"))
    store.forget([result("ours").trial])
    store.refresh()
    assert not store.results
    assert len(store.path.read_text().splitlines()) == 1


def test_a_store_of_another_schema_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    Store(path).add(result())
    path.write_text(json.dumps({**json.loads(path.read_text()), "schema": 9}) + "\n")
    with pytest.raises(ValueError, match=r"schema 9, this version reads 2"):
        Store(path)


@pytest.mark.parametrize(
    ("old", "new"), [('"seed": 0', '"seed": 1'), ("99.0", "99.1"), ('"ours"', '"wanda"')]
)
def test_a_line_that_was_edited_is_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "trials.jsonl"
    Store(path).add(result())
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(ValueError, match="it was edited"):
        Store(path)


@pytest.mark.parametrize("line", ["{}", "[1]", "not JSON", '{"schema": 2, "rounds": []}'])
def test_a_line_that_is_no_result_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "trials.jsonl").write_text(line + "\n")
    with pytest.raises(ValueError, match=r"trials\.jsonl: a line is not a result"):
        Store(tmp_path / "trials.jsonl")
