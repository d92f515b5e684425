"""How normal are the means over n contributions, by layer and activation? (R14)"""

from collections.abc import Sequence

import numpy as np

from minirelprune.experiments.exhibit import OfNetworks
from minirelprune.experiments.outputs import Contents, Row, Table, short
from minirelprune.experiments.sampled import of_trained, sampled
from minirelprune.network.protocol import Network
from minirelprune.support.arrays import Array
from minirelprune.theory.clt_row import CltRow
from minirelprune.theory.normality import clt_check

WEIGHTS = 400  # of each layer
COLUMNS = (
    *("batch_size", "batches", "constant", "skewness", "excess_kurtosis", "distance", "noise"),
    *("distance_w_negative", "distance_w_positive", "bound", "no_guarantee", "rejected_dagostino"),
)


def of_networks(
    nets: Sequence[Network], x: Array, data: str, *, progress: bool | None = None
) -> Contents:
    """How normal the means over n contributions are, by `clt_check`, for n = 1 to 256.

    Parameters
    ----------
    nets : trained networks, one for each activation.
    x : (N, n_in), N >= 5,120, the examples.
    data : the name of the data set, for the caption.
    progress : show a bar: True, False, or None for only on a terminal.
    """
    numbers: list[Row] = []
    for place, w, c in sampled(list(nets), x, WEIGHTS, progress):
        numbers += [{"data": data, **place, **_numbers(row, w)} for row in clt_check(c)]
    caption = (
        f"Means over n contributions on **{data}**, {len(x):,} examples, {WEIGHTS} random weights "
        "in each layer of one network per activation, by `clt_check`: medians over weights, and "
        "shares of them. The distance is Kolmogorov's to the normal; noise is what true normals "
        "show."
    )
    header = ["Activation", "Layer", "n", *(name.replace("_", " ") for name in COLUMNS[1:])]
    return Contents([Table(caption, header, list(map(_shown, numbers)))], {"clt": numbers})


def _numbers(row: CltRow, w: Array) -> Row:
    """The summary of one batch size, and the distance for weights of either sign."""
    summary = row.summary._asdict()
    for name, of_sign in (("distance_w_negative", w < 0), ("distance_w_positive", w > 0)):
        summary[name] = float(np.median(row.distance[of_sign & ~row.constant]))
    values = {name: summary[name] for name in COLUMNS}
    return {name: v if isinstance(v, int) else short(v) for name, v in values.items()}


def _shown(row: Row) -> list[str]:
    texts = (str(row[n]) if isinstance(row[n], int) else f"{row[n]:.3g}" for n in COLUMNS)
    return [row["activation"], str(row["layer"]), *texts]


EXHIBIT = OfNetworks(
    name="clt",
    sentence="means over n contributions: how near to normal are they?",
    makes=("table", "CSV"),
    compute=of_trained(of_networks),
    takes=280,
)
