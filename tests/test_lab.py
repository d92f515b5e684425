from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import minirelprune as mr
from minirelprune import MLP, load_dataset
from minirelprune.experiments.outputs import Table
from minirelprune.experiments.trials import networks

lab = pytest.importorskip("minirelprune.lab")
ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    lab.results.cache_clear()
    yield
    lab.results.cache_clear()


@pytest.fixture
def _beside_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "notebooks")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What is displayed: the text of Markdown, or the formats of a table."""
    display = pytest.importorskip("IPython.display", reason="not installed")
    seen: list[Any] = []
    monkeypatch.setattr(
        display, "display", lambda one, raw=False: seen.append(one if raw else one.data)
    )
    return seen


def test_every_name_it_promises_is_there() -> None:
    assert [name for name in lab.__all__ if not hasattr(lab, name)] == []


def test_a_fast_run_takes_fewer_examples(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MINIRELPRUNE_FAST", "1")
    monkeypatch.setattr(
        "minirelprune.lab.session.load_dataset", lambda **given: load_dataset("synthetic", **given)
    )
    data, fast = lab.start(n_train=50, n_test=20)
    assert fast
    assert (len(data.x_train), len(data.x_test)) == (50, 20)
    assert capsys.readouterr().out == "synthetic: 50 training and 20 test images\n"


def test_it_trains_on_the_data_handed_in_as_the_tables_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = load_dataset("synthetic", n_train=60, n_test=10)
    monkeypatch.setattr(networks, "dataset", lambda name, n_train=None: data)
    seen: list[int] = []
    net = lab.train(data, "tanh", epochs=2, on_epoch=lambda epoch, net: seen.append(epoch))
    trial = lab.Trial("synthetic", 0, activation="tanh", epochs=2)
    tables = networks.network(trial, tmp_path, progress=False)
    assert seen == [0, 1, 2]
    assert isinstance(net, MLP)
    assert [W.tobytes() for W in net.weights] == [W.tobytes() for W in tables.weights]


@pytest.mark.usefixtures("_beside_figures")
def test_committed_results_make_the_exhibits() -> None:
    contents = lab.compute("table4")
    written = (ROOT / "figures" / "table4.md").read_text("utf-8")
    assert contents.tables[0].markdown() in written
    (cell,) = lab.find(4, "mnist", criterion="wanda", target=0.75)
    assert len(lab.rounds_of(cell, lab.results())) == 5


@pytest.mark.usefixtures("_beside_figures")
def test_a_comparison_subtracts_within_each_seed() -> None:
    wanda, eq_2 = (
        lab.find(4, "mnist", criterion=name, target=0.75)[0]
        for name in ("wanda", "relative_contribution")
    )
    one, two = lab.accuracies(eq_2), lab.accuracies(wanda)
    found = lab.compare(eq_2, wanda)
    by_seed = np.array([one[seed] - two[seed] for seed in range(5)])
    assert np.isclose(found.mean, by_seed.mean())
    assert np.isclose(found.half_width, 2.7764 * by_seed.std(ddof=1) / 5**0.5, rtol=1e-4)
    assert lab.compare(wanda, eq_2).mean == -found.mean


def test_without_committed_results_there_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert lab.results() == {}
    (cell,) = lab.find(4, "mnist", criterion="wanda", target=0.75)
    with pytest.raises(ValueError, match="must share a committed seed"):
        lab.compare(cell, cell)


def test_live_trials_leave_no_file_beside_the_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    trial = lab.Trial("synthetic", 0, criterion="magnitude", per_round=0.25, target=0.5)
    (result,) = lab.live([trial], epochs=1, n_train=60)
    assert result.trial.n_train == 60
    assert len(result.rounds) == 3
    assert lab.live_network(result.trial).n_weights == 386_120
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("_beside_figures")
def test_a_rerun_stands_beside_the_committed_number(
    monkeypatch: pytest.MonkeyPatch, shown: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    cells = lab.find(4, "mnist", target=0.1)
    stored = [lab.results()[cell.trial][0] for cell in cells]
    monkeypatch.setattr("minirelprune.lab.reruns.live", lambda trials, **changes: stored)
    found = lab.rerun(cells, fast=False, target=0.1)
    assert all(one.same and one.now == one.stored for one in found)
    assert f"{len(cells)} of {len(cells)} are the same" in capsys.readouterr().out
    assert f"{found[0].now:.2f}" in shown[0]


@pytest.mark.usefixtures("_beside_figures")
def test_a_fast_rerun_is_shown_and_not_compared(
    shown: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    (cell,) = lab.find(4, "synthetic", target=0.1, criterion="magnitude")
    (one,) = lab.rerun([cell], fast=True, target=0.1)
    assert (one.stored, one.same, one.result.trial.n_train) == (None, False, 3000)
    assert "not compared" in capsys.readouterr().out


def test_a_table_is_shown_as_markdown(shown: list[Any]) -> None:
    table = Table("A caption.", ["a"], [["1"]])
    lab.show(table, table)
    assert shown == [table.markdown()] * 2


@pytest.mark.usefixtures("_beside_figures")
def test_only_the_claims_asked_for_are_shown(shown: list[Any]) -> None:
    lab.show_claims("Table 1")
    every = lab.compute("claims").tables[0].rows
    assert shown[0].count("Table 1") == sum("Table 1" in row[0] for row in every) > 0
    assert "Table 2" not in shown[0]


@pytest.mark.usefixtures("_beside_figures")
@pytest.mark.parametrize(("number", "pages"), [(1, 1), (2, 1), (3, 3), (4, 1), (5, 2)])
def test_a_table_has_every_cell_and_marks_the_best_of_each_column(
    number: int, pages: int, shown: list[Any]
) -> None:
    lab.show_table(f"table{number}")
    caption = shown.pop()
    assert "Bold: the highest mean" in caption
    assert len(shown) == pages
    cells, html = lab.cells(number, "mnist"), "".join(page["text/html"] for page in shown)
    assert html.count("<td") == 3 * len(cells)
    for column in {cell.column for cell in cells}:
        means = {
            cell: lab.estimate([*lab.accuracies(cell).values()]).mean
            for cell in cells
            if cell.column == column and cell.published is not None
        }
        assert f"<b>{max(means.values()):.2f}</b>" in html
        assert all(f"<td>{cell.published:.2f}</td>" in html for cell in means)
    assert "".join(page["text/plain"] for page in shown).count("[") == sum(
        cell.published is not None for cell in cells
    )


def test_an_exercise_says_what_is_not_written_yet(capsys: pytest.CaptureFixture[str]) -> None:
    def importance(mean: Any, std: Any, **settings: float) -> Any:
        raise NotImplementedError

    lab.exercise(importance)
    assert capsys.readouterr().out.startswith("importance is not written yet")


def test_an_exercise_shows_the_smallest_counterexample(capsys: pytest.CaptureFixture[str]) -> None:
    def importance(mean: Any, std: Any, **settings: float) -> Any:
        return mean

    lab.exercise(importance)
    out = capsys.readouterr().out
    assert out.startswith("importance keeps 1 of the 3 laws")
    assert "beta=1.0" in out  # which is where the missing second term shows


def test_an_exercise_may_speak_of_other_names_which_are_the_packages_own() -> None:
    def blind_share(net: Any, x: Any, tolerance: float = 0.0) -> Any:
        return mr.blind_share(net, x, tolerance)

    report = lab.report_on(blind_share)
    assert report.ok
    assert all("blind_share" in one.law.needs for one in report.verdicts)


def test_an_exercise_must_have_a_law() -> None:
    def unheard_of() -> None:
        pass

    with pytest.raises(ValueError, match="a name that a law speaks of, got 'unheard_of'"):
        lab.exercise(unheard_of)


def test_an_exercise_is_held_to_laws_of_another_network_only_if_it_is_about_it() -> None:
    asked: dict[str, set[str]] = {}
    for network in ("MLP", "ConvNet"):
        verdicts = lab.report_on(mr.Wanda, network).verdicts
        asked[network] = {need for one in verdicts for need in one.law.needs}
    assert "ConvNet" not in asked["MLP"]
    assert asked["ConvNet"] >= asked["MLP"] | {"ConvNet"}
    assert "Transformer" not in asked["ConvNet"]
