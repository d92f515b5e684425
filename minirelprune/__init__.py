"""Small Contributions, Small Networks (arXiv 2410.16151): the reference implementation, in NumPy.

Read the files in this order: activations, losses, mlp, adam, training (a network and how it
learns); contribution, moments, importance (Eq. 1 and 2); information, weight_information (section
3); criteria, masks, pruning (Alg. 1).
"""

from minirelprune.activations import ACTIVATIONS, Activation
from minirelprune.adam import Adam, adam_update
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
from minirelprune.masks import prune_masks, schedule
from minirelprune.mlp import MLP, accuracy, backward
from minirelprune.moments import Moments, contribution_moments
from minirelprune.pruned import Pruned, Round
from minirelprune.pruning import EmptiedWarning, prune
from minirelprune.training import TrainingDiverged, train
from minirelprune.weight_information import weight_information

__version__ = "0.1.0"

__all__ = [
    "ACTIVATIONS",
    "MLP",
    "Activation",
    "Adam",
    "Criterion",
    "Dataset",
    "EmptiedWarning",
    "Magnitude",
    "Moments",
    "MutualInformation",
    "Pruned",
    "Random",
    "RelativeContribution",
    "Round",
    "TrainingDiverged",
    "Wanda",
    "accuracy",
    "adam_update",
    "backward",
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
    "train",
    "weight_information",
]
