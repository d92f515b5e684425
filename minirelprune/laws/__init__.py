"""The laws that every implementation of the paper's formulas must keep.

>>> import minirelprune
>>> from minirelprune.laws import check
>>> check(minirelprune, only=["a_zero_weight_contributes_nothing"])
kept    a_zero_weight_contributes_nothing: A weight of 0 contributes 0, whatever the unit does.
1 kept, 0 broken, 0 skipped

Needs Hypothesis: `pip install "minirelprune[test]"`.
"""

from minirelprune.laws import (  # noqa: F401  (importing a file registers its laws)
    activations,
    adam,
    attention,
    blindness,
    contribution,
    convolution,
    criteria,
    importance,
    information,
    losses,
    masks,
    moments,
    network,
    normality,
    pruning,
    smaller,
    tails,
    weight_information,
)
from minirelprune.laws.law import LAWS, Law
from minirelprune.laws.report import Report, Verdict, check

__all__ = ["LAWS", "Law", "Report", "Verdict", "check"]
