"""Small Contributions, Small Networks (arXiv 2410.16151), implemented in NumPy, without autograd.

The folders are the chapters of the paper: `network` (section 4), `contribution` (section 2.2, Eq. 1
and 2), `pruning` (Algorithm 1) and `theory` (sections 2.1 and 3, and the central limit theorem).
`laws` says what every implementation of the formulas must keep, `experiments` reproduces the tables
and figures, and `lab` has what the notebooks share.
"""

from minirelprune.contribution.definition import contribution, contributions
from minirelprune.contribution.importance import importance
from minirelprune.contribution.moments import Moments, contribution_moments
from minirelprune.data import Dataset, load_dataset
from minirelprune.network.activations import ACTIVATIONS, Activation
from minirelprune.network.adam import Adam, adam_update
from minirelprune.network.conv_net import ConvNet
from minirelprune.network.evaluation import accuracy
from minirelprune.network.gradients import backward
from minirelprune.network.losses import softmax_cross_entropy
from minirelprune.network.mlp import MLP
from minirelprune.network.training import Training, TrainingDiverged, train
from minirelprune.network.transformer import Transformer
from minirelprune.pruning.algorithm import prune
from minirelprune.pruning.by_loss import Grasp, Obd, Snip
from minirelprune.pruning.compact import compact
from minirelprune.pruning.criteria import (
    Magnitude,
    MutualInformation,
    Random,
    RelativeContribution,
    Wanda,
)
from minirelprune.pruning.lamp import Lamp
from minirelprune.pruning.masks import prune_masks
from minirelprune.pruning.notices import EmptiedWarning, NoMasksWarning
from minirelprune.pruning.output_change import OutputChange
from minirelprune.pruning.pruned import Pruned
from minirelprune.pruning.rivals import NNRelief, Ria, SynFlow
from minirelprune.pruning.rounds import Round
from minirelprune.pruning.schedule import schedule
from minirelprune.pruning.scoring import Criterion
from minirelprune.pruning.sparse import SparseMLP, export_sparse
from minirelprune.theory.blind_range import blind_share
from minirelprune.theory.clt_row import CltRow, CltSummary, NormalTest
from minirelprune.theory.entropy import entropy, mutual_information
from minirelprune.theory.normality import batch_means, clt_check
from minirelprune.theory.tails import TailIndex, tail_index
from minirelprune.theory.weight_information import weight_information

__version__ = "0.2.0"

__all__ = [
    "ACTIVATIONS",
    "MLP",
    "Activation",
    "Adam",
    "CltRow",
    "CltSummary",
    "ConvNet",
    "Criterion",
    "Dataset",
    "EmptiedWarning",
    "Grasp",
    "Lamp",
    "Magnitude",
    "Moments",
    "MutualInformation",
    "NNRelief",
    "NoMasksWarning",
    "NormalTest",
    "Obd",
    "OutputChange",
    "Pruned",
    "Random",
    "RelativeContribution",
    "Ria",
    "Round",
    "Snip",
    "SparseMLP",
    "SynFlow",
    "TailIndex",
    "Training",
    "TrainingDiverged",
    "Transformer",
    "Wanda",
    "accuracy",
    "adam_update",
    "backward",
    "batch_means",
    "blind_share",
    "clt_check",
    "compact",
    "contribution",
    "contribution_moments",
    "contributions",
    "entropy",
    "export_sparse",
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
