"""A pruned network in a line, and its rounds as a table for notebooks."""

from collections.abc import Sequence
from html import escape

from minirelprune.network.protocol import Network
from minirelprune.pruning.rounds import Round, zeros
from minirelprune.support.arrays import Mask

COLUMNS = (
    "round",
    "pruned",
    "sparsity",
    "by layer",
    "accuracy, pruned (%)",
    "accuracy, fine-tuned (%)",
)


def summary(net: Network, masks: Sequence[Mask], rounds: Sequence[Round]) -> str:
    """The sizes, the activation, the sparsity, and how many rounds led to which accuracy."""
    parts = [net.title.replace(" ", ", "), f"{zeros(masks) / net.n_weights:.1%} pruned"]
    if rounds:
        count = len(rounds) - 1
        parts.append(f"{count} round{'' if count == 1 else 's'}")
        parts.append(f"accuracy {rounds[-1].accuracy_tuned:.2f}%")
    return ", ".join(parts)


def html(title: str, rounds: Sequence[Round]) -> str:
    """A table with a row for each round."""
    head = "".join(f"<th>{escape(name)}</th>" for name in COLUMNS)
    rows = [f"<tr>{''.join(f'<td>{cell}</td>' for cell in _cells(one))}</tr>" for one in rounds]
    return f"<p>{escape(title)}</p><table><tr>{head}</tr>{''.join(rows)}</table>"


def _cells(one: Round) -> list[str]:
    layers = ", ".join(f"{share:.1%}" for share in one.layer_sparsity)
    accuracies = f"{one.accuracy_pruned:.2f}", f"{one.accuracy_tuned:.2f}"
    return [str(one.number), f"{one.pruned:,}", f"{one.sparsity:.1%}", layers, *accuracies]
