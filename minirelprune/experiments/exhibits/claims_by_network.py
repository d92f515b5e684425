"""Do the claims beyond the paper hold on networks of other kinds too?

The cells of a claim are 75 and 90% pruned, in three and four rounds; at 50% hardly any two criteria
differ. On the MLP the trials are those of `lenet` and `transformer`, with its own network.
"""

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.exhibits.by_network import trial_of, trials_of
from minirelprune.experiments.exhibits.claims import judged
from minirelprune.experiments.exhibits.claims_beyond import SAID
from minirelprune.experiments.exhibits.entrants import entrant
from minirelprune.experiments.exhibits.side_by_side import side_by_side
from minirelprune.experiments.outputs import Contents
from minirelprune.experiments.paper.cells import Cell
from minirelprune.experiments.paper.claimed import Claim
from minirelprune.experiments.paper.names import NETWORKS, data_label
from minirelprune.experiments.paper.published import DATA
from minirelprune.experiments.trials.repeats import Repeats
from minirelprune.experiments.trials.trial import MLP, Trial

TARGETS = (0.75, 0.90)
SETTINGS = (
    *((DATA, name) for name in NETWORKS),
    *(("fashion-mnist", name) for name in ("mlp", "lenet")),
)
COMPARED = (("Eq. (2) beats random", "Eq. (2)", "Random"), *SAID)


def settings(data: str) -> list[tuple[str, str]]:
    """Data and network of what is compared if this data set is asked for."""
    return [*SETTINGS] if data in {name for name, _ in SETTINGS} else [(data, MLP)]


def claims(data: str, architecture: str) -> list[Claim]:
    """The claims in one setting."""
    return [
        Claim(
            sentence,
            [
                (_cell(data, architecture, one, target), _cell(data, architecture, other, target))
                for target in TARGETS
            ],
        )
        for sentence, one, other in COMPARED
    ]


def _cell(data: str, architecture: str, label: str, target: float) -> Cell:
    return Cell(0, trial_of(data, architecture, entrant(label)), target, None)


def trials_of_settings(data: str, seed: int) -> list[Trial]:
    """The trials of all settings, those of whole exhibits."""
    return [
        trial for setting in settings(data) for trial in trials_of(setting[0], seed, setting[1])
    ]


def compute(data: str, results: Repeats) -> Contents:
    """The claims with their measured differences and outcomes, network by network."""
    found = {
        f"{data_label(name)}, {NETWORKS[architecture]}": judged(
            name, claims(name, architecture), results
        )
        for name, architecture in settings(data)
    }
    caption = (
        "Claims on several kinds of networks, at 75 and 90% pruned by 25% per round with one epoch "
        "after each: measured differences in percentage points of test accuracy, paired by seed, "
        "mean over the cells of a claim ± 95% interval over seeds; and whether the claim holds in "
        "every cell, by the rule of `claims`."
    )
    return side_by_side("claims_by_network", caption, found)


EXHIBIT = OfTrials(
    name="claims_by_network",
    sentence="the same claims on an MLP, a convolutional network and a transformer",
    makes=("table", "CSV", "picture"),
    plot="side_by_side",
    across=True,
    trials=trials_of_settings,
    compute=compute,
    partial=True,
)
