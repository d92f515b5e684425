"""What a pruned network saves for real: bytes, operations and time (open question 3).

Three forms of the same pruned network compute the same outputs: dense matrices with zeros, SciPy's
sparse rows (`export_sparse`), and, if whole units were pruned, smaller dense matrices (`compact`).
"""

import io
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import cast

import numpy as np

from minirelprune.experiments.exhibit import OfNetworks, Setting
from minirelprune.experiments.outputs import Contents, Row, Table, short
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.trials.networks import examples, network
from minirelprune.experiments.trials.trial import Trial
from minirelprune.network.mlp import MLP
from minirelprune.pruning.compact import compact
from minirelprune.pruning.masks import masked, prune_masks
from minirelprune.pruning.sparse import SparseMLP, export_sparse
from minirelprune.support import threads
from minirelprune.support.arrays import Array
from minirelprune.support.progress import counted

TARGETS = (0.50, 0.75, 0.90, 0.95, 0.98, 0.99)
BATCHES = (1, 32, 1000)
FORMS = {
    "dense": "dense, with zeros",
    "sparse": "sparse rows",
    "units": "whole units pruned, compact",
}
BLOCKS, SECONDS = 15, 0.02  # time is the median of so many blocks, each of so many seconds
NOTE = (
    "A weight takes 4 bytes, and in sparse rows 4 more for its place. File: NumPy's compressed "
    "npz. Operations: multiplications and additions for one image. Time: the median of blocks of "
    "calls of `predict`, on one core; it is of one machine, and changes from run to run. Energy "
    "was not measured: the operations, and the bytes that have to be read, stand for it. "
    "Accuracy is that of the test set, before any fine-tuning."
)

Network = MLP | SparseMLP


def compute(setting: Setting) -> Contents:
    """Bytes, operations and seconds of each form, from not pruned to 99%."""
    trial = Trial(setting.data, setting.seeds[0])
    net = cast(MLP, network(trial, setting.networks, progress=setting.progress))
    x, y = examples(trial)[1]
    rows: list[Row] = []
    made = [(0.0, "dense", net), *_made(net)]
    with threads.limited(1):
        for target, form, one in counted(made, name="forms", progress=setting.progress):
            numbers = {"accuracy": 100 * float((one.predict(x) == y).mean())}
            numbers |= {f"microseconds_{n}": _microseconds(one, x[:n]) for n in BATCHES}
            rows.append(
                {"data": setting.data, "target": target, "form": form} | sizes(one) | numbers
            )
    return of_rows(rows)


def _made(net: MLP) -> Iterator[tuple[float, str, Network]]:
    """The pruned network in each of its forms."""
    whole, scores = (
        [np.ones(W.shape, np.bool_) for W in net.weights],
        [np.abs(W) for W in net.weights],
    )
    for target in TARGETS:
        count = round(target * net.n_weights)
        masks = prune_masks(scores, whole, count=count)
        yield target, "dense", masked(net, masks)[0]
        yield target, "sparse", export_sparse(net, masks)
        # The outputs are classes: none of them may go, and the last layer keeps its units.
        kept = [*scores[:-1], np.full_like(scores[-1], np.inf)]
        units = prune_masks(kept, whole, count=count, granularity="unit")
        yield target, "units", compact(net, units)


def sizes(net: Network) -> Row:
    """Bytes in memory and in a file, and operations for one image.

    >>> sizes(MLP((3, 2), rng=np.random.default_rng(0)))["operations"]  # 6 products, 6 sums
    12
    """
    if isinstance(net, SparseMLP):
        arrays = [part for W in net.weights for part in (W.data, W.indices, W.indptr)]
        memory, weights = net.nbytes, sum(W.nnz for W in net.weights)
        arrays += net.biases
    else:
        arrays = net.parameters
        memory, weights = sum(p.nbytes for p in arrays), net.n_weights
    file = io.BytesIO()
    np.savez_compressed(file, *arrays)
    return {"memory": memory, "file": len(file.getvalue()), "operations": 2 * weights}


def _microseconds(net: Network, x: Array) -> float:
    """How long one call takes."""
    return short(1e6 * median_seconds(lambda: net.predict(x)))


def median_seconds(work: Callable[[], object]) -> float:
    """The seconds of one call: the median of `BLOCKS` means, so that a pause counts for little."""
    work()
    start = time.perf_counter()
    work()
    calls = max(1, round(SECONDS / max(time.perf_counter() - start, 1e-9)))
    means = []
    for _ in range(BLOCKS):
        start = time.perf_counter()
        for _ in range(calls):
            work()
        means.append((time.perf_counter() - start) / calls)
    return statistics.median(means)


def of_rows(rows: Sequence[Row]) -> Contents:
    """The table, with times as multiples of the dense network's at the same batch."""
    [dense] = [row for row in rows if row["target"] == 0]
    lines = [
        [
            f"{row['target']:.0%}",
            FORMS[row["form"]],
            f"{row['memory'] / 1000:,.0f}",
            f"{row['file'] / 1000:,.0f}",
            f"{row['operations'] / 1000:,.0f}",
            f"{row['accuracy']:.2f}",
            *(f"{row[f'microseconds_{n}'] / dense[f'microseconds_{n}']:.2f}" for n in BATCHES),
        ]
        for row in rows
    ]
    took = ", ".join(f"{dense[f'microseconds_{n}']:,.0f} µs for {n:,}" for n in BATCHES)
    caption = (
        f"A 784-392-196-10 ReLU network trained on {data_label(dense['data'])}, one seed, pruned "
        f"by magnitude. Time as a multiple of the dense network's before pruning, which is {took}."
    )
    header = ["Pruned", "Form", "Memory, kB", "File, kB", "Operations, thousands", "Accuracy"]
    header += [f"Time, batch {n:,}" for n in BATCHES]
    return Contents([Table(caption, header, lines, NOTE)], {"sparse_speed": rows})


EXHIBIT = OfNetworks(
    name="sparse_speed",
    sentence="bytes, operations and time of a pruned network: dense, sparse, and compact",
    makes=("table", "CSV", "picture"),
    compute=compute,
    takes=60,
)
