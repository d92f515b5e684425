import numpy as np
import pytest
from scipy import stats

from minirelprune import MLP
from minirelprune.experiments.exhibits import fig3_means as means


def test_the_means_of_normals_lie_on_the_line_and_in_the_bins_of_a_normal() -> None:
    values = np.random.default_rng(0).normal(3, 2, 20_000)
    numbers = means.of_weight(values)
    sizes = {row["n"]: row["batches"] for row in numbers["fig3"]}
    for row in numbers["fig3_quantiles"]:
        p, slope = stats.norm.cdf(row["normal"]), stats.norm.pdf(row["normal"])
        error = np.sqrt(p * (1 - p) / sizes[row["n"]]) / slope  # of an order statistic
        assert row["measured"] == pytest.approx(row["normal"], abs=4.5 * error)
    for n, batches in sizes.items():
        bins = [row for row in numbers["fig3_histograms"] if row["n"] == n]
        share = np.array([row["share"] for row in bins])
        normal = np.array([row["normal"] for row in bins])
        assert 0.99 - 2 / batches <= share.sum() <= 1
        assert abs(normal.sum() - share.sum()) < 4.5 * np.sqrt(0.01 / batches)
        assert np.abs(share - normal).max() < 4.5 * np.sqrt(normal.max() / batches)


def test_the_ends_of_a_heavy_tail_stay_in_the_q_q_plot() -> None:
    values = np.abs(np.random.default_rng(0).standard_cauchy(10_000))
    points = [row for row in means.of_weight(values)["fig3_quantiles"] if row["n"] == 1]
    largest = (values.max() - values.mean()) / values.std()
    assert points[-1]["measured"] == pytest.approx(largest, rel=1e-5)
    assert points[-1]["normal"] == pytest.approx(stats.norm.ppf(1 - 0.5 / 10_000), rel=1e-5)


def test_the_typical_weight_is_none_that_never_contributes() -> None:
    net = MLP((4, 3), rng=np.random.default_rng(0))
    x = np.abs(np.random.default_rng(1).normal(size=(20, 4))).astype(np.float32)
    x[:, :3] = 0  # one input alone is ever lit
    assert means.typical(net, 0, x)[0] == 3
