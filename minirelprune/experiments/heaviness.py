"""Does the CLT hold for the weights of trained networks? By layer and activation (R14)."""

from collections.abc import Iterator, Sequence

import numpy as np
from tqdm import tqdm

from minirelprune.contribution.definition import divisor
from minirelprune.experiments.table import Table
from minirelprune.experiments.tidy import Row, short
from minirelprune.network.mlp import MLP
from minirelprune.support.arrays import Array
from minirelprune.theory.normality import clt_check
from minirelprune.theory.tails import tail_index

LARGEST = (200, 600)  # k of Hill's estimator
TAILS_OF, CLT_OF = 1000, 400  # weights of a layer, drawn at random
CLT_COLUMNS = (
    *("batch_size", "batches", "constant", "skewness", "excess_kurtosis", "distance", "noise"),
    *("distance_w_negative", "distance_w_positive", "bound", "no_guarantee", "rejected_dagostino"),
)


def tails_table(nets: Sequence[MLP], x: Array, *, data: str, progress: bool | None = None) -> Table:
    """How heavy the tails of contributions are, by Hill's index.

    Parameters
    ----------
    nets : trained networks, one an activation.
    x : (N, n_in), N >= 601, the examples.
    data : the name of the data set, for the caption.
    progress : show a bar: True, False, or None for only on a terminal.
    """
    rows: list[Row] = []
    for place, w, c in _sampled(nets, x, data, TAILS_OF, progress):
        rows += [place | _tail(w, c, k) for k in LARGEST]
    caption = (
        f"Tails of contributions on **{data}**, {len(x):,} examples, {TAILS_OF:,} random weights a "
        "layer: Hill's index on the k largest, of the weights judged, which have at least 10 k "
        "contributions other than 0. An index below 2 has no variance, below 1 no mean."
    )
    names = ("below_2", "below_2_of_w_negative", "below_2_of_w_positive", "below_1.1")
    shown = [
        [
            row["activation"],
            str(row["layer"]),
            str(row["k"]),
            f"{row['judged']:.0%}",
            "" if row["median_index"] is None else f"{row['median_index']:.2f}",
            *("" if row[name] is None else f"{row[name]:.0%}" for name in names),
        ]
        for row in rows
    ]
    header = ["Activation", "Layer", "k", "Judged", "Median index", "Below 2", "of w < 0"]
    return Table(caption, [*header, "of w > 0", "Below 1.1"], shown, rows)


def clt_table(nets: Sequence[MLP], x: Array, *, data: str, progress: bool | None = None) -> Table:
    """How normal the means over n contributions are, by `clt_check`, for n = 1 to 256.

    Parameters
    ----------
    nets : trained networks, one an activation.
    x : (N, n_in), N >= 5,120, the examples; shuffled here, since MNIST's own order is not random.
    data : the name of the data set, for the caption.
    progress : show a bar: True, False, or None for only on a terminal.
    """
    rows: list[Row] = []
    for place, w, c in _sampled(nets, x, data, CLT_OF, progress):
        for row in clt_check(c):
            summary = row.summary._asdict()
            for name, of_sign in (("distance_w_negative", w < 0), ("distance_w_positive", w > 0)):
                summary[name] = float(np.median(row.distance[of_sign & ~row.constant]))
            rows.append(place | {name: _shown(summary[name]) for name in CLT_COLUMNS})
    caption = (
        f"Means over n contributions on **{data}**, {len(x):,} examples, {CLT_OF} random weights a "
        "layer, by `clt_check`: medians over weights, and shares of them. The distance is "
        "Kolmogorov's to the normal; noise is what true normals show."
    )
    shown = [
        [row["activation"], str(row["layer"]), *(_text(row[name]) for name in CLT_COLUMNS)]
        for row in rows
    ]
    header = ["Activation", "Layer", "n", *(name.replace("_", " ") for name in CLT_COLUMNS[1:])]
    return Table(caption, header, shown, rows)


def _sampled(
    nets: Sequence[MLP], x: Array, data: str, count: int, progress: bool | None
) -> Iterator[tuple[Row, Array, Array]]:
    """Of each layer: where it is, some of its weights (count,), and Eq. (1) of them (N, count)."""
    x = np.random.default_rng(1).permutation(x)
    for net in tqdm(nets, desc="networks", disable=None if progress is None else not progress):
        rng = np.random.default_rng(0)
        layers = zip(net.inputs(x), net.weights, net.biases, net.activations, strict=True)
        for l, (inputs, W, b, f) in enumerate(layers):
            i, j = np.unravel_index(rng.choice(W.size, min(count, W.size), replace=False), W.shape)
            exact = inputs.astype(np.float64)  # near z = 0 every digit counts
            z = (exact @ W + b)[:, j]
            a = f(z)
            c = np.abs(a - f(z - exact[:, i] * W[i, j])) / divisor(a, "zero")  # Eq. (1)
            yield {"data": data, "activation": net.activation, "layer": l}, W[i, j], c


def _tail(w: Array, c: Array, k: int) -> Row:
    """Hill's index of the weights with at least 10 k contributions other than 0."""
    enough = np.count_nonzero(c, axis=0) >= 10 * k
    index, sign = tail_index(c[:, enough], k).estimate, np.sign(w[enough])
    shares = {
        "below_2": index < 2,
        "below_2_of_w_negative": (index < 2)[sign < 0],
        "below_2_of_w_positive": (index < 2)[sign > 0],
        "below_1.1": index < 1.1,
    }
    return {
        "k": k,
        "judged": short(float(enough.mean())),
        "median_index": short(float(np.median(index))) if len(index) else None,
        **{name: short(float(one.mean())) if len(one) else None for name, one in shares.items()},
    }


def _shown(value: float) -> float:
    return value if isinstance(value, int) else short(value)


def _text(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3g}"
