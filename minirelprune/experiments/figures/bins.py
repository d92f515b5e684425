"""How many bins? Few lose information, many add some: mutual information of normal pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import norm

from minirelprune.experiments.estimators import gaussian, gaussian_information
from minirelprune.experiments.figures.style import bare
from minirelprune.experiments.tidy import Numbers, Row, short
from minirelprune.theory.entropy import entropy, mutual_information

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CORRELATIONS = (0.0, 0.75)
PAIRS = (1_000, 10_000)
BINS = (2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 70, 100)
SAMPLES = 10
FINE = 200  # points in a bin, to integrate over x

COLORS = {1_000: "#E69F00", 10_000: "#0A5C8A"}


def numbers() -> Numbers:
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
    return {"bins": rows}


def seen(rho: float, bins: int) -> float:
    """What equal-mass bins see of a bivariate normal with no end of pairs: always too little."""
    x = norm.ppf((np.arange(bins * FINE) + 0.5) / (bins * FINE))  # a bin is FINE of them
    edges = norm.ppf(np.linspace(0, 1, bins + 1))
    below = norm.cdf((edges - rho * x[:, None]) / np.sqrt(1 - rho**2))  # P(y < edge given x)
    p = np.diff(below, axis=1).reshape(bins, FINE, bins).mean(axis=1) / bins
    h_x, h_y, h_xy = entropy(p.sum(axis=1)), entropy(p.sum(axis=0)), entropy(p)
    return h_x + h_y - h_xy


def picture(numbers: Numbers) -> Figure:
    """A panel a correlation: estimates against bins, beside the truth and what bins can see."""
    import matplotlib.pyplot as plt

    rows = numbers["bins"]
    correlations = sorted({row["correlation"] for row in rows})
    fig, panels = plt.subplots(
        1, len(correlations), figsize=(10, 4.6), layout="constrained", squeeze=False
    )
    for axes, rho in zip(panels[0], correlations, strict=True):
        _panel(axes, [row for row in rows if row["correlation"] == rho])
        axes.set_title(f"correlation {rho:g}", fontsize=13)
        axes.set_xlabel("equal-mass bins K", fontsize=12)
    panels[0, 0].set_ylabel("mutual information, nats", fontsize=12)
    handles, labels = panels[0, 0].get_legend_handles_labels()
    fig.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False, fontsize=11)
    fig.suptitle(f"Few bins lose information, many add some (means of {SAMPLES} samples)")
    return fig


def _panel(axes: Axes, rows: list[Row]) -> None:
    truth = rows[0]["truth"]
    axes.axhline(truth, color="black", linewidth=1, label="truth: $-\\ln(1 - \\rho^2)\\,/\\,2$")
    for n, color in COLORS.items():
        mine = [row for row in rows if row["pairs"] == n]
        bins = [row["bins"] for row in mine]
        if n == PAIRS[0]:
            limit = [row["seen"] for row in mine]
            axes.plot(bins, limit, "k:", linewidth=2, label="what K bins can see")
        for name, line, label in (
            ("plug_in", "o-", f"{n:,} pairs"),
            ("miller_madow", "--", f"{n:,} pairs, Miller-Madow"),
        ):
            axes.plot(bins, [row[name] for row in mine], line, color=color, ms=4, label=label)
    axes.set_xscale("log")
    ticks = [2, 5, 10, 20, 50, 100]
    axes.set_xticks(ticks, [str(tick) for tick in ticks])
    axes.minorticks_off()
    axes.set_ylim(truth / 3 - 0.02, truth + 0.45)
    bare(axes)
