"""Does mutual information rank the weights of a trained network as Eq. (2) does?"""

from collections.abc import Sequence

import numpy as np
from scipy.stats import spearmanr

from minirelprune.contribution.importance import importance
from minirelprune.contribution.moments import contribution_moments
from minirelprune.experiments.table import Table
from minirelprune.network.mlp import MLP
from minirelprune.support.arrays import Array
from minirelprune.theory.weight_information import weight_information

READINGS = ("mask", "mask_given_input", "contribution")


def ranking_table(nets: Sequence[MLP], x: Array, *, data: str, bins: int = 20) -> Table:
    """Spearman's correlation of each reading of I(a; w) with Eq. (2) and with Wanda, by layer.

    Parameters
    ----------
    nets : trained networks, one an activation.
    x : (N, n_in), the examples to score on.
    data : the name of the data set, for the caption.
    bins : of each reading.

    Weights that a method gives nothing are left out, as they tie: those of mutual information 0,
    and those that never contribute. How many have mutual information 0 stands beside.
    """
    rows, tidy = [], []
    for net in nets:
        layers = zip(net.inputs(x), net.weights, net.biases, net.activations, strict=True)
        for l, (a, W, b, f) in enumerate(layers):
            mean, std = contribution_moments(a, W, b, f)
            wanda = np.abs(W) * np.linalg.norm(a, axis=0)[:, None]
            row = [net.activation, str(l)]
            for reading in READINGS:
                information = weight_information(a, W, b, f, bins=bins, reading=reading)
                counted = (information > 0) & (mean > 0)
                zero = float((information == 0).mean())
                ours = spearman(information[counted], importance(mean, std)[counted])
                theirs = spearman(information[counted], wanda[counted])
                row += [f"{ours:.2f}", f"{theirs:.2f}", f"{zero:.1%}"]
                line = {"data": data, "examples": len(x), "bins": bins, "layer": l}
                values = {"eq_2": round(ours, 4), "wanda": round(theirs, 4), "zero": round(zero, 4)}
                tidy.append({"activation": net.activation, "reading": reading} | line | values)
            rows.append(row)
    caption = (
        f"Mutual information of the weights of trained networks on **{data}**, {len(x):,} examples "
        f"and {bins} bins: Spearman's correlation with Eq. (2) and with Wanda, among weights whose "
        "mutual information and contribution are not 0; and the share of weights whose mutual "
        "information is 0."
    )
    header = ["Activation", "Layer"]
    for reading in READINGS:
        header += [f"{reading}: Eq. (2)", "Wanda", "zero"]
    return Table(caption, header, rows, tidy)


def spearman(one: Array, other: Array) -> float:
    """The correlation of ranks; NaN where there are no ranks, as all values of one are the same."""
    if min(np.ptp(values) if len(values) else 0 for values in (one, other)) == 0:
        return float("nan")
    return float(spearmanr(one, other).statistic)
