"""`minirelprune prune --out`: nothing that is done is lost, and nothing that is there either."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_runs import bits, command, own, prune

from minirelprune import Pruned
from minirelprune.cli import main
from minirelprune.cli import prune as prune_command
from minirelprune.support import checkpoint

pytestmark = pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")

Err = pytest.CaptureFixture[str]


def stop_after(number: int, how: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """End the next run right after this round is saved."""
    usual = prune_command._print_round

    def stop(so_far: Pruned) -> None:
        usual(so_far)
        if so_far.rounds[-1].number == number:
            raise how

    monkeypatch.setattr(prune_command, "_print_round", stop)


@pytest.mark.parametrize("stop", [0, 1, 2])
@pytest.mark.parametrize(
    "more",
    [
        ["--criterion", "random"],
        ["--scoring-fraction", "0.3", "--beta", "0"],
        ["--criterion", "none"],
    ],
    ids=" ".join,
)
def test_a_run_that_ends_after_a_round_goes_on_to_the_same_bits(
    more: list[str], stop: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Err
) -> None:
    whole = bits(prune(tmp_path, *more))
    capsys.readouterr()
    with monkeypatch.context() as patch:
        stop_after(stop, SystemExit(143), patch)  # as SIGTERM may
        with pytest.raises(SystemExit):
            main(command(tmp_path, *more, "--force"))
    kept = Pruned.load(tmp_path / "p.npz")
    assert (kept.complete, len(kept.rounds)) == (False, stop + 1)
    first = capsys.readouterr().out.splitlines()
    assert bits(prune(tmp_path, *more, "--resume")) == whole
    second = capsys.readouterr().out.splitlines()
    assert f"p.npz: rounds 0 to {stop} are done already" in second[0]
    assert second[1 : stop + 3] == first[2:]  # the header and the rounds that are done
    assert [line.split()[0] for line in second[2:6]] == ["0", "1", "2", "3"]


def test_the_file_alone_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Err
) -> None:
    options = ("--criterion", "wanda", "--output-l1", "0.01", "--seed", "4", "--scope", "layer")
    whole = bits(prune(tmp_path, *options))
    with monkeypatch.context() as patch:
        stop_after(1, KeyboardInterrupt(), patch)
        assert main(command(tmp_path, *options, "--force")) == 130
    assert "p.npz, and --resume goes on from there" in capsys.readouterr().err
    monkeypatch.chdir("/")
    assert main(["prune", "--out", str(tmp_path / "p.npz"), "--resume"]) == 0
    assert bits(Pruned.load(tmp_path / "p.npz")) == whole


def test_a_finished_run_has_nothing_to_go_on_with(tmp_path: Path, capsys: Err) -> None:
    whole = bits(prune(tmp_path))
    capsys.readouterr()
    assert bits(prune(tmp_path, "--resume")) == whole
    assert "all rounds are done already" in capsys.readouterr().out


def test_data_that_moved_are_known_again(tmp_path: Path) -> None:
    whole = bits(prune(tmp_path))
    moved = tmp_path / "moved.npz"
    (tmp_path / "mine.npz").rename(moved)
    out = ["--out", str(tmp_path / "p.npz"), "--resume"]
    assert main(["prune", *out]) == 1
    assert main(["prune", *out, "--data", str(moved)]) == 0
    loaded = Pruned.load(tmp_path / "p.npz")
    assert bits(loaded) == whole


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--criterion", "wanda"], "--criterion must agree with {0} to go on: it is random there"),
        (["--target", "0.7"], "--target must agree with {0} to go on: it is 0.6 there, got 0.7"),
        (["--seed", "1"], "--seed must agree with {0} to go on: it is 0 there, got 1"),
        (["--layers", "8"], "--layers must agree with {0} to go on: it is [8, 6] there, got [8]"),
        (["--network", "a"], "--network must agree with {0} to go on: it is not set there, got a"),
        (["--data", "synthetic"], "synthetic has 784 inputs, and the network of {0} takes 12"),
        (["--data", "{1}"], "--data must agree with {0} to go on: it is {2} there, got other"),
    ],
)
def test_what_does_not_agree_with_the_file_is_named(
    more: list[str], message: str, tmp_path: Path, capsys: Err
) -> None:
    prune(tmp_path, "--criterion", "random")
    (tmp_path / "other").mkdir()
    paths = str(tmp_path / "p.npz"), own(tmp_path / "other", y_test=np.zeros(20, int))
    before = (tmp_path / "p.npz").read_bytes()
    line = ["prune", "--out", paths[0], "--resume", *(one.format(*paths) for one in more)]
    assert main(line) == 1
    said = message.format(*paths, tmp_path / "mine.npz")
    assert f"minirelprune: {said}" in capsys.readouterr().err
    assert (tmp_path / "p.npz").read_bytes() == before


def test_a_file_that_does_not_say_how_it_was_made_cannot_go_on(tmp_path: Path, capsys: Err) -> None:
    prune(tmp_path)
    arrays, description = checkpoint.read(tmp_path / "p.npz")
    checkpoint.write(tmp_path / "p.npz", arrays, {**description, "configuration": {}})
    assert main(["prune", "--out", str(tmp_path / "p.npz"), "--resume"]) == 1
    assert "p.npz cannot go on: it does not say its data, label" in capsys.readouterr().err


@pytest.fixture
def untrained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail if anything is trained."""
    monkeypatch.delattr(prune_command, "train")


def _folder(folder: Path) -> Path:
    (folder / "here.npz").mkdir()
    return folder / "here.npz"


def _under_a_file(folder: Path) -> Path:
    (folder / "file").touch()
    return folder / "file" / "p.npz"


def _there(folder: Path) -> Path:
    (folder / "there.npz").touch()
    return folder / "there.npz"


def _long(folder: Path) -> Path:
    return folder / ("p" * 240 + ".npz")


@pytest.mark.usefixtures("untrained")
@pytest.mark.parametrize(
    ("place", "more", "message"),
    [
        (_folder, [], "Is a directory: '{0}'"),
        (_under_a_file, [], "Not a directory: '{0}'"),
        (_long, [], "File name too long: '{0}'"),
        (_there, [], "--out {0} is there already: --force overwrites it, --resume goes on"),
        (_there, ["--resume"], "{0} is not a minirelprune file, or is damaged"),
        (lambda folder: folder / "no.npz", ["--resume"], "No such file or directory: '{0}'"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX errors")
def test_an_out_that_cannot_be_written_is_named_before_anything_is_trained(
    place: Callable[[Path], Path], more: list[str], message: str, tmp_path: Path, capsys: Err
) -> None:
    path = place(tmp_path)
    data = own(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert main(["prune", "--data", data, "--out", str(path), *more]) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert message.format(path) in line
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.usefixtures("untrained")
def test_a_folder_that_may_not_be_written_to_is_named(as_a_user: Path, capsys: Err) -> None:
    data = own(as_a_user)
    as_a_user.chmod(0o500)
    assert main(["prune", "--data", data, "--out", str(as_a_user / "p.npz")]) == 1
    assert f"Permission denied: '{as_a_user / 'p.npz'}'" in capsys.readouterr().err
    as_a_user.chmod(0o700)


@pytest.mark.parametrize("option", ["--resume", "--force"])
def test_an_option_about_a_file_needs_one(option: str, capsys: Err) -> None:
    assert main(["prune", option]) == 1
    assert f"{option} is about a file, and needs --out FILE.npz" in capsys.readouterr().err


def test_force_overwrites(tmp_path: Path) -> None:
    prune(tmp_path)
    assert prune(tmp_path, "--force", "--seed", "3").configuration["seed"] == 3


def test_a_full_disk_in_a_later_round_leaves_the_rounds_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Err
) -> None:
    whole, usual, saved = bits(prune(tmp_path)), np.savez_compressed, []

    def full(path: Path, **arrays: Any) -> None:
        saved.append(path)
        if len(saved) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        usual(path, **arrays)

    with monkeypatch.context() as patch:
        patch.setattr(np, "savez_compressed", full)
        assert main(command(tmp_path, "--force")) == 1
    assert f"No space left on device: '{tmp_path / 'p.npz'}'" in capsys.readouterr().err
    assert len(Pruned.load(tmp_path / "p.npz").rounds) == 2
    assert bits(prune(tmp_path, "--resume")) == whole


KILLED = """
import os, signal, sys
from minirelprune.cli import main, prune
usual = prune._print_round

def print_round(so_far):
    usual(so_far)
    if len(so_far.rounds) == 3:
        os.kill(os.getpid(), signal.SIGKILL)

prune._print_round = print_round
main(sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_kill_leaves_the_rounds_before_it(tmp_path: Path) -> None:
    whole = bits(prune(tmp_path))
    program = [sys.executable, "-c", KILLED, *command(tmp_path, "--force")]
    killed = subprocess.run(program, check=False, capture_output=True, env=dict(os.environ))
    assert killed.returncode == -signal.SIGKILL
    assert len(Pruned.load(tmp_path / "p.npz").rounds) == 3
    assert bits(prune(tmp_path, "--resume")) == whole


@pytest.mark.parametrize("number", [2, 3])
def test_a_stop_while_a_round_is_saved_keeps_that_round(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, usual, saved = bits(prune(tmp_path)), np.savez_compressed, []

    def stopped(path: Path, **arrays: Any) -> None:
        saved.append(path)
        if len(saved) == number + 1:
            raise KeyboardInterrupt
        usual(path, **arrays)

    with monkeypatch.context() as patch:
        patch.setattr(np, "savez_compressed", stopped)
        assert main(command(tmp_path, "--force")) == (0 if number == 3 else 130)
    assert len(Pruned.load(tmp_path / "p.npz").rounds) == number + 1
    assert bits(prune(tmp_path, "--resume")) == whole


def test_a_stop_without_a_file_promises_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Err
) -> None:
    stop_after(1, KeyboardInterrupt(), monkeypatch)
    line = command(tmp_path)
    assert main([*line[: line.index("--out")]]) == 130
    assert capsys.readouterr().err.splitlines()[-1] == "minirelprune: stopped"
