"""How heavy are the tails of contributions, by layer and activation? By Hill's index (R14).

Contributions that are never above 1 have no tail, whatever their index: where a unit's output is at
least 0 and does not fall as z grows, Eq. (1) is at most 1 for w > 0 and x >= 0. Those weights are
counted, and not judged.
"""

from collections.abc import Sequence

import numpy as np

from minirelprune.experiments.exhibit import OfNetworks
from minirelprune.experiments.outputs import Contents, Row, Table, short
from minirelprune.experiments.sampled import of_trained, sampled
from minirelprune.network.protocol import Network
from minirelprune.support.arrays import Array
from minirelprune.theory.tails import tail_index

LARGEST = (200, 600)  # k of Hill's estimator
WEIGHTS = 1000  # of each layer
SHARES = ("below_2", "below_2_of_w_negative", "below_2_of_w_positive", "below_1.1")


def of_networks(
    nets: Sequence[Network], x: Array, data: str, *, progress: bool | None = None
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
    return Contents([_table(data, len(x), numbers)], {"tails": numbers})


def _table(data: str, examples: int, numbers: Sequence[Row]) -> Table:
    caption = (
        f"Tails of contributions on **{data}**, {examples:,} examples, {WEIGHTS:,} random weights "
        "in each layer of one network per activation: Hill's index on the k largest, of the "
        "weights that have at least 10 k contributions other than 0. At an index below 2 there is "
        "no variance, below 1 no mean. Where no contribution is above 1, there is no tail, and the "
        "index means nothing: so it is for w > 0 in ReLU and sigmoid layers, if the inputs are at "
        'least 0. The share of such weights is under "At most 1"; that of the others, which all '
        'columns further to the right are about, is under "Judged". Both are of all weights drawn.'
    )
    header = ["Activation", "Layer", "k", "At most 1", "Judged", "Median index", "Below 2"]
    columns = [*header, "of w < 0", "of w > 0", "Below 1.1"]
    return Table(caption, columns, list(map(_shown, numbers)))


def _shown(row: Row) -> list[str]:
    return [
        row["activation"],
        str(row["layer"]),
        str(row["k"]),
        f"{row['at_most_1']:.0%}",
        f"{row['judged']:.0%}",
        "–" if row["median_index"] is None else f"{row['median_index']:.2f}",
        *("–" if row[name] is None else f"{row[name]:.0%}" for name in SHARES),
    ]


def _tail(w: Array, c: Array, k: int) -> Row:
    """Hill's index of the weights with at least 10 k contributions other than 0, one above 1."""
    enough, bounded = np.count_nonzero(c, axis=0) >= 10 * k, c.max(axis=0) <= 1
    judged = enough & ~bounded
    index, sign = tail_index(c[:, judged], k).estimate, np.sign(w[judged])
    shares = {
        "below_2": index < 2,
        "below_2_of_w_negative": (index < 2)[sign < 0],
        "below_2_of_w_positive": (index < 2)[sign > 0],
        "below_1.1": index < 1.1,
    }
    return {
        "k": k,
        "at_most_1": short(float((enough & bounded).mean())),
        "judged": short(float(judged.mean())),
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
