"""Do the verdicts on the claims hold on a second data set?

The claims, their cells and the rule are those of `claims`. A claim "holds" or "fails" here, on both
data sets: the paper has no numbers on Fashion-MNIST, so that nothing can replicate there.
"""

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.exhibits.claims import judged, trials_of_claims
from minirelprune.experiments.exhibits.side_by_side import side_by_side
from minirelprune.experiments.outputs import Contents
from minirelprune.experiments.paper.claimed import claims
from minirelprune.experiments.paper.names import data_label
from minirelprune.experiments.paper.published import DATA
from minirelprune.experiments.trials.repeats import Repeats
from minirelprune.experiments.trials.trial import Trial

COMPARED = (DATA, "fashion-mnist")


def data_sets(data: str) -> tuple[str, ...]:
    """Which data sets are compared if this one is asked for: drawn digits stand alone."""
    return COMPARED if data in COMPARED else (data,)


def trials_of(data: str, seed: int) -> list[Trial]:
    """The trials of the claims on each of the data sets."""
    return [trial for one in data_sets(data) for trial in trials_of_claims(one, seed)]


def compute(data: str, results: Repeats) -> Contents:
    """The claims with their measured differences and outcomes, side by side."""
    found = {data_label(one): judged(one, claims(one), results) for one in data_sets(data)}
    caption = (
        "The claims on each data set: measured differences in percentage points of test accuracy, "
        "paired by seed, mean over the cells of a claim ± 95% interval over seeds; and whether the "
        "claim holds by the rule of `claims`."
    )
    return side_by_side("claims_by_data", caption, found)


EXHIBIT = OfTrials(
    name="claims_by_data",
    sentence="the claims on MNIST and on Fashion-MNIST, and whether the verdicts agree",
    makes=("table", "CSV", "picture"),
    plot="side_by_side",
    across=True,
    trials=trials_of,
    compute=compute,
    partial=True,
)
