"""Tables are views of trials: the paper's number, ours, and how sure ours is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import stats

from minirelprune.experiments import published
from minirelprune.experiments.store import Result
from minirelprune.experiments.tidy import Row, csv_text
from minirelprune.experiments.trials import TARGETS
from minirelprune.pruned import Round

LABELS = {
    "random": "Random",
    "magnitude": "Magnitude",
    "wanda": "Wanda",
    "ours": "Eq. (2), the paper's own",
    "mutual_information": "Mutual information, section 3",
    "none": "nothing pruned (control)",
}


class Estimate(NamedTuple):
    """A mean over seeds and the half-width of its 95% interval (Student's t); NaN for one seed."""

    mean: float
    half_width: float

    def __str__(self) -> str:
        interval = "" if np.isnan(self.half_width) else f" ± {self.half_width:.2f}"
        return f"{self.mean:.2f}{interval}"


def estimate(values: Sequence[float]) -> Estimate:
    """The mean of one value a seed, with its 95% interval.

    >>> str(estimate([98.0, 98.2, 98.4])), str(estimate([98.0]))
    ('98.20 ± 0.50', '98.00')
    """
    n, mean = len(values), float(np.mean(values))
    if n < 2:
        return Estimate(mean, float("nan"))
    return Estimate(mean, float(stats.t.ppf(0.975, n - 1) * stats.sem(values)))


@dataclass(frozen=True)
class Table:
    """Rows of text under a caption, as Markdown; and the numbers behind them, as tidy CSV."""

    caption: str
    header: list[str]
    rows: list[list[str]]
    tidy: list[Row]

    def markdown(self) -> str:
        """The caption, and a table whose columns line up in plain text too."""
        lines = [self.header, *self.rows]
        widths = [max(len(line[k]) for line in lines) for k in range(len(self.header))]
        rule = ["-" * width for width in widths]
        aligned = [
            "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
            for line in (self.header, rule, *self.rows)
        ]
        return "\n".join([self.caption, "", *aligned]) + "\n"

    def csv(self) -> str:
        """One line a number, with everything needed to place it."""
        return csv_text(self.tidy)


def round_at(result: Result, target: float) -> Round:
    """The round of a trial at which `target` of the weights are gone: 10% is round 2 at 5%."""
    return result.rounds[round(target / result.trial.per_round)]


def table4(results: Sequence[Result]) -> Table:
    """Table 4: accuracy at 10, 50 and 75% pruned, 5% a round, beside the paper's.

    To the paper's rows it adds the accuracy before fine-tuning, and a control that had the same
    fine-tuning but lost no weight: without it, pruning gets the credit for extra epochs (R15).
    """
    rows, tidy = [], []
    for criterion in (*published.TABLE4, "none"):
        row = [LABELS[criterion]]
        for target in TARGETS:
            rounds = [round_at(r, target) for r in results if r.trial.criterion == criterion]
            paper = published.TABLE4.get(criterion, {}).get(target)
            tuned = estimate([one.accuracy_tuned for one in rounds])
            before = estimate([one.accuracy_pruned for one in rounds])
            row += [f"{paper:.2f}" if paper else "", str(tuned), str(before)]
            tidy.append(
                {
                    "data": results[0].trial.data,
                    "criterion": criterion,
                    "target": target,
                    "paper": paper,
                    "accuracy": round(tuned.mean, 4),
                    "half_width_95": round(tuned.half_width, 4),
                    "accuracy_before_tuning": round(before.mean, 4),
                    "seeds": len(rounds),
                }
            )
        rows.append(row)
    header = ["Criterion"]
    for target in TARGETS:
        header += [f"{target:.0%}: paper", "measured", "before tuning"]
    caption = (
        f"Table 4 on **{_data(results)}**: test accuracy in percent with 10, 50 and 75% of "
        f"the weights pruned, 5% a round, one epoch of fine-tuning a round; {_seeds(results)}. "
        f"The network started at {_dense(results, 'relu')} (paper: {published.DENSE['relu']})."
    )
    return Table(caption, header, rows, tidy)


def dense_table(results: Sequence[Result]) -> Table:
    """The four trained networks of section 4, nothing pruned, beside the paper's."""
    rows, tidy = [], []
    for activation, paper in published.DENSE.items():
        values = [r.rounds[0].accuracy_tuned for r in results if r.trial.activation == activation]
        ours = estimate(values)
        rows.append([activation, f"{paper:.2f}", str(ours), f"{ours.mean - paper:+.2f}"])
        tidy.append(
            {
                "data": results[0].trial.data,
                "activation": activation,
                "paper": paper,
                "accuracy": round(ours.mean, 4),
                "half_width_95": round(ours.half_width, 4),
                "seeds": len(values),
            }
        )
    caption = (
        f"Trained networks on **{_data(results)}**: test accuracy in percent after "
        f"10 epochs at a learning rate of 1e-3; {_seeds(results)}."
    )
    return Table(caption, ["Activation", "Paper", "Measured", "Difference"], rows, tidy)


def _data(results: Sequence[Result]) -> str:
    data = results[0].trial.data
    return data if data == "mnist" else f"{data}, not MNIST as the paper's"


def _seeds(results: Sequence[Result]) -> str:
    seeds = sorted({result.trial.seed for result in results})
    if len(seeds) == 1:
        return f"seed {seeds[0]} alone, so a few tenths are no evidence"
    return f"mean of {len(seeds)} seeds ± 95% interval"


def _dense(results: Sequence[Result], activation: str) -> Estimate:
    by_seed = {
        result.trial.seed: result.rounds[0].accuracy_tuned
        for result in results
        if result.trial.activation == activation
    }
    return estimate(list(by_seed.values()))
