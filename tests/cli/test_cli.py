import subprocess
import sys
from pathlib import Path

import pytest

from minirelprune import MLP, Dataset, Pruned, __version__, load_dataset
from minirelprune.cli import main
from minirelprune.experiments.registry import EXHIBITS
from minirelprune.experiments.trials import networks

pytestmark = pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")


@pytest.fixture
def _small_data(monkeypatch: pytest.MonkeyPatch) -> None:
    def small(name: str) -> Dataset:
        return load_dataset("synthetic", n_train=100, n_test=50)

    monkeypatch.setattr("minirelprune.cli.datasets.load_dataset", small)
    monkeypatch.setattr("minirelprune.cli.reproduce.load_dataset", small)
    monkeypatch.setattr(networks, "dataset", lambda *_: small("auto"))


DENSE = ["reproduce", "dense", "--workers", "1"]
AGAIN = ["prune", "--criterion", "magnitude", "--target", "0.2"]
PRUNE = [*AGAIN, "--epochs", "1"]


@pytest.mark.usefixtures("_small_data")
def test_prune_prints_every_round_and_saves_the_network(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*PRUNE, "--per-round", "0.1", "--out", str(tmp_path / "p.npz")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("synthetic: 784-392-196-10 relu")
    assert [line.split()[0] for line in lines[3:6]] == ["0", "1", "2"]
    saved = Pruned.load(tmp_path / "p.npz")
    assert saved.rounds[-1].pruned == round(0.2 * 386_120)
    assert saved.configuration["criterion"] == "magnitude"
    assert saved.configuration["data"] == "synthetic"


@pytest.mark.usefixtures("_small_data")
def test_prune_takes_a_saved_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([*PRUNE, "--out", str(tmp_path / "p.npz")])
    network = ["--network", str(tmp_path / "p.npz"), "--target", "0.3", "--criterion", "none"]
    assert main([*AGAIN, *network]) == 0
    assert MLP.load(tmp_path / "p.npz").n_weights == 386_120


@pytest.mark.usefixtures("_small_data")
def test_ctrl_c_saves_the_last_whole_round_and_exits_with_130(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(result: Pruned) -> None:
        if len(result.rounds) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("minirelprune.cli.prune._print_round", stop)
    assert main([*PRUNE, "--out", str(tmp_path / "p.npz")]) == 130
    assert "the last whole round is kept" in capsys.readouterr().err
    saved = Pruned.load(tmp_path / "p.npz")
    assert len(saved.rounds) == 2
    assert not saved.complete


@pytest.mark.usefixtures("_small_data")
def test_reproduce_dense_writes_its_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*DENSE, "--out", str(tmp_path)]) == 0
    assert "| sigmoid" in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == {"synthetic", "trials.jsonl", "networks"}
    files = {path.name for path in (tmp_path / "synthetic").iterdir()}
    assert files == {"dense.md", "dense.csv"}


@pytest.mark.usefixtures("_small_data")
def test_a_dry_run_says_what_is_missing_and_runs_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*DENSE, "--out", str(tmp_path), "--dry-run"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert "synthetic seed 0, sigmoid" in lines[2]
    assert lines[-1].startswith("4 trials to run and 0 done; about ")
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("_small_data")
def test_report_writes_what_it_can_and_says_what_it_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([*DENSE, "--out", str(tmp_path)])
    place = tmp_path / "synthetic"
    first = {path.name: path.read_bytes() for path in place.glob("dense.*")}
    capsys.readouterr()
    assert main(["report", "--out", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    written = out.splitlines()[0].partition(": ")[2].split(", ")
    made = ("dense.md", "dense.csv", "results.csv")
    assert written == [f"synthetic/{name}" for name in made]
    assert "\nleft out, table4 (synthetic): 5 of 6 trials have no seed yet" in out
    assert "\nleft out, claims (synthetic): " in out
    assert {path.name: path.read_bytes() for path in place.glob("dense.*")} == first
    assert main(["report", "--out", str(tmp_path / "empty")]) == 1
    assert "store must have trials, got none in" in capsys.readouterr().err


def test_a_figure_without_data_asks_for_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delattr("minirelprune.cli.reproduce.load_dataset")
    assert main(["reproduce", "fig2", "--out", str(tmp_path)]) == 0
    assert "fig2.csv, fig2.png" in capsys.readouterr().out
    assert main(["reproduce", "fig2", "--out", str(tmp_path), "--seeds", "3"]) == 1
    assert "seeds must be one for fig2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["prune", "--target", "1.5"], r"--target: the value must be in (0, 1), got 1.5"),
        (["prune", "--per-round", "x"], "--per-round: could not convert string to float: 'x'"),
        (["prune", "--out", "p.txt"], "--out: the ending must be one of '.npz', got '.txt'"),
        (["prune", "--scoring-fraction", "0"], "the value must be in (0, 1], got 0.0"),
        (["prune", "--criterion", "best"], "invalid choice: 'best'"),
        (["reproduce", "table9"], "invalid choice: 'table9'"),
        (["reproduce", "table4", "--seeds", "0"], "must be a whole number >= 1, got 0"),
        (["reproduce", "all", "--workers", "2", "--dask", "x"], "not allowed with argument"),
        ([], "the following arguments are required: command"),
    ],
)
def test_a_wrong_command_line_exits_with_2_and_says_why(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.usefixtures("_small_data")
def test_what_cannot_be_done_exits_with_1_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prune", "--network", str(tmp_path / "none.npz")]) == 1
    assert "none.npz" in capsys.readouterr().err
    (tmp_path / "trials.jsonl").write_text("nonsense\n")
    assert main(["reproduce", "dense", "--out", str(tmp_path)]) == 1
    assert "trials.jsonl, line 1, is not a result" in capsys.readouterr().err


def test_data_shows_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MINIRELPRUNE_DATA", raising=False)
    monkeypatch.setattr("pooch.os_cache", lambda name: tmp_path)
    assert main(["data"]) == 1
    out = capsys.readouterr().out
    assert out.count("missing") == 8
    assert "synthetic" in out


def test_the_module_runs_as_a_program() -> None:
    run = [sys.executable, "-m", "minirelprune", "--version"]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == (
        f"{__version__}\n"
    )


def test_list_prints_every_exhibit_with_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1 : len(EXHIBITS) + 1]] == list(EXHIBITS)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["fig2", "--data", "synthetic"], "data must be None for fig2, which needs none"),
        (["fig2", "--workers", "2"], "--workers is for trials, and fig2 needs none"),
        (["tails", "--fresh"], "--fresh is for trials, and tails needs none"),
        (["pixels", "--dask", "x:1"], "--dask is for trials, and pixels needs none"),
    ],
)
@pytest.mark.usefixtures("_small_data")
def test_an_option_that_would_do_nothing_is_refused(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reproduce", *arguments, "--out", str(tmp_path / "new")]) == 1
    assert message in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("option", [["--activation", "tanh"], ["--epochs", "3"]])
@pytest.mark.usefixtures("_small_data")
def test_a_saved_network_is_not_trained_again(
    option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["prune", "--network", "p.npz", *option]) == 1
    assert f"{option[0]} is for training, and --network names" in capsys.readouterr().err
