from collections.abc import Iterator
from pathlib import Path

import pytest

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


def test_every_name_it_promises_is_there() -> None:
    assert [name for name in lab.__all__ if not hasattr(lab, name)] == []


def test_a_fast_run_takes_fewer_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MINIRELPRUNE_FAST", "1")
    monkeypatch.setattr(lab, "load_dataset", lambda **given: load_dataset("synthetic", **given))
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


def test_committed_results_make_the_exhibits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "notebooks")
    contents = lab.compute("table4")
    written = (ROOT / "figures" / "table4.md").read_text("utf-8")
    assert contents.tables[0].markdown() in written
    (cell,) = lab.find(4, "mnist", criterion="wanda", target=0.75)
    assert len(lab.rounds_of(cell, lab.results())) == 5


def test_without_committed_results_there_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert lab.results() == {}


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


def test_a_table_is_shown_as_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    display = pytest.importorskip("IPython.display", reason="not installed")
    shown = []
    monkeypatch.setattr(display, "display", lambda one: shown.append(one.data))
    table = Table("A caption.", ["a"], [["1"]])
    lab.show(table, table)
    assert shown == [table.markdown()] * 2
