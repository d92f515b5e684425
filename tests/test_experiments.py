import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from minirelprune import Dataset, load_dataset
from minirelprune.experiments import published, runner, tables
from minirelprune.experiments.reproduce import VIEWS, reproduce
from minirelprune.experiments.store import Result, Store
from minirelprune.experiments.trials import EXPERIMENTS, Trial, trials_for
from minirelprune.pruned import Round

pytestmark = pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")


@pytest.fixture(scope="module")
def small() -> Dataset:
    return load_dataset("synthetic", n_train=100, n_test=50)


def result(criterion: str = "ours", seed: int = 0, final: float = 98.0) -> Result:
    """Sixteen rounds whose accuracies are 0.01 per round below the last one's."""
    trial = Trial("mnist", seed, criterion=criterion, target=0.75)
    rounds = [
        Round(k, 100 * k, 0.05 * k, (0.05 * k,), final - 1, final + (15 - k) / 100)
        for k in range(16)
    ]
    return Result(trial, rounds, 1.0)


def test_table_4_reads_its_targets_off_rounds_2_10_and_15() -> None:
    rounds = [tables.round_at(result(), target).number for target in (0.10, 0.50, 0.75)]
    assert rounds == [2, 10, 15]


def test_table_4_puts_ours_beside_the_papers() -> None:
    results = [result(name) for name in (*published.TABLE4, "none")]
    text = tables.table4(results).markdown()
    row = next(line for line in text.splitlines() if line.startswith("| Wanda"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells == ["Wanda", "98.60", "98.13", "97.00", "98.31", "98.05", "97.00", "90.32",
                     "98.00", "97.00"]  # fmt: skip
    assert "mnist" in text
    assert "seed 0 alone" in text
    assert "nothing pruned" in text


def test_the_csv_is_tidy_and_has_the_interval() -> None:
    names = (*published.TABLE4, "none")
    results = [result(name, seed, 98.0 + seed / 10) for seed in range(3) for name in names]
    rows = list(csv.DictReader(io.StringIO(tables.table4(results).csv())))
    assert len(rows) == 12
    last = next(row for row in rows if row["criterion"] == "ours" and row["target"] == "0.75")
    assert (last["paper"], last["accuracy"], last["seeds"]) == ("97.63", "98.1", "3")
    # t(0.975, 2) = 4.3027, times 0.1 / sqrt(3)
    assert float(last["half_width_95"]) == pytest.approx(4.3027 * 0.1 / 3**0.5, abs=1e-4)


def test_every_experiment_has_a_view() -> None:
    assert set(EXPERIMENTS) == set(VIEWS)


def test_the_published_numbers_are_the_papers() -> None:
    assert published.TABLE4["ours"][0.75] == 97.63
    assert published.TABLE4["wanda"][0.75] == 90.32
    assert list(published.DENSE.values()) == [97.02, 97.35, 97.64, 96.12]


def test_the_criteria_of_one_seed_start_alike_and_seeds_differ() -> None:
    ours, wanda = Trial("mnist", 0, criterion="ours"), Trial("mnist", 0, criterion="wanda")
    assert ours.rng("prune").random() == wanda.rng("prune").random()
    assert ours.rng("prune").random() != ours.rng("train").random()
    assert ours.rng("prune").random() != replace(ours, seed=1).rng("prune").random()


def test_a_store_gives_back_what_was_put_in(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    results = [result("ours"), result("wanda")]
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


def test_a_store_of_another_schema_is_refused_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "trials.jsonl"
    Store(path).add(result())
    path.write_text(json.dumps({**json.loads(path.read_text()), "schema": 9}) + "\n")
    with pytest.raises(
        ValueError, match=r"trials\.jsonl, line 1 .* schema 9, this version reads 1"
    ):
        Store(path)


@pytest.mark.parametrize("line", ["{}", "[1]", "not JSON", '{"schema": 1, "rounds": []}'])
def test_a_line_that_is_no_result_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "trials.jsonl").write_text(line + "\n")
    with pytest.raises(ValueError, match=r"trials\.jsonl, line 1 is not a result"):
        Store(tmp_path / "trials.jsonl")


def test_what_is_finished_is_not_run_again(
    tmp_path: Path, small: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "EPOCHS", 1)
    trials = trials_for("dense", data="synthetic", seeds=[0])
    first = runner.run(trials[:2], small, Store(tmp_path / "a.jsonl"), progress=False)
    ran: list[Result] = []
    store = Store(tmp_path / "a.jsonl")
    second = runner.run(trials, small, store, on_result=ran.append, progress=False)
    assert [one.trial for one in ran] == trials[2:]
    assert second[:2] == first


def test_a_stopped_run_goes_on_to_the_same_numbers(
    tmp_path: Path, small: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "EPOCHS", 1)
    trials = trials_for("table4", data="synthetic", seeds=[0])
    whole = runner.run(trials, small, Store(tmp_path / "whole.jsonl"), progress=False)

    def stop(one: Result) -> None:
        raise KeyboardInterrupt

    store = Store(tmp_path / "stopped.jsonl")
    with pytest.raises(KeyboardInterrupt):
        runner.run(trials, small, store, on_result=stop, progress=False)
    store = Store(tmp_path / "stopped.jsonl")
    assert len(store.results) == 1
    resumed = runner.run(trials, small, store, progress=False)
    for one, other in zip(whole, resumed, strict=True):
        assert [r.accuracy_tuned for r in one.rounds] == [r.accuracy_tuned for r in other.rounds]


def test_a_trial_on_other_data_is_refused(tmp_path: Path, small: Dataset) -> None:
    with pytest.raises(ValueError, match="trials must be on 'synthetic', got one on 'mnist'"):
        runner.run([Trial("mnist", 0)], small, Store(tmp_path / "trials.jsonl"))


def test_reproduce_prints_the_table_and_writes_three_files(
    tmp_path: Path, small: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "EPOCHS", 1)
    for _ in range(2):
        said: list[str] = []
        reproduce("table4", small, seeds=[0], out=tmp_path, say=said.append, progress=False)
    assert "4 of 4 trials are in" in said[0]
    table = (tmp_path / "table4.md").read_text()
    assert table in said[1]
    assert "**synthetic, not MNIST as the paper's**" in table
    assert (tmp_path / "table4.csv").read_text().startswith("data,criterion,target,paper")
    assert (tmp_path / "table4.png").read_bytes().startswith(b"\x89PNG")
    picture = (tmp_path / "table4.png").read_bytes()
    reproduce("table4", small, seeds=[0], out=tmp_path, say=said.append, progress=False)
    assert (tmp_path / "table4.png").read_bytes() == picture
