"""β of Eq. (2) over architectures: is the best β the same in deep, wide and narrow networks?

Only the ratio of β to α matters, as scores are ranked: so α stays 1. The networks are trained on
the first 10,000 images, and pruned to 75% in three rounds.
"""

from collections.abc import Sequence

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.exhibits.beta_and_s import BETAS, options_of
from minirelprune.experiments.exhibits.verdicts import ADDED, verdict
from minirelprune.experiments.intervals import Estimate, estimate
from minirelprune.experiments.outputs import Contents, Row, Table, scientific
from minirelprune.experiments.paper.cells import EQ_2
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.trials.repeats import Repeats
from minirelprune.experiments.trials.trial import Trial, of_seed

DEPTHS = (2, 4, 8)  # hidden layers
WIDTHS = (100, 400, 1600)  # units of each
N_TRAIN = 10_000
SMALL = {"sklearn-digits": None}  # all of them
SHARE = 0.03  # of them
PER_ROUND, TARGET = 0.25, 0.75


def trial_of(data: str, depth: int, width: int, beta: float) -> Trial:
    """One architecture, pruned by Eq. (2) with one β."""
    return Trial(
        data,
        0,
        criterion=EQ_2,
        options=options_of(beta),
        scoring_fraction=SHARE,
        per_round=PER_ROUND,
        target=TARGET,
        hidden=(width,) * depth,
        n_train=SMALL.get(data, N_TRAIN),
    )


def trials_of(data: str, seed: int) -> list[Trial]:
    """The trials of one seed, the small networks first."""
    each = [trial_of(data, d, w, beta) for w in WIDTHS for d in DEPTHS for beta in BETAS]
    return of_seed(each, seed)


def compute(data: str, results: Repeats) -> Contents:
    """Of each architecture that has all its trials: before pruning, and at 75% with each β."""
    each = {(d, w): _tuned(data, d, w, results) for d in DEPTHS for w in WIDTHS}
    each = {place: found for place, found in each.items() if found[0]}
    if not each:
        return Contents()
    rows = [_row(data, depth, width, found) for (depth, width), found in each.items()]
    header = ["Hidden layers", "Units of each", "Seeds", "Not pruned", "β = 0"]
    header += [f"β = {scientific(beta)}, minus β = 0" for beta in BETAS[1:]]
    n_train = SMALL.get(data, N_TRAIN)
    caption = (
        f"Eq. (2) with other β, on other architectures. {data_label(data)}, "
        f"{f'{n_train:,}' if n_train else 'all'} training images, ReLU, {TARGET:.0%} pruned by "
        f"{PER_ROUND:.0%} per round: test accuracy in percent, and differences in percentage "
        "points, paired by seed; mean ± 95% interval over seeds."
    )
    tables = [Table(caption, header, [_shown(row) for row in rows]), _claims([*each.values()])]
    return Contents(tables, {"architectures": rows})


Found = list[list[tuple[float, float]]]  # of each β and seed: accuracy before pruning, and after


def _tuned(data: str, depth: int, width: int, results: Repeats) -> Found:
    """The accuracies of one architecture, over the seeds that have every β."""
    each = [results.get(trial_of(data, depth, width, beta), {}) for beta in BETAS]
    seeds = sorted(set.intersection(*map(set, each)))
    ends = [[(one[k].rounds[0], one[k].rounds[-1]) for k in seeds] for one in each]
    return [[(a.accuracy_tuned, b.accuracy_tuned) for a, b in one] for one in ends]


def _claims(each: Sequence[Found]) -> Table:
    """Is a β better than 0 in every architecture? Those that have two seeds are the cells."""
    several = [found for found in each if len(found[0]) > 1]
    rows = []
    for k, beta in enumerate(BETAS[1:], start=1):
        sentence = f"β = {scientific(beta)} beats β = 0 in each architecture"
        cells = [_changes(found, k) for found in several]
        said = verdict(cells, ADDED) if cells else "no verdict from one seed"
        rows.append([sentence, str(len(cells)), said])
    caption = (
        "The verdicts, by the rule of `claims`; architectures of at least two seeds are the cells."
    )
    return Table(caption, ["Claim", "Architectures", "Verdict"], rows)


def _row(data: str, depth: int, width: int, found: Found) -> Row:
    """The numbers of one architecture."""
    row: Row = {"data": data, "depth": depth, "width": width, "seeds": len(found[0])}
    row |= estimate([before for before, _ in found[0]]).columns("not_pruned")
    row |= estimate([after for _, after in found[0]]).columns("beta_0")
    for k, beta in enumerate(BETAS[1:], start=1):
        row |= estimate(_changes(found, k)).columns(change_of(beta))
    return row


def _changes(found: Found, k: int) -> list[float]:
    """What the k-th β changes beside the first, 0, seed by seed."""
    return [other - zero for (_, zero), (_, other) in zip(found[0], found[k], strict=True)]


def change_of(beta: float) -> str:
    """The column of what a β changes."""
    return f"beta_{scientific(beta)}_minus_0"


def _shown(row: Row) -> list[str]:
    changes = [Estimate.of(row, change_of(beta)).text("+.2f") for beta in BETAS[1:]]
    accuracies = [Estimate.of(row, name).text() for name in ("not_pruned", "beta_0")]
    return [*(str(row[name]) for name in ("depth", "width", "seeds")), *accuracies, *changes]


EXHIBIT = OfTrials(
    name="architectures",
    sentence="β of Eq. (2) in networks of 2 to 8 hidden layers of 100 to 1,600 units",
    makes=("table", "CSV", "picture"),
    trials=trials_of,
    compute=compute,
    partial=True,
)
