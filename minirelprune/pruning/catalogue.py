"""ONE list of the criteria by name, for the command line and for trials."""

from collections.abc import Callable

from minirelprune.pruning.criteria import (
    Magnitude,
    MutualInformation,
    Random,
    RelativeContribution,
    Wanda,
)
from minirelprune.pruning.rivals import Lamp, NNRelief, Ria, SynFlow
from minirelprune.pruning.scoring import Criterion

CRITERIA: dict[str, Callable[..., Criterion]] = {
    "random": Random,
    "magnitude": Magnitude,
    "wanda": Wanda,
    "relative_contribution": RelativeContribution,
    "mutual_information": MutualInformation,
    "lamp": Lamp,
    "ria": Ria,
    "nnrelief": NNRelief,
    "synflow": SynFlow,
}
