"""Scoring by criterion, one round of Alg. 1, drawing the synthetic digits; and memory."""

import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from minirelprune import (
    MLP,
    Dataset,
    Magnitude,
    Random,
    RelativeContribution,
    Wanda,
    load_dataset,
    prune,
)

pytestmark = pytest.mark.benchmark
CRITERIA = [Random(), Magnitude(), Wanda(), RelativeContribution()]


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda c: type(c).__name__)
def test_scoring(benchmark, data: Dataset, trained: dict[str, MLP], criterion) -> None:
    benchmark.group = "scoring all weights on all training data, ReLU"
    net, rng = trained["relu"], np.random.default_rng(0)
    masks = [np.ones(W.shape, bool) for W in net.weights]
    benchmark.pedantic(
        criterion.scores,
        (net, data.x_train),
        {"rng": rng, "masks": masks},
        warmup_rounds=1,
        rounds=3,
    )


def test_prune_end_to_end(benchmark, data: Dataset, trained: dict[str, MLP]) -> None:
    benchmark.group = "two rounds of Alg. 1, Eq. (2), fine-tuning and testing included"
    benchmark.pedantic(
        prune,
        (trained["relu"], data.x_train, data.y_train),
        {
            "criterion": RelativeContribution(),
            "target": 0.1,
            "per_round": 0.05,
            "rng": np.random.default_rng(0),
            "evaluation": (data.x_test, data.y_test),
            "progress": False,
        },
        rounds=1,
    )


def test_drawing_the_synthetic_digits(benchmark) -> None:
    benchmark.group = "drawing 10,000 + 2,000 digits"
    benchmark.pedantic(load_dataset, ("synthetic",), warmup_rounds=1, rounds=3)


def test_memory_of_scoring(data: Dataset, trained: dict[str, MLP]) -> None:
    net, rng = trained["relu"], np.random.default_rng(0)
    masks = [np.ones(W.shape, bool) for W in net.weights]
    tracemalloc.start()
    RelativeContribution().scores(net, data.x_train, rng=rng, masks=masks)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"\nscoring by Eq. (2): {peak / 1e6:.0f} MB beside the data")
    assert peak < 1.5e9


RSS = """
import sys
from pathlib import Path
import numpy as np
from minirelprune import MLP, RelativeContribution

def peak():  # not getrusage, which counts what the parent had before this process began
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(line.split()[1] for line in lines if line.startswith("VmHWM"))  # kB

x, net = np.load(sys.argv[1]), MLP.load(sys.argv[2])
masks = [np.ones(W.shape, bool) for W in net.weights]
before = peak()
RelativeContribution().scores(net, x, rng=np.random.default_rng(0), masks=masks)
print(before, peak())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_resident_memory_of_scoring(
    data: Dataset, trained: dict[str, MLP], activation: str, tmp_path: Path
) -> None:
    np.save(tmp_path / "x.npy", data.x_train)
    trained[activation].save(tmp_path / "net.npz")
    run = [sys.executable, "-c", RSS, str(tmp_path / "x.npy"), str(tmp_path / "net.npz")]
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout.split()
    before, after = (int(number) * 1024 / 1e6 for number in said)
    print(f"\nscoring, {activation}: peak RSS {after:.0f} MB, {before:.0f} MB before it")
    assert after < 1.5e3
