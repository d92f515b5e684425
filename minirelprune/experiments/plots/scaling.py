"""How long the moments of Eq. (1) take, against the size of the layer and the data."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers
from minirelprune.experiments.plots.style import CRITERIA, bare


def draw(numbers: Numbers) -> Figure:
    """Seconds against size, log-log, beside a line of slope 1."""
    rows = numbers["scaling"]
    varied = {"examples": "N", "inputs": "n_in", "units": "n_out"}
    fig, panels = plt.subplots(1, 3, figsize=(11, 3.6), sharey=True, layout="constrained")
    for axes, (axis, size) in zip(panels, varied.items(), strict=True):
        points = [row for row in rows if row["axis"] == axis]
        sizes = np.array([row[size] for row in points], float)
        seconds = np.array([row["seconds"] for row in points])
        axes.loglog(sizes, seconds, **{**CRITERIA["relative_contribution"], "label": "measured"})
        axes.loglog(
            sizes, sizes * seconds[-1] / sizes[-1], **{**CRITERIA["none"], "label": "slope 1"}
        )
        fixed = ", ".join(
            f"{points[0][key]:,} {name}" for name, key in varied.items() if name != axis
        )
        axes.set(xlabel=f"{axis} ({fixed})")
        bare(axes)
    panels[0].set_ylabel("seconds for E and sigma of a ReLU layer")
    panels[0].legend(frameon=False)
    return fig
