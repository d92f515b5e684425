"""What the notebooks share: data, networks trained as in the tables, results, and one style.

A notebook imports `minirelprune` and this package, and nothing else:

>>> from minirelprune import lab
>>> [cell.published for cell in lab.find(4, "mnist", criterion="wanda")]
[98.6, 98.31, 90.32]
"""

from minirelprune.experiments.exhibits.pixels import survivors
from minirelprune.experiments.exhibits.ranking import of_networks as ranking_of
from minirelprune.experiments.intervals import estimate
from minirelprune.experiments.outputs import Contents
from minirelprune.experiments.paper.cells import cells, find, rounds_of, trained
from minirelprune.experiments.paper.labels import column_label, row_label
from minirelprune.experiments.paper.published import DENSE
from minirelprune.experiments.plots.style import ACTIVATIONS, CRITERIA, bare
from minirelprune.experiments.trials.trial import EPOCHS, LAYER_SIZES, Trial
from minirelprune.lab.exercises import exercise, report_on
from minirelprune.lab.homework import check, grade_of
from minirelprune.lab.reruns import rerun
from minirelprune.lab.session import QUICK, live, live_network, start, train
from minirelprune.lab.stored import accuracies, compare, compute, draw, results
from minirelprune.lab.tables import show, show_claims, show_table
from minirelprune.lab.trying import trying
from minirelprune.network.losses import output_l1
from minirelprune.theory.binning import equal_mass_edges

__all__ = [
    "ACTIVATIONS",
    "CRITERIA",
    "DENSE",
    "EPOCHS",
    "LAYER_SIZES",
    "QUICK",
    "Contents",
    "Trial",
    "accuracies",
    "bare",
    "cells",
    "check",
    "column_label",
    "compare",
    "compute",
    "draw",
    "equal_mass_edges",
    "estimate",
    "exercise",
    "find",
    "grade_of",
    "live",
    "live_network",
    "output_l1",
    "ranking_of",
    "report_on",
    "rerun",
    "results",
    "rounds_of",
    "row_label",
    "show",
    "show_claims",
    "show_table",
    "start",
    "survivors",
    "train",
    "trained",
    "trying",
]
