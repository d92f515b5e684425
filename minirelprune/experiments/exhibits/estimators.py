"""How well `mutual_information` does where the answer is known: the truth beside the estimates."""

from collections.abc import Callable
from importlib import import_module

import numpy as np

from minirelprune.experiments.exhibit import Alone
from minirelprune.experiments.exhibits.known_information import Case, cases
from minirelprune.experiments.outputs import Contents, Row, Table
from minirelprune.support.arrays import Array
from minirelprune.theory.entropy import mutual_information

PAIRS = 10_000
SAMPLES = 10
BINS = (10, 20)
BINNINGS = {"equal_mass": "Equal mass", "equal_width": "Equal width"}
OFF = 0.2  # a mean that misses the truth by more than this share of it is marked

Estimator = Callable[[Array, Array], float]


def compute(samples: int = SAMPLES) -> Contents:
    """What each estimator makes of each distribution: mean and standard deviation over samples.

    Parameters
    ----------
    samples : how many samples of 10,000 pairs, >= 2.

    With the extra `sklearn`, scikit-learn's estimate by nearest neighbours,
    `mutual_info_regression`, stands beside those by bins.
    """
    estimators = _estimators()
    numbers = [
        _numbers(case, name, estimate, samples)
        for case in cases()
        for name, estimate in estimators.items()
        if estimate is not None
    ]
    found = {(row["distribution"], row["estimator"]): row for row in numbers}
    rows = [
        [case.name, f"{case.truth:.4f}", *(_text(found.get((case.name, n))) for n in estimators)]
        for case in cases()
    ]
    caption = (
        f"Mutual information in nats, estimated from {PAIRS:,} pairs: mean ± standard deviation of "
        f"{samples} samples; (!) marks a mean that misses the truth by more than {OFF:.0%}. "
        "Plug-in estimates, not corrected: the first row shows their bias, (K - 1)^2 / 2N."
    )
    table = Table(caption, ["Distribution", "Truth", *estimators], rows)
    return Contents([table], {"estimators": numbers})


def _numbers(case: Case, name: str, estimate: Estimator, samples: int) -> Row:
    drawn = [case.draw(np.random.default_rng(seed), PAIRS) for seed in range(samples)]
    values = np.array([estimate(x, y) for x, y in drawn])
    return {
        "distribution": case.name,
        "truth": round(case.truth, 6),
        "estimator": name,
        "mean": round(float(values.mean()), 6),
        "sd": round(float(values.std(ddof=1)), 6),
        "seeds": samples,
    }


def _text(row: Row | None) -> str:
    if row is None:
        return "needs the extra sklearn"
    off = abs(row["mean"] - row["truth"]) > OFF * row["truth"] > 0
    return f"{row['mean']:.4f} ± {row['sd']:.4f}{' (!)' if off else ''}"


def _estimators() -> dict[str, Estimator | None]:
    def by_bins(k: int, binning: str) -> Estimator:
        return lambda x, y: mutual_information(x, y, bins=k, binning=binning)

    estimators: dict[str, Estimator | None] = {
        f"{label}, K = {k}": by_bins(k, binning)
        for binning, label in BINNINGS.items()
        for k in BINS
    }
    try:
        neighbours = import_module("sklearn.feature_selection").mutual_info_regression
    except ImportError:
        return estimators | {"scikit-learn": None}
    return estimators | {
        "scikit-learn": lambda x, y: float(neighbours(x[:, None], y, random_state=0)[0])
    }


EXHIBIT = Alone(
    name="estimators",
    sentence="mutual information by bins, where the answer is known",
    makes=("table", "CSV"),
    compute=compute,
    takes=12,
)
