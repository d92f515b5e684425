"""How many bins? Few lose information, many add some: mutual information of normal pairs."""

import numpy as np
from scipy.stats import norm

from minirelprune.experiments.exhibit import Alone
from minirelprune.experiments.exhibits.known_information import gaussian, gaussian_information
from minirelprune.experiments.outputs import Contents, Row, short
from minirelprune.theory.entropy import entropy, mutual_information

CORRELATIONS = (0.0, 0.75)
PAIRS = (1_000, 10_000)
BINS = (2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 70, 100)
SAMPLES = 10
FINE = 200  # points in a bin, to integrate over x


def compute() -> Contents:
    """For each correlation and number of bins: the truth, what bins can see, and the estimates."""
    rows: list[Row] = []
    for rho in CORRELATIONS:
        for n in PAIRS:
            samples = [gaussian(rho)(np.random.default_rng(seed), n) for seed in range(SAMPLES)]
            for k in BINS:
                plug_in, corrected = (
                    np.mean([mutual_information(x, y, bins=k, correction=c) for x, y in samples])
                    for c in (None, "miller_madow")
                )
                rows.append(
                    {
                        "correlation": rho,
                        "pairs": n,
                        "bins": k,
                        "truth": short(gaussian_information(rho)),
                        "seen": short(seen(rho, k)),
                        "plug_in": short(float(plug_in)),
                        "miller_madow": short(float(corrected)),
                    }
                )
    return Contents(numbers={"bins": rows})


def seen(rho: float, bins: int) -> float:
    """What equal-mass bins see of infinitely many pairs of a bivariate normal: too little."""
    x = norm.ppf((np.arange(bins * FINE) + 0.5) / (bins * FINE))  # a bin is FINE of them
    edges = norm.ppf(np.linspace(0, 1, bins + 1))
    below = norm.cdf((edges - rho * x[:, None]) / np.sqrt(1 - rho**2))  # P(y < edge given x)
    p = np.diff(below, axis=1).reshape(bins, FINE, bins).mean(axis=1) / bins
    h_x, h_y, h_xy = entropy(p.sum(axis=1)), entropy(p.sum(axis=0)), entropy(p)
    return h_x + h_y - h_xy


EXHIBIT = Alone(
    name="bins",
    sentence="few bins lose information, many add some",
    makes=("CSV", "picture"),
    compute=compute,
    takes=6,
)
