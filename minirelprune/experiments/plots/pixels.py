"""Which pixels survive: how many weights each has left in the first layer, round by round."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.plots.style import CRITERIA


def draw(numbers: Numbers) -> Figure:
    """One row of images per criterion, one column per round; dark where no weight is left."""
    rows = numbers["pixels"]
    criteria = list(dict.fromkeys(row["criterion"] for row in rows))
    rounds = sorted({row["round"] for row in rows})
    most = max(row["weights"] for row in rows)
    fig, panels = plt.subplots(
        len(criteria),
        len(rounds),
        figsize=(2.05 * len(rounds) + 1.2, 2.25 * len(criteria) + 0.7),
        layout="constrained",
        squeeze=False,
    )
    for line, criterion in zip(panels, criteria, strict=True):
        for axes, number in zip(line, rounds, strict=True):
            mine = [r for r in rows if (r["criterion"], r["round"]) == (criterion, number)]
            side = 1 + max(row["row"] for row in mine)
            left = np.array([row["weights"] for row in mine]).reshape(side, side)
            image = axes.imshow(left, cmap="viridis", vmin=0, vmax=most)
            axes.set(xticks=[], yticks=[])
            axes.set_xlabel(f"{np.count_nonzero(left == 0)} pixels have none left", fontsize=11)
            if criterion == criteria[0]:
                axes.set_title(f"{mine[0]['pruned']:.0%} pruned", fontsize=12)
        line[0].set_ylabel(str(CRITERIA[criterion]["label"]), fontsize=13)
    bar = fig.colorbar(image, ax=panels, shrink=0.7, pad=0.02)
    bar.set_label(f"weights that a pixel has left, of {most} (linear scale)", fontsize=12)
    fig.suptitle(
        "Which input pixels keep their weights in layer l = 0? "
        "Watch the edge: many of its pixels are always black\n"
        f"{data_label(rows[0]['data'])}, seed {rows[0]['seed']}; "
        "columns: share of all the network's weights that is pruned",
        fontsize=14,
    )
    return fig
