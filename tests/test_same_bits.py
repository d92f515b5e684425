"""The same seed gives the same bits, whatever the state of the process that computes them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Trains, prunes by every criterion, and asks the theory; prints a digest of all numbers.
SCRIPT = """
import hashlib, sys, tempfile
import numpy as np
import minirelprune as mr
from minirelprune.pruning.catalogue import CRITERIA
seed = 1
exec(sys.argv[1])

digest = hashlib.sha256()
data = mr.load_dataset("synthetic", n_train=150, n_test=50)
x, y = data.x_train, data.y_train
for name in ("relu", "tanh"):
    rng = np.random.default_rng(seed)
    net = mr.MLP((784, 12, 10), name, rng=rng)
    training = mr.Training(2, 1e-3, output_l1=1e-4)
    digest.update(np.array(mr.train(net, x, y, training, rng=rng)).tobytes())
    for criterion in CRITERIA.values():
        settings = {"target": 0.5, "per_round": 0.25, "rng": rng, "progress": False}
        pruned = mr.prune(net, x, y, criterion=criterion(), **settings)
        with tempfile.TemporaryDirectory() as folder:
            pruned.save(f"{folder}/pruned.npz")
            net_again = mr.Pruned.load(f"{folder}/pruned.npz").net
        for parameter in net_again.parameters:
            digest.update(parameter.tobytes())
    a, W, b = net.forward(x)[1].x, net.weights[1], net.biases[1]
    c = mr.contributions(a, W, b, "identity")
    for row in mr.clt_check(c, [1, 5]):
        digest.update(row.skewness.tobytes())
    digest.update(mr.tail_index(c, 5).estimate.tobytes())
print(digest.hexdigest())
"""
STATES = {
    "error settings": ("np.seterr(all='raise')", {}),
    "warnings as errors": ("import warnings; warnings.simplefilter('error')", {}),
    "the global seed": ("np.random.seed(7); import random; random.seed(7)", {}),
    "printing": ("np.set_printoptions(precision=1, legacy='1.13')", {}),
    "a locale": ("import locale; locale.setlocale(locale.LC_ALL, '')", {"LC_ALL": "C.UTF-8"}),
    "an encoding": ("", {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}),
    "the seed of hashes": ("", {"PYTHONHASHSEED": "5"}),
    "a time zone": ("", {"TZ": "Pacific/Apia"}),
    "flush to zero": ("import torch; torch.set_flush_denormal(True)", {}),
}


def digest(tmp_path: Path, before: str = "", variables: dict[str, str] | None = None) -> str:
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"} | (variables or {})
    command = [sys.executable, "-c", SCRIPT, before]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> str:
    return digest(tmp_path_factory.mktemp("plain"))


@pytest.mark.parametrize("state", STATES)
def test_the_bits_do_not_depend_on(state: str, plain: str, tmp_path: Path) -> None:
    if state == "flush to zero":
        pytest.importorskip("torch", reason="not installed")
    assert digest(tmp_path, *STATES[state]) == plain


def test_the_bits_depend_on_the_seed(plain: str, tmp_path: Path) -> None:
    assert digest(tmp_path, "seed = 2") != plain
