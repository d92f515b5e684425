"""How heavy are the tails of contributions, by layer and activation? By Hill's index (R14)."""

from collections.abc import Sequence

import numpy as np

from minirelprune.experiments.exhibit import OfNetworks
from minirelprune.experiments.outputs import Contents, Row, Table, short
from minirelprune.experiments.sampled import of_trained, sampled
from minirelprune.network.mlp import MLP
from minirelprune.support.arrays import Array
from minirelprune.theory.tails import tail_index

LARGEST = (200, 600)  # k of Hill's estimator
WEIGHTS = 1000  # of each layer
SHARES = ("below_2", "below_2_of_w_negative", "below_2_of_w_positive", "below_1.1")


def of_networks(
    nets: Sequence[MLP], x: Array, data: str, *, progress: bool | None = None
) -> Contents:
    """How heavy the tails of the contributions of some networks are.

    Parameters
    ----------
    nets : trained networks, one for each activation.
    x : (N, n_in), N >= 601, the examples.
    data : the name of the data set, for the caption.
    progress : show a bar: True, False, or None for only on a terminal.
    """
    numbers: list[Row] = []
    for place, w, c in sampled(list(nets), x, WEIGHTS, progress):
        numbers += [{"data": data, **place, **_tail(w, c, k)} for k in LARGEST]
    caption = (
        f"Tails of contributions on **{data}**, {len(x):,} examples, {WEIGHTS:,} random weights in "
        "each layer: Hill's index on the k largest, of the weights judged, which have at least "
        "10 k contributions other than 0. An index below 2 has no variance, below 1 no mean."
    )
    header = ["Activation", "Layer", "k", "Judged", "Median index", "Below 2", "of w < 0"]
    table = Table(caption, [*header, "of w > 0", "Below 1.1"], list(map(_shown, numbers)))
    return Contents([table], {"tails": numbers})


def _shown(row: Row) -> list[str]:
    return [
        row["activation"],
        str(row["layer"]),
        str(row["k"]),
        f"{row['judged']:.0%}",
        "" if row["median_index"] is None else f"{row['median_index']:.2f}",
        *("" if row[name] is None else f"{row[name]:.0%}" for name in SHARES),
    ]


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


EXHIBIT = OfNetworks(
    name="tails",
    sentence="the tails of contributions: does their variance exist?",
    makes=("table", "CSV"),
    compute=of_trained(of_networks),
    takes=230,
)
