"""Scoring by criterion, one round of Alg. 1, drawing the synthetic digits; and memory."""

import tracemalloc

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
