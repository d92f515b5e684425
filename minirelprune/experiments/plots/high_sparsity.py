"""Every criterion at high sparsity, the best first: pruned at once, and step by step."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers
from minirelprune.experiments.paper.names import ACTIVATIONS, data_label
from minirelprune.experiments.plots.ranked import legend, panel
from minirelprune.experiments.plots.style import seeds_in_words

PANELS = {
    "at_once_90%": "90% at once, one epoch",
    "at_once_95%": "95% at once, one epoch",
    "by_steps_90%": "90% in six rounds, six epochs",
}


def draw(numbers: Numbers) -> Figure:
    """Three panels with the same rows, in the order of the middle one."""
    [found] = numbers.values()
    rows = sorted(found, key=lambda row: row["at_once_95%"])
    size = (13.5, 0.32 * len(rows) + 2.6)
    fig, panels = plt.subplots(1, len(PANELS), figsize=size, layout="constrained", sharey=True)
    for axes, (name, title) in zip(panels, PANELS.items(), strict=True):
        panel(axes, rows, name)
        axes.set_title(title, fontsize=12)
    panels[0].set_yticks(range(len(rows)), [row["label"] for row in rows], fontsize=11)
    where = f"{data_label(rows[0]['data'])}, {ACTIVATIONS[rows[0]['activation']]}"
    fig.suptitle(
        f"Criteria at high sparsity. {where}; "
        f"seeds: {seeds_in_words(rows)}; bars: 95% intervals over seeds",
        fontsize=13,
    )
    legend(fig, rows)
    return fig
