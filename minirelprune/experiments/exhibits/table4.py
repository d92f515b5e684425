"""Table 4: down to 75%, and the rounds on the way there."""

from dataclasses import replace
from functools import partial

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.exhibits.curves import curve
from minirelprune.experiments.exhibits.paper_table import paper_table, trials_of_table
from minirelprune.experiments.outputs import Contents
from minirelprune.experiments.paper.cells import cells
from minirelprune.experiments.trials.repeats import Repeats

TITLE = "Table 4, targets: ReLU, 5% per round, scored on all the data"


def compute(data: str, results: Repeats) -> Contents:
    """The table, and for its picture every round of its trials."""
    contents = paper_table(4, data, results, title=TITLE)
    trials = dict.fromkeys(cell.trial for cell in cells(4, data))
    rounds = [row for trial in trials for row in curve(trial, results)]
    return replace(contents, numbers={**contents.numbers, "table4_rounds": rounds})


EXHIBIT = OfTrials(
    name="table4",
    sentence="three targets, 10, 50 and 75% pruned, with ReLU",
    makes=("table", "CSV", "picture"),
    trials=partial(trials_of_table, 4),
    compute=compute,
)
