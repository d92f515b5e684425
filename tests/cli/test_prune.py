"""`minirelprune prune --network` goes on with a network that is pruned already."""

from pathlib import Path

import numpy as np
import pytest

from minirelprune import MLP, Dataset, Pruned, load_dataset
from minirelprune.cli import main
from minirelprune.support import checkpoint

pytestmark = pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")

N_WEIGHTS = 386_120
PRUNE = ["prune", "--criterion", "magnitude", "--per-round", "0.1"]


@pytest.fixture(autouse=True)
def _small_data(monkeypatch: pytest.MonkeyPatch) -> None:
    def small(name: str) -> Dataset:
        return load_dataset("synthetic", n_train=100, n_test=50)

    monkeypatch.setattr("minirelprune.cli.datasets.load_dataset", small)


@pytest.fixture
def pruned(tmp_path: Path) -> Path:
    path = tmp_path / "p.npz"
    MLP((784, 392, 196, 10), rng=np.random.default_rng(0)).save(tmp_path / "dense.npz")
    dense = ["--network", str(tmp_path / "dense.npz")]
    assert main([*PRUNE, *dense, "--target", "0.2", "--out", str(path)]) == 0
    return path


def test_a_pruned_network_is_pruned_further(
    pruned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = pruned.parent / "further.npz"
    capsys.readouterr()
    assert main([*PRUNE, "--network", str(pruned), "--target", "0.4", "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert "77,224 of 386,120 weights are pruned already" in said.out
    assert said.err == ""
    first, further = Pruned.load(pruned), Pruned.load(out)
    assert [one.pruned for one in further.rounds] == [77_224, 115_836, 154_448]
    assert further.rounds[0].layer_sparsity == first.rounds[-1].layer_sparsity
    for before, after in zip(first.masks, further.masks, strict=True):
        assert not (after & ~before).any()


def test_a_target_that_is_reached_exits_with_1_and_says_so(
    pruned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*PRUNE, "--network", str(pruned), "--target", "0.2"]) == 1
    assert "target must be above 0.2, the share that masks take out" in capsys.readouterr().err


def test_masks_that_do_not_fit_are_not_taken_for_a_dense_network(
    pruned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arrays, description = checkpoint.read(pruned)
    checkpoint.write(pruned, {**arrays, "mask1": arrays["mask0"]}, description)
    assert main([*PRUNE, "--network", str(pruned), "--target", "0.4"]) == 1
    assert "p.npz does not hold a pruned network: mask1 must have shape" in capsys.readouterr().err
