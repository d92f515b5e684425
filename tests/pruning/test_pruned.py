"""The file of a pruned network: what is read is what was written, and nothing else is believed."""

import errno
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from minirelprune import MLP, Magnitude, Pruned, Round, prune
from minirelprune.pruning.pruned import load_network
from minirelprune.pruning.rounds import record
from minirelprune.support import checkpoint


@pytest.fixture(scope="module")
def result() -> Pruned:
    rng = np.random.default_rng(0)
    net, x, y = MLP((4, 6, 3), rng=rng), rng.random((20, 4)), rng.integers(0, 3, 20)
    settings = {"target": 0.5, "per_round": 0.25, "rng": rng, "progress": False}
    pruned = prune(net, x, y, criterion=Magnitude(), **settings)
    return replace(pruned, configuration={"criterion": "magnitude"})


@pytest.fixture
def saved(result: Pruned, tmp_path: Path) -> Path:
    result.save(tmp_path / "p.npz")
    return tmp_path / "p.npz"


def same(one: Pruned, other: Pruned) -> bool:
    """Equal to the last bit."""
    arrays = [(array.dtype, array.tobytes()) for array in one.net.parameters + one.masks]
    others = [(array.dtype, array.tobytes()) for array in other.net.parameters + other.masks]
    return (arrays, one.rounds, one.complete, one.configuration) == (
        others,
        other.rounds,
        other.complete,
        other.configuration,
    )


def first_round(**changes: object) -> Callable[[dict, dict], None]:
    return lambda arrays, description: description["rounds"][0].update(changes)


def last_round(**changes: object) -> Callable[[dict, dict], None]:
    return lambda arrays, description: description["rounds"][-1].update(changes)


def said(**changes: object) -> Callable[[dict, dict], None]:
    return lambda arrays, description: description.update(changes)


def mask0(change: Callable[[np.ndarray], np.ndarray]) -> Callable[[dict, dict], None]:
    return lambda arrays, description: arrays.update(mask0=change(arrays["mask0"]))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (mask0(lambda m: m.T.copy()), r"mask0 must have shape \(4, 6\), got \(6, 4\)"),
        (mask0(lambda m: m.astype(float)), "mask0 must be boolean, got .* float64"),
        (mask0(np.zeros_like), r"W0 must be 0 where mask0 is False, got -?0\.\d+ at \(\d, \d\)"),
        (mask0(np.ones_like), r"the last of rounds must have pruned \d+, got 21"),
        (lambda a, d: a.pop("mask1"), "it must have mask0, mask1, got mask0$"),
        (
            lambda a, d: a.update(mask2=a["mask1"]),
            "it must have mask0, mask1, got mask0, mask1, mask2$",
        ),
        (said(complete="false"), "complete must be true or false, got 'false'"),
        (said(complete=1), "complete must be true or false, got 1"),
        (said(configuration=["magnitude"]), r"configuration must be a dict, got \['magnitude'\]"),
        (said(configuration=None), "configuration must be a dict, got None"),
        (said(rounds={}), r"rounds must be a list, got \{\}"),
        (said(rounds=None), "rounds must be a list, got None"),
        (said(rounds=[3]), r"rounds\[0\] must have accuracy_pruned, .*, got 3"),
        (lambda a, d: d["rounds"][1].pop("pruned"), r"rounds\[1\] must have .*pruned, .*, got"),
        (first_round(extra=1), r"rounds\[0\] must have accuracy_pruned, .*, got"),
        (first_round(number="0"), r"rounds\[0\]: number must be a whole number >= 0, got '0'"),
        (first_round(pruned=1.5), r"rounds\[0\]: pruned must be a whole number >= 0, got 1.5"),
        (first_round(sparsity=2), r"rounds\[0\]: sparsity must be in \[0, 1\], got 2"),
        (first_round(number=1), r"rounds\[0\] must have the number 0, got 1"),
        (last_round(sparsity=0.25), r"the last of rounds must have sparsity 0.5, got 0.25"),
        (last_round(layer_sparsity=[1, 1]), r"the last of rounds must have layer_sparsity \(0\."),
        (first_round(layer_sparsity=0.5), r"rounds\[0\]: layer_sparsity must be a tuple, got 0.5"),
        (first_round(layer_sparsity=[0.5]), r"rounds\[0\] must have 2 layers, got 1"),
        (first_round(layer_sparsity=["a", 0]), r"rounds\[0\]: layer_sparsity must be in \[0, 1\]"),
        (first_round(accuracy_tuned=None), r"accuracy_tuned must be in \[0, 100\], got None"),
        (first_round(accuracy_pruned=float("nan")), r"accuracy_pruned must be in \[0, 100\]"),
        (first_round(seconds_scoring=-1), ": seconds_scoring must be a finite number >= 0, got -1"),
        (first_round(seconds_tuning=-1), ": seconds_tuning must be a finite number >= 0, got -1"),
    ],
)
def test_a_file_with_a_valid_fingerprint_is_not_believed_for_it(
    change: Callable[[dict, dict], object], message: str, saved: Path
) -> None:
    arrays, description = checkpoint.read(saved)
    change(arrays, description)
    checkpoint.write(saved, arrays, description)
    with pytest.raises(ValueError, match=rf"p\.npz does not hold a pruned network: .*{message}"):
        Pruned.load(saved)


def test_what_load_would_refuse_is_not_saved(result: Pruned, saved: Path) -> None:
    before = saved.read_bytes()
    net = result.net.copy()
    net.weights[0][~result.masks[0]] = 1e-9
    with pytest.raises(ValueError, match=r"the result to save .* W0 must be 0 where mask0"):
        replace(result, net=net).save(saved)
    with pytest.raises(ValueError, match="description must be what JSON can hold"):
        replace(result, configuration={"masks": result.masks}).save(saved)
    assert saved.read_bytes() == before


def test_a_round_is_checked_when_it_is_made() -> None:
    with pytest.raises(ValueError, match=r"sparsity must be in \[0, 1\], got -1"):
        Round(0, 0, -1, (0.0,), 10.0, 10.0)
    with pytest.raises(ValueError, match=r"layer_sparsity must be a tuple, got 0.0"):
        Round(0, 0, 0.0, 0.0, 10.0, 10.0)


def test_a_record_keeps_what_was_measured_before_and_after() -> None:
    mask = np.array([[True, False, True, True]])
    expected = Round(2, 1, 1 / 6, (0.25, 0.0), 10.0, 20.0, 3.0, 4.0)
    assert record(2, [mask, np.ones((1, 2), bool)], (10.0, 20.0), (3.0, 4.0)) == expected


def test_a_full_disk_leaves_the_old_file_and_no_other(
    result: Pruned, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = saved.read_bytes()

    def half(path: Path, **arrays: np.ndarray) -> None:
        path.write_bytes(b"PK half of a file")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", half)
    with pytest.raises(OSError, match=r"No space left on device: .*p\.npz"):
        replace(result, configuration={}).save(saved)
    assert [path.read_bytes() for path in saved.parent.iterdir()] == [before]


def test_a_thousand_flipped_bytes_are_refused_or_harmless(result: Pruned, saved: Path) -> None:
    raw, rng = saved.read_bytes(), np.random.default_rng(0)
    refusals: list[str] = []
    for _ in range(1000):
        flipped = bytearray(raw)
        flipped[rng.integers(len(raw))] ^= int(rng.integers(1, 256))
        saved.write_bytes(flipped)
        try:
            back = Pruned.load(saved)
        except ValueError as error:
            refusals.append(str(error))
        else:
            assert same(back, result)
    assert len(refusals) > 500
    assert all("p.npz" in refusal for refusal in refusals)


def test_a_file_gives_its_network_with_its_masks(result: Pruned, tmp_path: Path) -> None:
    result.save(tmp_path / "pruned.npz")
    net, masks = load_network(tmp_path / "pruned.npz")
    assert masks is not None
    assert same(replace(result, net=net, masks=masks), result)
    result.net.save(tmp_path / "dense.npz")
    net, masks = load_network(tmp_path / "dense.npz")
    assert masks is None
    assert (net.weights[0] == result.net.weights[0]).all()


@pytest.mark.parametrize("name", ["mask0", "W0"])
def test_a_network_that_cannot_be_loaded_is_named_by_its_path(name: str, saved: Path) -> None:
    arrays, description = checkpoint.read(saved)
    arrays = {key: array for key, array in arrays.items() if key != name}
    if name == "W0":  # of a network without masks
        arrays = {key: array for key, array in arrays.items() if not key.startswith("mask")}
    checkpoint.write(saved, arrays, description)
    for load in (load_network, *([Pruned.load] if name == "mask0" else [MLP.load])):
        with pytest.raises(ValueError, match=r"p\.npz does not hold a (pruned )?network: "):
            load(saved)


def test_a_pruned_file_without_a_network_is_named_by_its_path(saved: Path) -> None:
    arrays, description = checkpoint.read(saved)
    del arrays["W0"]
    checkpoint.write(saved, arrays, description)
    with pytest.raises(ValueError, match=r"p\.npz does not hold a network: 2 layers must"):
        Pruned.load(saved)


def test_the_one_weight_that_was_revived_is_named(result: Pruned) -> None:
    net = result.net.copy()
    where = tuple(np.argwhere(~result.masks[1])[-1].tolist())
    net.weights[1][where] = 0.5
    arrays, description = replace(result, net=net).net.state()
    arrays |= {f"mask{l}": mask for l, mask in enumerate(result.masks)}
    message = f"W1 must be 0 where mask1 is False, got 0.5 at {re.escape(str(where))}$"
    with pytest.raises(ValueError, match=message):
        Pruned.from_state("p.npz", arrays, description)


KILLED = """
import os, signal, sys
import numpy as np
from minirelprune import Pruned

def half(path, **arrays):
    with open(path, "wb") as file:
        file.write(b"PK half of a file")
        file.flush()
        os.kill(os.getpid(), signal.SIGKILL)

result = Pruned.load(sys.argv[1])
np.savez_compressed = half
result.save(sys.argv[2])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("name", ["p.npz", "new.npz"])
def test_a_kill_while_saving_leaves_no_half_file(name: str, result: Pruned, saved: Path) -> None:
    run = [sys.executable, "-c", KILLED, str(saved), str(saved.parent / name)]
    assert subprocess.run(run, check=False).returncode == -signal.SIGKILL
    assert [path.name for path in saved.parent.glob("[!.]*")] == ["p.npz"]
    assert same(Pruned.load(saved), result)
    result.save(saved.parent / name)
    assert same(Pruned.load(saved.parent / name), result)
