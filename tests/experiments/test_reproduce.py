import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from made_up import finished

from minirelprune import Dataset, load_dataset
from minirelprune.experiments.exhibit import Alone, Exhibit, OfNetworks, OfTrials, Setting
from minirelprune.experiments.outputs import Contents, Table
from minirelprune.experiments.registry import EXHIBITS, trials_for
from minirelprune.experiments.report import report
from minirelprune.experiments.reproduce import check_request, dry_run, reproduce
from minirelprune.experiments.trials import networks
from minirelprune.experiments.trials.store import Store

pytestmark = pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")
VIEWS = [name for name, one in EXHIBITS.items() if isinstance(one, OfTrials)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Dataset:
    data = load_dataset("synthetic", n_train=100, n_test=50)
    monkeypatch.setattr(networks, "dataset", lambda *_: data)
    return data


@pytest.mark.usefixtures("small")
def test_reproduce_prints_the_table_and_writes_its_files(tmp_path: Path) -> None:
    for _ in range(2):
        said: list[str] = []
        reproduce("table4", "synthetic", seeds=[0], out=tmp_path, say=said.append, progress=False)
    assert "6 of 6 trials are in" in said[0]
    out = tmp_path / "synthetic"  # what is not of MNIST has a folder of its own
    table = (out / "table4.md").read_text()
    assert all(part.strip() in table for part in said[1:-1])
    assert "**synthetic**, not MNIST as in the paper" in table
    assert (out / "table4.csv").read_text().startswith("table,row,column,data")
    picture = (out / "table4.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    reproduce("table4", "synthetic", seeds=[0], out=tmp_path, say=said.append, progress=False)
    assert (out / "table4.png").read_bytes() == picture


@pytest.mark.usefixtures("small")
def test_fresh_runs_trials_and_networks_again(tmp_path: Path) -> None:
    said: list[str] = []
    settings = {"seeds": [0], "out": tmp_path, "say": said.append, "progress": False}
    for _ in range(2):
        reproduce("dense", "synthetic", fresh=True, **settings)
    assert sum(line.startswith("synthetic seed 0, relu") for line in said) == 2
    assert len(Store(tmp_path / "trials.jsonl").results) == 4


def filled(path: Path, seeds: int, order: int, data: str = "mnist") -> Store:
    """A store of all trials on one data set, made up, finished in one order or the other."""
    store = Store(path)
    mine = [trial for trial in trials_for("all", data, range(seeds)) if trial.data == data]
    for result in finished(mine[::order], lambda trial, k: 98.0 + trial.seed / 10 - k / 20):
        store.results[result.trial] = result
    return store


def test_a_report_of_everything_is_the_same_bytes_whatever_the_order(tmp_path: Path) -> None:
    for order in (1, -1):
        out = tmp_path / str(order)
        names, lacking = report(filled(tmp_path / "none", 2, order), out)
        across = {name for name in VIEWS if EXHIBITS[name].across}
        assert {line.split()[2] for line in lacking if "(mnist)" in line} == across
        assert {*VIEWS} <= {Path(name).stem for name in names}
    for name in names:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "-1" / name).read_bytes()


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], Path]:
    """What a report of everything on MNIST wrote, and where."""
    out = tmp_path_factory.mktemp("reported")
    names, _ = report(filled(out / "none", 1, 1), out)
    return names, out


def test_a_view_of_trials_makes_what_it_says(reported: tuple[list[str], Path]) -> None:
    names, _ = reported
    endings = {"table": ".md", "CSV": ".csv", "picture": ".png"}
    said = {f"{name}{endings[kind]}" for name in VIEWS for kind in EXHIBITS[name].makes}
    parts = {"claims_random.csv", "readings_lead.csv", "table4_rounds.csv"}
    parts |= {"lenet_layers.csv", "transformer_layers.csv"}
    of_mnist = {name for name in names if "/" not in name}
    assert of_mnist == said | parts | {"results.csv"}


def test_results_count_layers_from_0(reported: tuple[list[str], Path]) -> None:
    _, out = reported
    for file, name in (("results", "sparsity"), ("lambda_sweep", "blind_share")):
        header = (out / f"{file}.csv").read_text().splitlines()[0].split(",")
        layers = [one.removeprefix(f"{name}_") for one in header if one.startswith(f"{name}_")]
        assert layers == [str(l) for l in range(len(layers))]
        assert len(layers) >= 2


def test_all_is_the_report_and_each_exhibit_that_is_no_view_of_trials(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: dict[str, Sequence[int]] = {}

    def contents(self: Exhibit, setting: Setting, results: object) -> Contents:
        made[self.name] = setting.seeds
        return Contents([Table("A caption.", ["a"], [["1"]])])

    for kind in (Alone, OfNetworks):
        monkeypatch.setattr(kind, "contents", contents)
    said: list[str] = []
    made_up = filled(tmp_path / "none", 2, 1, data="synthetic").results
    monkeypatch.setattr(Store, "refresh", lambda self: self.results.update(made_up))
    reproduce("all", "synthetic", seeds=[0, 1], out=tmp_path, say=said.append, progress=False)
    others = [name for name in EXHIBITS if name not in VIEWS]
    assert list(made) == others
    assert {name: len(seeds) for name, seeds in made.items()} == {
        name: 2 if EXHIBITS[name].means else 1 for name in others
    }
    assert f"{len(made_up)} of {len(made_up)} trials are in" in said[0]
    written = said[-1].removeprefix(f"written to {tmp_path}: ").split(", ")
    assert {f"{name}.md" for name in others} <= {Path(name).name for name in written}
    assert "synthetic/results.csv" in written
    about_mnist = {"agreement"}
    assert {Path(name).stem for name in written} >= {*EXHIBITS} - about_mnist
    assert all((tmp_path / name).exists() for name in written)


KILLED = """
import os, signal, sys
from pathlib import Path
from matplotlib.figure import Figure
from minirelprune.experiments.reproduce import reproduce

def half(self, path, **_):
    Path(path).write_bytes(b"half a picture")
    os.kill(os.getpid(), signal.SIGKILL)

Figure.savefig = half
reproduce("fig2", None, seeds=[0], out=Path(sys.argv[1]), progress=False)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_killed_figure_leaves_the_old_one_and_is_drawn_again(tmp_path: Path) -> None:
    (tmp_path / "fig2.png").write_bytes(b"old")
    ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert (tmp_path / "fig2.png").read_bytes() == b"old"
    reproduce("fig2", None, seeds=[0], out=tmp_path, say=lambda _: None, progress=False)
    assert (tmp_path / "fig2.png").read_bytes().startswith(b"\x89PNG")


def test_a_home_that_cannot_be_written_to_is_no_reason_to_crash(tmp_path: Path) -> None:
    home = {"HOME": os.devnull, "XDG_CACHE_HOME": f"{os.devnull}/a", "MPLCONFIGDIR": os.devnull}
    run = [sys.executable, "-m", "minirelprune", "reproduce", "fig2", "--out", str(tmp_path)]
    ended = subprocess.run(run, env={**os.environ, **home}, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "fig2.png").read_bytes().startswith(b"\x89PNG")


def test_a_plan_counts_what_is_missing(tmp_path: Path) -> None:
    lines = dry_run("all", "mnist", range(5), tmp_path, 2)
    n, others = len(trials_for("all", "mnist", range(5))), len(EXHIBITS) - len(VIEWS)
    assert len(lines) == others + n + 1
    assert all("computed anew each time" in line for line in lines[:others])
    assert lines[-1].startswith(f"{n} trials to run and 0 done; about ")
    assert lines[-1].endswith(" min with 2 at a time")
    (line,) = dry_run("fig2", None, [0], tmp_path, 2)
    assert line.endswith("fig2, computed anew each time")


@pytest.mark.parametrize(
    ("name", "data"),
    [("table4", "cifar-10"), ("clt", "cifar-10"), ("lenet", "sklearn-digits"), ("all", "cifar-10")],
)
def test_an_exhibit_refuses_data_that_it_cannot_be_made_of(name: str, data: str) -> None:
    with pytest.raises(ValueError, match=rf"^data must be one of .*mnist.* got '{data}'$"):
        check_request(name, data, [0])


def test_images_in_colour_are_for_networks_that_read_images() -> None:
    for name in ("lenet", "transformer"):
        check_request(name, "cifar-10", [0])
        assert trials_for(name, "cifar-10", [0])
    assert not trials_for("lenet", "sklearn-digits", [0])
    assert not [t for t in trials_for("all", "sklearn-digits", [0]) if t.architecture != "mlp"]
