"""Do the verdicts on the claims hold on a second data set?

The claims, their cells and the rule are those of `claims`. A claim "holds" or "fails" here, on both
data sets: the paper has no numbers on Fashion-MNIST, so that nothing can replicate there.
"""

from collections import Counter
from collections.abc import Sequence

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.exhibits.claims import judged, trials_of_claims
from minirelprune.experiments.exhibits.verdicts import ADDED, PUBLISHED, UNDECIDED
from minirelprune.experiments.intervals import Estimate
from minirelprune.experiments.outputs import Contents, Row, Table
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.paper.published import DATA
from minirelprune.experiments.trials.repeats import Repeats
from minirelprune.experiments.trials.trial import Trial

COMPARED = (DATA, "fashion-mnist")
OUTCOMES = {
    PUBLISHED.holds: "holds",
    ADDED.holds: "holds",
    PUBLISHED.fails: "fails",
    ADDED.fails: "fails",
    UNDECIDED: UNDECIDED,
}
NO_VERDICT = "no verdict"  # of fewer than two seeds
SAME, DIFFERENT, OPEN = "same", "different", "one undecided"


def data_sets(data: str) -> tuple[str, ...]:
    """Which data sets are compared if this one is asked for: drawn digits stand alone."""
    return COMPARED if data in COMPARED else (data,)


def trials_of(data: str, seed: int) -> list[Trial]:
    """The trials of the claims on each of the data sets."""
    return [trial for one in data_sets(data) for trial in trials_of_claims(one, seed)]


def agreement(outcomes: Sequence[str]) -> str:
    """Whether the outcomes of one claim on all data sets are the same; "" of one data set.

    >>> agreement(["holds", "holds"]), agreement(["holds", "fails"]), agreement(["fails"])
    ('same', 'different', '')
    """
    if len(outcomes) < 2 or NO_VERDICT in outcomes:
        return ""
    if len(set(outcomes)) == 1:
        return SAME
    return OPEN if UNDECIDED in outcomes else DIFFERENT


def compute(data: str, results: Repeats) -> Contents:
    """The claims with their measured differences and outcomes, side by side."""
    found = {one: judged(one, results) for one in data_sets(data)}
    rows: list[Row] = []
    for same_claim in zip(*found.values(), strict=True):
        outcomes = [OUTCOMES.get(row["verdict"], NO_VERDICT) for row in same_claim]
        said = agreement(outcomes)
        for row, outcome in zip(same_claim, outcomes, strict=True):
            kept = ("data", "group", "claim", "margin", "seeds", "difference", "half_width_95")
            rows.append({key: row[key] for key in kept} | {"outcome": outcome, "agreement": said})
    return Contents([_table(data, rows)], {"claims_by_data": rows})


def _table(data: str, rows: Sequence[Row]) -> Table:
    names = data_sets(data)
    header = ["Claim"]
    for name in names:
        header += [data_label(name), "Outcome"]
    lines = []
    for k in range(0, len(rows), len(names)):
        each = rows[k : k + len(names)]
        cells = [text for row in each for text in (_difference(row), row["outcome"])]
        lines.append([each[0]["claim"], *cells, each[0]["agreement"]])
    caption = (
        "The claims on each data set: measured differences in percentage points of test accuracy, "
        "paired by seed, mean over the cells of a claim ± 95% interval over seeds; and whether the "
        f"claim holds by the rule of `claims`. {_seeds(rows)}. {_tally(rows[:: len(names)])}"
    )
    return Table(caption, [*header, "Agreement"], lines)


def _difference(row: Row) -> str:
    if row["difference"] is None:
        return ""
    return Estimate(row["difference"], row["half_width_95"], row["seeds"]).text("+.2f")


def _seeds(rows: Sequence[Row]) -> str:
    """How many seeds each data set has, claim by claim."""
    seeds: dict[str, set[int]] = {}
    for row in rows:
        seeds.setdefault(row["data"], set()).add(row["seeds"])
    each = (f"{data_label(k)}: {' to '.join(map(str, sorted(v)))}" for k, v in seeds.items())
    return f"Seeds: {', '.join(each)}"


def _tally(one_per_claim: Sequence[Row]) -> str:
    """How many claims have the same outcome, and how many have opposite ones."""
    counts = Counter(row["agreement"] for row in one_per_claim)
    if not counts[SAME] + counts[DIFFERENT] + counts[OPEN]:
        return ""
    return (
        f"Of {len(one_per_claim)} claims {counts[SAME]} have the same outcome on both, "
        f"{counts[DIFFERENT]} hold on one and fail on the other, and {counts[OPEN]} are undecided "
        "on one of them."
    )


EXHIBIT = OfTrials(
    name="claims_by_data",
    sentence="the claims on MNIST and on Fashion-MNIST, and whether the verdicts agree",
    makes=("table", "CSV", "picture"),
    across=True,
    trials=trials_of,
    compute=compute,
    partial=True,
)
