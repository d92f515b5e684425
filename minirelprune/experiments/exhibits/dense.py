"""The four trained networks of section 4, nothing pruned, beside the published accuracies.

On other data than MNIST there are none to stand beside.
"""

from minirelprune.experiments.exhibit import OfTrials
from minirelprune.experiments.exhibits.paper_table import cell_row, data_in_words, seeds_in_words
from minirelprune.experiments.outputs import Contents, Table
from minirelprune.experiments.paper import published
from minirelprune.experiments.paper.cells import rounds_of, trained
from minirelprune.experiments.trials.repeats import Repeats, tuned
from minirelprune.experiments.trials.trial import Trial


def trials_of(data: str, seed: int) -> list[Trial]:
    """The trials of one seed."""
    return [Trial(data, seed, activation=name) for name in published.DENSE]


def compute(data: str, results: Repeats) -> Contents:
    """The published and the measured accuracy of each network."""
    rows, numbers = [], []
    for activation in published.DENSE:
        cell = trained(data, activation)
        rounds = rounds_of(cell, results)
        measured = tuned(rounds)
        row = [activation, measured.text()]
        if cell.published is not None:
            difference = measured.mean - cell.published
            row = [activation, f"{cell.published:.2f}", measured.text(), f"{difference:+.2f}"]
        rows.append(row)
        numbers.append(cell_row(cell, rounds))
    caption = (
        f"Trained networks, nothing pruned. {data_in_words(data)}, {seeds_in_words([rounds])}. "
        "Test accuracy in percent after 10 epochs at a learning rate of 1e-3."
    )
    beside = ["Activation", "Published", "Measured", "Difference"]
    header = beside if data == published.DATA else ["Activation", "Measured"]
    return Contents([Table(caption, header, rows)], {"dense": numbers})


EXHIBIT = OfTrials(
    name="dense",
    sentence="the four trained networks, nothing pruned",
    makes=("table", "CSV"),
    trials=trials_of,
    compute=compute,
)
