"""β x s: one panel for each step, one tile for each pair."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers, scientific
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.plots.heat import tiles
from minirelprune.experiments.plots.style import seeds_in_words


def draw(numbers: Numbers) -> Figure:
    """All panels share their colours."""
    rows = numbers["beta_and_s"]
    steps = list(dict.fromkeys(row["per_round"] for row in rows))
    values = [row["measured"] for row in rows]
    fig, panels = plt.subplots(
        1, len(steps), figsize=(3.4 * len(steps) + 1, 3.2), layout="constrained", sharey=True
    )
    for axes, step in zip(panels, steps, strict=True):
        mine = [row for row in rows if row["per_round"] == step]
        image = tiles(
            *(axes, mine, "beta", "s", "measured"),
            form=".2f",
            cmap="viridis",
            limits=(min(values), max(values)),
        )
        axes.set_title(f"{step:.0%} per round", fontsize=12)
        betas = dict.fromkeys(row["beta"] for row in mine)
        axes.set_xticks(range(len(betas)), [scientific(beta) for beta in betas], fontsize=11)
        axes.set_xlabel("β of Eq. (2)", fontsize=12)
    panels[0].set_yticks(range(2), ["with s", "without s"], fontsize=11)
    panels[0].set_ylabel("layer factor", fontsize=12)
    fig.colorbar(image, ax=panels, label="test accuracy, %")
    fig.suptitle(
        f"Eq. (2) with each β, with s and without, 50% pruned. {data_label(rows[0]['data'])}, "
        f"ReLU; mean ± 95% interval over seeds ({seeds_in_words(rows)})",
        fontsize=13,
    )
    return fig
