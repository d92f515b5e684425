"""Does mutual information rank the weights of a trained network as Eq. (2) does?"""

from collections.abc import Sequence

import numpy as np
from scipy.stats import spearmanr

from minirelprune.contribution.importance import importance
from minirelprune.contribution.moments import contribution_moments
from minirelprune.experiments.exhibit import OfNetworks, Setting
from minirelprune.experiments.outputs import Contents, Row, Table
from minirelprune.experiments.sampled import networks, training_images
from minirelprune.network.protocol import Network
from minirelprune.pruning.criteria import wanda_scores
from minirelprune.pruning.inputs import squares
from minirelprune.support.arrays import Array
from minirelprune.theory.weight_information import weight_information

READINGS = ("mask", "mask_given_input", "contribution")
EXAMPLES = 6_000  # the readings with bins take minutes on more
BINS = 20


def compute(setting: Setting) -> Contents:
    """The ranking of four trained networks of one seed, scored on some of the training images."""
    x = training_images(setting)
    chosen = np.random.default_rng(0).choice(len(x), min(len(x), EXAMPLES), replace=False)
    return of_networks(networks(setting), x[np.sort(chosen)], setting.data)


def of_networks(nets: Sequence[Network], x: Array, data: str, *, bins: int = BINS) -> Contents:
    """Spearman's correlation of each reading of I(a; w) with Eq. (2) and with Wanda, by layer.

    Parameters
    ----------
    nets : trained networks, one for each activation.
    x : (N, n_in), the examples to score on.
    data : the name of the data set, for the caption.
    bins : of each reading.

    Weights to which a method gives nothing are left out, as they tie: those of mutual information
    0, and those that never contribute. The share of mutual information 0 is given beside.
    """
    numbers = [
        {"activation": net.activations[0].name, "reading": reading, "data": data}
        | {"examples": len(x), "bins": bins, "layer": l, **values}
        for net in nets
        for l in range(len(net.weights))
        for reading, values in _of_layer(net, l, x, bins).items()
    ]
    caption = (
        "Mutual information of the weights of trained networks, one seed of each activation, on "
        f"**{data}**, {len(x):,} examples and {bins} bins: Spearman's correlation with Eq. (2) and "
        "with Wanda, among weights whose mutual information and contribution are not 0; and the "
        "share of weights whose mutual information is 0."
    )
    header = ["Activation", "Layer"]
    for reading in READINGS:
        header += [f"{reading}: Eq. (2)", "Wanda", "zero"]
    return Contents([Table(caption, header, _shown(numbers))], {"ranking": numbers})


def _of_layer(net: Network, l: int, x: Array, bins: int) -> dict[str, Row]:
    """Each reading's correlations in one layer, and its share of zeros."""
    a, W = list(net.inputs(x))[l], net.weights[l]
    layer = (a, W, net.biases[l], net.activations[l])
    mean, std = contribution_moments(*layer)
    eq_2, wanda = importance(mean, std), wanda_scores(np.sqrt(squares(a)), W)
    found = {}
    for reading in READINGS:
        information = weight_information(*layer, bins=bins, reading=reading)
        counted = (information > 0) & (mean > 0)
        found[reading] = {
            "eq_2": round(spearman(information[counted], eq_2[counted]), 4),
            "wanda": round(spearman(information[counted], wanda[counted]), 4),
            "zero": round(float((information == 0).mean()), 4),
        }
    return found


def _shown(numbers: Sequence[Row]) -> list[list[str]]:
    """One line for each layer of each network."""
    lines: dict[tuple[str, int], list[str]] = {}
    for row in numbers:
        place = (row["activation"], row["layer"])
        line = lines.setdefault(place, [row["activation"], str(row["layer"])])
        line += [f"{row['eq_2']:.2f}", f"{row['wanda']:.2f}", f"{row['zero']:.1%}"]
    return list(lines.values())


def spearman(one: Array, other: Array) -> float:
    """The correlation of ranks; NaN where there are no ranks, as all values of one are the same."""
    if min(np.ptp(values) if len(values) else 0 for values in (one, other)) == 0:
        return float("nan")
    return float(spearmanr(one, other).statistic)


EXHIBIT = OfNetworks(
    name="ranking",
    sentence="mutual information beside Eq. (2) and Wanda: do they rank weights alike?",
    makes=("table", "CSV"),
    compute=compute,
    takes=360,
)
