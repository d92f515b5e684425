"""β x s: Table 1 varies β with s, and s with one β. Here is each β with s and without.

The setting is that of Table 1: ReLU, 50% pruned, scored on half a percent of the data.
"""

from collections.abc import Sequence

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.exhibits.verdicts import ADDED, mean_of, verdict
from minirelprune.experiments.intervals import estimate
from minirelprune.experiments.outputs import Contents, Row, Table, scientific
from minirelprune.experiments.paper.cells import EQ_2
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.trials.repeats import Repeats
from minirelprune.experiments.trials.trial import Option, Trial, of_seed

BETAS = (0.0, 1e-7, 1e-5)
PAPER = 1e-7  # the default
PER_ROUND = (0.25, 0.15, 0.10, 0.05)
TARGET = 0.50
SHARE = 0.005  # of the training images
WAYS = {True: "with s", False: "without s"}


def options_of(beta: float) -> tuple[Option, ...]:
    """The options of Eq. (2) with this β, which is none of them if it is the paper's."""
    return () if beta == PAPER else (("beta", beta),)


def trial_of(data: str, beta: float, per_round: float, *, s: bool) -> Trial:
    """The trial of one cell; where Table 1 has it, it is that of Table 1."""
    options = options_of(beta) + (() if s else (("layer_factor", None),))
    return Trial(
        data,
        0,
        criterion=EQ_2,
        options=options,
        scoring_fraction=SHARE,
        per_round=per_round,
        target=TARGET,
    )


def trials_of(data: str, seed: int) -> list[Trial]:
    """The 24 trials of one seed."""
    each = [trial_of(data, beta, p, s=s) for s in WAYS for beta in BETAS for p in PER_ROUND]
    return of_seed(each, seed)


def compute(data: str, results: Repeats) -> Contents:
    """The accuracies, and what s does at each β, and β with s and without, over the same seeds."""
    have = [set(results.get(trial, {})) for trial in trials_of(data, 0)]
    seeds = sorted(set.intersection(*have))
    if not seeds:
        return Contents()
    found = {
        (s, beta): {p: _tuned(results, trial_of(data, beta, p, s=s), seeds) for p in PER_ROUND}
        for s in WAYS
        for beta in BETAS
    }
    numbers: list[Row] = [
        {
            "data": data,
            "s": s,
            "beta": beta,
            "per_round": per_round,
            "seeds": len(seeds),
            **estimate(values).columns("measured"),
        }
        for (s, beta), each in found.items()
        for per_round, values in each.items()
    ]
    where = f"{data_label(data)}, ReLU, 50% pruned, scored on {SHARE:.1%} of the training images"
    over = f"± 95% interval over seeds ({len(seeds)})"
    tables = [
        _accuracies(
            found, f"β and s: test accuracy in percent, by the step. {where}; mean {over}."
        ),
        _claims(
            found,
            "Claims on one of the two: the difference in percentage points, mean over the steps, "
            f"paired by seed {over}; and the verdict, by the rule of `claims`.",
        ),
    ]
    return Contents(tables, {"beta_and_s": numbers})


Found = dict[tuple[bool, float], dict[float, list[float]]]


def _tuned(results: Repeats, trial: Trial, seeds: Sequence[int]) -> list[float]:
    return [results[trial][seed].rounds[-1].accuracy_tuned for seed in seeds]


def _accuracies(found: Found, caption: str) -> Table:
    rows = [
        [WAYS[s], scientific(beta), *(estimate(values).text() for values in each.values())]
        for (s, beta), each in found.items()
    ]
    return Table(caption, ["Eq. (2)", "β", *(f"{p:.0%} per round" for p in PER_ROUND)], rows)


def _claims(found: Found, caption: str) -> Table:
    """Does s help at each β, and is each β better than 0? The steps are the cells of a claim."""
    rows = [
        _claim(f"s helps, at β = {scientific(b)}", found[True, b], found[False, b]) for b in BETAS
    ]
    for s, words in WAYS.items():
        for beta in BETAS[1:]:
            sentence = f"β = {scientific(beta)} beats β = 0, {words}"
            rows.append(_claim(sentence, found[s, beta], found[s, 0.0]))
    return Table(caption, ["Claim", "Difference", "Verdict"], rows)


def _claim(
    sentence: str, one: dict[float, list[float]], other: dict[float, list[float]]
) -> list[str]:
    """One minus other, seed by seed: the mean over the steps, and the verdict."""
    cells = [[a - b for a, b in zip(one[p], other[p], strict=True)] for p in PER_ROUND]
    return [sentence, estimate(mean_of(cells)).text("+.2f"), verdict(cells, ADDED)]


EXHIBIT = OfTrials(
    name="beta_and_s",
    sentence="each β of Eq. (2) with the layer factor s and without, at 50% pruned",
    makes=("table", "CSV", "picture"),
    trials=trials_of,
    compute=compute,
    partial=True,
)
