"""ONE list of the criteria by name, for the command line and for trials."""

from collections.abc import Callable

from minirelprune.pruning.by_loss import Grasp, Obd, Snip
from minirelprune.pruning.criteria import (
    Magnitude,
    MutualInformation,
    Random,
    RelativeContribution,
    Wanda,
)
from minirelprune.pruning.lamp import Lamp
from minirelprune.pruning.output_change import OutputChange
from minirelprune.pruning.rivals import NNRelief, Ria, SynFlow
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
    "snip": Snip,
    "grasp": Grasp,
    "obd": Obd,
    "output_change": OutputChange,
}
