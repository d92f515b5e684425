"""Fig. 2: one unit with three inputs, before and after it loses its second weight."""

from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minirelprune.experiments.outputs import Numbers, Row


def draw(numbers: Numbers) -> Figure:
    """Three panels, as in the paper: the node, its output, its output without the weight."""
    rows = numbers["fig2"]
    kept = [row for row in rows if not row["pruned"]]
    [gone] = [row for row in rows if row["pruned"]]
    before, after, c = gone["a"], gone["a_without"], gone["contribution"]
    name = f"w_{{{gone['i']},0}}"
    fig, (node, full, pruned) = plt.subplots(1, 3, figsize=(12, 5), layout="constrained")
    _node(node, "a", [(f"$x_{{{i}}}$", f"$w_{{{i},0}}$", False) for i in range(len(rows))])
    _node(full, f"{before:.1f}", [(f"{r['x']:.1f}", f"{r['w']:.1f}", False) for r in rows])
    _node(
        pruned,
        f"{after:.1f}",
        [(f"{r['x']:.1f}", "0" if r["pruned"] else f"{r['w']:.1f}", r["pruned"]) for r in rows],
    )
    titles = ("one node", "with all its weights", f"${name} = {gone['w']:.1f}$ pruned")
    formulas = (
        r"$a = f(\Sigma_n x_n w_{n,0})$, f = ReLU",
        _formula("a", rows, before),
        _formula(r"\bar{a}", kept, after),
    )
    for axes, title, formula in zip((node, full, pruned), titles, formulas, strict=True):
        axes.set_title(title, fontsize=15)
        axes.text(0.5, -0.12, formula, fontsize=14, ha="center")
    fig.suptitle(
        f"What does one weight contribute? Without ${name}$ the output falls from {before:.1f} to "
        f"{after:.1f}",
        fontsize=16,
    )
    fig.supxlabel(
        rf"contribution of ${name}$, Eq. (1):  $|(a - \bar{{a}}) / a| = "
        rf"|({before:.1f} - {after:.1f}) / {before:.1f}| = {c:.2f}$",
        fontsize=16,
    )
    return fig


def _node(axes: Axes, output: str, edges: Sequence[tuple[str, str, bool]]) -> None:
    """The inputs on the left, the unit they lead to, and its output.

    Parameters
    ----------
    edges : for each input what is written in it, what on its weight, and whether that is pruned.
    """
    unit = (0.6, 0.5)
    for (x, w, gone), y in zip(edges, np.linspace(0.88, 0.12, len(edges)), strict=True):
        line: dict[str, Any] = {
            "color": "#B2182B" if gone else "black",
            "linestyle": ":" if gone else "-",
        }
        axes.plot([0.12, unit[0]], [y, unit[1]], linewidth=2, zorder=1, **line)
        _circle(axes, (0.12, y), x, size=1500)
        axes.text(
            0.34,
            y + (unit[1] - y) * 0.46,
            w,
            color=line["color"],
            fontsize=15,
            ha="center",
            va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 2},
        )
    arrow = {"arrowstyle": "-|>", "linewidth": 2, "facecolor": "black", "shrinkA": 0}
    axes.annotate("", (0.9, 0.5), unit, arrowprops=arrow, zorder=1)
    axes.text(0.92, 0.5, output, fontsize=17, va="center")
    _circle(axes, unit, r"$\Sigma$, f", size=2600)
    axes.set(xlim=(0, 1.06), ylim=(-0.16, 1))
    axes.axis("off")


def _circle(axes: Axes, at: tuple[float, float], text: str, *, size: int) -> None:
    axes.scatter(*at, s=size, facecolor="white", edgecolor="black", linewidth=2, zorder=2)
    axes.text(*at, text, fontsize=15, ha="center", va="center", zorder=3)


def _formula(name: str, rows: Sequence[Row], result: float) -> str:
    terms = " + ".join(rf"{row['x']:g} \cdot {row['w']:.1f}" for row in rows)
    return f"${name} = f({terms}) = {result:.1f}$"
