"""The criteria that `high_sparsity` compares: of the paper, of others, and Eq. (1) taken apart."""

from dataclasses import dataclass

from minirelprune.experiments.paper.cells import EQ_2
from minirelprune.experiments.trials.trial import Option


@dataclass(frozen=True)
class Entrant:
    """A criterion as it takes part."""

    label: str
    criterion: str
    options: tuple[Option, ...] = ()
    scope: str = "global"
    kind: str = "other"  # or "paper", "ablation", "proposed"


PROPOSED = Entrant("LAMP of the change", "lamp", (("of", "change"),), kind="proposed")
RIVALS = ("Wanda", "Magnitude", "LAMP", "RIA with LAMP's shares")  # what it is compared with
ENTRANTS = (
    Entrant("Random", "random"),
    Entrant("Magnitude", "magnitude"),
    Entrant("Magnitude, per layer", "magnitude", scope="layer"),
    Entrant("LAMP", "lamp"),
    Entrant("Wanda", "wanda"),
    Entrant("Wanda with LAMP's shares", "lamp", (("of", "wanda"),)),
    Entrant("RIA", "ria"),
    Entrant("RIA with LAMP's shares", "lamp", (("of", "ria"),)),
    Entrant("NNRelief", "nnrelief"),
    Entrant("SynFlow", "synflow"),
    Entrant("SNIP", "snip"),
    Entrant("GraSP", "grasp"),
    Entrant("OBD", "obd"),
    Entrant("Mutual information", "mutual_information", kind="paper"),
    Entrant("Eq. (2)", EQ_2, kind="paper"),
    Entrant(
        "E of Eq. (1), without s", EQ_2, (("beta", 0.0), ("layer_factor", None)), kind="ablation"
    ),
    *(
        Entrant(label, "output_change", (("statistic", statistic),), kind="ablation")
        for label, statistic in (
            ("root mean square", "rms"),
            ("median", "median"),
            ("mean without the top 5%", "trimmed"),
            ("bounded", "bounded"),
            ("ratio of means", "ratio_of_means"),
            ("numerator only", "change"),
            ("numerator, root mean square", "rms_change"),
        )
    ),
    PROPOSED,
)


def entrant(label: str) -> Entrant:
    """The entrant of this label."""
    [one] = [one for one in ENTRANTS if one.label == label]
    return one
