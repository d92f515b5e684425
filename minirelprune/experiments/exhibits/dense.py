"""The four trained networks of section 4, nothing pruned, beside the published accuracies."""

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
    for activation, accuracy in published.DENSE.items():
        cell = trained(data, activation)
        rounds = rounds_of(cell, results)
        measured = tuned(rounds)
        difference = f"{measured.mean - accuracy:+.2f}"
        rows.append([activation, f"{accuracy:.2f}", measured.text(), difference])
        numbers.append(cell_row(cell, rounds))
    caption = (
        f"Trained networks, nothing pruned. {data_in_words(data)}, {seeds_in_words([rounds])}. "
        "Test accuracy in percent after 10 epochs at a learning rate of 1e-3."
    )
    table = Table(caption, ["Activation", "Published", "Measured", "Difference"], rows)
    return Contents([table], {"dense": numbers})


EXHIBIT = OfTrials(
    name="dense",
    sentence="the four trained networks, nothing pruned",
    makes=("table", "CSV"),
    trials=trials_of,
    compute=compute,
)
