import hashlib
import json
import os
from importlib import metadata
from pathlib import Path

import pytest
from threadpoolctl import threadpool_info

from minirelprune import __version__
from minirelprune.experiments.trials.store import Result, Store
from minirelprune.experiments.trials.trial import Trial
from minirelprune.pruning.pruned import Round

EQ_2 = "relative_contribution"
STORE = Path(__file__).parents[3] / "figures" / "trials.jsonl"


def result(criterion: str = EQ_2, seed: int = 0, **changes: object) -> Result:
    trial = Trial("mnist", seed, criterion=criterion, target=0.1, **changes)
    rounds = [Round(k, 100 * k, 0.05 * k, (0.05 * k, 0.1), 97.0, 98.0 + k) for k in range(3)]
    return Result(trial, rounds, [0.5, 0.25], 1.0)


def test_a_store_gives_back_what_was_put_in(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    results = [
        result(EQ_2, options=(("beta", 0.0), ("layer_factor", None))),
        result("wanda"),
    ]
    for one in results:
        Store(path).add(one)
    assert list(Store(path).results.values()) == results
    assert len(path.read_text().splitlines()) == 2


@pytest.mark.parametrize("cut", [1, 20, 200])
def test_a_torn_last_line_costs_only_its_own_trial(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "trials.jsonl"
    store = Store(path)
    store.add(result(EQ_2))
    whole = path.read_bytes()
    store.add(result("wanda"))
    path.write_bytes(path.read_bytes()[:-cut])
    mended = Store(path)
    assert list(mended.results) == [result(EQ_2).trial]
    assert path.read_bytes() == whole
    mended.add(result("wanda"))
    assert len(Store(path).results) == 2


def test_a_line_torn_after_the_store_was_read_is_mended_too(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    store = Store(path)
    store.add(result(EQ_2))
    with path.open("a") as file:
        file.write('{"schema": 3, "tri')  # another run, killed
    store.add(result("wanda"))
    assert len(Store(path).results) == 2


def test_two_runs_on_one_store_see_and_keep_each_others_results(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    one, other = Store(path), Store(path)
    one.add(result(EQ_2))
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
    for name, criterion in (("a", EQ_2), ("b", "wanda")):
        Store(tmp_path / name).add(result(criterion))
        Store(tmp_path / name).add(result("magnitude"))
    both = (tmp_path / "a").read_bytes() + (tmp_path / "b").read_bytes()
    (tmp_path / "both").write_bytes(both)
    criteria = [trial.criterion for trial in Store(tmp_path / "both").results]
    assert sorted(criteria) == ["magnitude", EQ_2, "wanda"]


def test_what_is_forgotten_runs_again_but_stays_in_the_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "trials.jsonl")
    store.add(result(EQ_2))
    store.forget([result(EQ_2).trial])
    store.refresh()
    assert not store.results
    assert len(store.path.read_text().splitlines()) == 1


def test_a_store_of_another_schema_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    Store(path).add(result())
    path.write_text(json.dumps({**json.loads(path.read_text()), "schema": 9}) + "\n")
    with pytest.raises(ValueError, match=r"schema 9, this version reads 3"):
        Store(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [('"seed": 0', '"seed": 1'), ("99.0", "99.1"), (f'"{EQ_2}"', '"wanda"')],
)
def test_a_line_that_was_edited_is_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "trials.jsonl"
    Store(path).add(result())
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(ValueError, match="it was edited"):
        Store(path)


@pytest.mark.parametrize("line", ["{}", "[1]", "not JSON", '{"schema": 3, "rounds": []}'])
def test_a_line_that_is_no_result_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "trials.jsonl").write_text(line + "\n")
    with pytest.raises(ValueError, match=r"trials\.jsonl: a line is not a result"):
        Store(tmp_path / "trials.jsonl")


def test_no_number_changed_when_the_criteria_of_the_committed_store_were_renamed() -> None:
    """Schema 3 renamed two criteria; this is the digest of the numbers in schema 2."""
    lines = STORE.read_text("utf-8").splitlines()[:1485]
    numbers = ("rounds", "blind_share", "seconds", "machine", "versions")
    kept = [json.dumps([json.loads(line)[key] for key in numbers]) for line in lines]
    digest = hashlib.sha256("\n".join(kept).encode()).hexdigest()
    assert digest == "a2e04fb58b35b60c33b9d4c8b579aa3a64fc29aed891bc831297ac416bbc4517"


def test_a_checkout_that_is_not_installed_can_keep_a_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    Store(tmp_path / "trials.jsonl").add(result())
    (kept,) = Store(tmp_path / "trials.jsonl").results.values()
    assert kept.versions["minirelprune"] == __version__


def test_a_result_says_for_which_processor_its_matrix_products_were_made() -> None:
    kinds = {one["architecture"] for one in threadpool_info() if "architecture" in one}
    assert all(f"BLAS for {kind}" in result().machine for kind in kinds)
