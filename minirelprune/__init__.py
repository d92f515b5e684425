"""Small Contributions, Small Networks (arXiv 2410.16151): the reference implementation, in NumPy.

Read the files in this order: activations, losses, mlp, adam, training (a network and how it
learns); contribution, moments, importance (Eq. 1 and 2); criteria, masks, pruning (Alg. 1);
blindness (section 2.1, measured); tails, normality (does the central limit theorem hold?);
information, weight_information (section 3).
"""

from minirelprune.activations import ACTIVATIONS, Activation
from minirelprune.adam import Adam, adam_update
from minirelprune.blindness import blind_share
from minirelprune.clt_row import CltRow, CltSummary, NormalTest
from minirelprune.contribution import contribution, contributions
from minirelprune.criteria import (
    Criterion,
    Magnitude,
    MutualInformation,
    Random,
    RelativeContribution,
    Wanda,
)
from minirelprune.data import Dataset, load_dataset
from minirelprune.importance import importance
from minirelprune.information import entropy, mutual_information
from minirelprune.losses import softmax_cross_entropy
from minirelprune.masks import prune_masks
from minirelprune.mlp import MLP, accuracy, backward
from minirelprune.moments import Moments, contribution_moments
from minirelprune.normality import batch_means, clt_check
from minirelprune.pruned import Pruned, Round
from minirelprune.pruning import EmptiedWarning, prune
from minirelprune.schedule import schedule
from minirelprune.tails import TailIndex, tail_index
from minirelprune.training import TrainingDiverged, train
from minirelprune.weight_information import weight_information

__version__ = "0.1.0"

__all__ = [
    "ACTIVATIONS",
    "MLP",
    "Activation",
    "Adam",
    "CltRow",
    "CltSummary",
    "Criterion",
    "Dataset",
    "EmptiedWarning",
    "Magnitude",
    "Moments",
    "MutualInformation",
    "NormalTest",
    "Pruned",
    "Random",
    "RelativeContribution",
    "Round",
    "TailIndex",
    "TrainingDiverged",
    "Wanda",
    "accuracy",
    "adam_update",
    "backward",
    "batch_means",
    "blind_share",
    "clt_check",
    "contribution",
    "contribution_moments",
    "contributions",
    "entropy",
    "importance",
    "load_dataset",
    "mutual_information",
    "prune",
    "prune_masks",
    "schedule",
    "softmax_cross_entropy",
    "tail_index",
    "train",
    "weight_information",
]
