"""The numbers under Fig. 3: contributions on a data set, and the means over batches of them.

There are too many weights to draw. In each of a few layers the one is taken whose mean
contribution is the median: a typical one, not one picked by hand.

The examples are shuffled first. MNIST's neighbours are alike: in its own order, the means of 256
contributions of a sigmoid weight spread twice as much as 1 / sqrt(256) of the contributions do.
"""

import numpy as np
from scipy import stats

from minirelprune.contribution.definition import contribution
from minirelprune.contribution.moments import contribution_moments
from minirelprune.experiments.exhibit import Setting
from minirelprune.experiments.outputs import Numbers, Row, short
from minirelprune.experiments.trials.networks import examples, network
from minirelprune.experiments.trials.trial import Trial
from minirelprune.network.protocol import Network
from minirelprune.support.arrays import Array
from minirelprune.theory.normality import BATCH_SIZES, FEWEST_BATCHES, batch_means, clt_check

LAYERS = {"relu": (1, 2), "sigmoid": (1,)}  # activation -> layers
BINS = 40  # at most; 2 n^(1/3) of few means
SHOWN = (0.005, 0.995)  # the quantiles between which a histogram is drawn
POINTS = 61  # of a Q-Q plot


def means(setting: Setting) -> Numbers:
    """The weights and how normal their means are; histograms; and quantiles beside a normal's."""
    numbers: dict[str, list[Row]] = {"fig3": [], "fig3_histograms": [], "fig3_quantiles": []}
    for activation, layers in LAYERS.items():
        trial = Trial(setting.data, setting.seeds[0], activation=activation)
        (x, _), _ = examples(trial)
        net = network(trial, setting.networks, progress=setting.progress)
        inputs = list(net.inputs(x))
        order = trial.rng("batches").permutation(len(x))
        for layer in layers:
            i, j = typical(net, layer, inputs[layer])
            W, b, f = net.weights[layer], net.biases[layer], net.activations[layer]
            place: Row = {"data": trial.data, "seed": trial.seed, "activation": activation}
            place |= {"layer": layer, "f": f.name, "i": i, "j": j, "w": short(W[i, j])}
            values = contribution(inputs[layer], W, b, f, i, j)[order]
            for name, rows in of_weight(values).items():
                numbers[name] += [place | row for row in rows]
    return numbers


def typical(net: Network, layer: int, x: Array) -> tuple[int, int]:
    """The weight with the median mean contribution, of those of a layer that contribute at all."""
    mean, _ = contribution_moments(x, net.weights[layer], net.biases[layer], net.activations[layer])
    order = np.argsort(mean, axis=None, kind="stable")
    alive = order[mean.ravel()[order] > 0]
    i, j = np.unravel_index(alive[len(alive) // 2], mean.shape)
    return int(i), int(j)


def of_weight(values: Array) -> dict[str, list[Row]]:
    """What is drawn of one weight's contributions, (N,), for n = 1, 4, 16, 64, 256.

    Parameters
    ----------
    values : (N,), N >= 20; an n that leaves fewer than 20 batches is passed over.
    """
    numbers: dict[str, list[Row]] = {"fig3": [], "fig3_histograms": [], "fig3_quantiles": []}
    sizes = [n for n in BATCH_SIZES if len(values) // n >= FEWEST_BATCHES]
    for row in clt_check(values, sizes):
        n, of_n = row.batch_size, batch_means(values, row.batch_size)
        numbers["fig3"].append(
            {
                "n": n,
                "batches": row.batches,
                "zero": short(np.mean(of_n == 0)),
                "mean": short(of_n.mean()),
                "std": short(of_n.std()),
                "largest": short(of_n.max()),
                "skewness": short(row.skewness.item()),
                "excess_kurtosis": short(row.excess_kurtosis.item()),
                "distance": short(row.distance.item()),
            }
        )
        numbers["fig3_histograms"] += [{"n": n, **bin_} for bin_ in _histogram(of_n)]
        numbers["fig3_quantiles"] += [{"n": n, **point} for point in _quantiles(of_n)]
    return numbers


def _histogram(means: Array) -> list[Row]:
    """The share of the means in each bin, and that of a normal of the same mean and std."""
    bins = min(BINS, round(2 * len(means) ** (1 / 3)))
    low, high = np.quantile(means, SHOWN)
    counts, edges = np.histogram(means, bins, (float(low), float(high)))
    normal = np.diff(stats.norm.cdf(edges, means.mean(), means.std()))
    return [
        {"low": short(a), "high": short(b), "share": short(n / len(means)), "normal": short(p)}
        for a, b, n, p in zip(edges[:-1], edges[1:], counts, normal, strict=True)
    ]


def _quantiles(means: Array) -> list[Row]:
    """Ordered means, standardised, beside the normal's quantile at their rank, ends included.

    Evenly spread over the normal's quantiles, so that the tails are not lost.
    """
    ordered = (np.sort(means) - means.mean()) / means.std()
    end = stats.norm.ppf(0.5 / len(means))
    ranks = stats.norm.cdf(np.linspace(end, -end, POINTS)) * len(means) - 0.5
    picked = np.unique(ranks.round().astype(int))
    normal = stats.norm.ppf((picked + 0.5) / len(means))
    return [
        {"normal": short(q), "measured": short(value)}
        for q, value in zip(normal, ordered[picked], strict=True)
    ]
