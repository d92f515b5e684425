"""The rounds of a run as lines of a table, printed one by one or all at once."""

from minirelprune.pruning.rounds import Round


def header(n_layers: int) -> str:
    """The line above those of `line`."""
    by_layer = "by layer".ljust(7 * n_layers - 1)
    return f"round  pruned   sparsity  {by_layer}  pruned%  tuned%  score s  tune s"


def line(one: Round) -> str:
    """What one round did."""
    layers = " ".join(f"{share:6.1%}" for share in one.layer_sparsity)
    return (
        f"{one.number:5}  {one.pruned:7,}  {one.sparsity:7.1%}  {layers:8}  "
        f"{one.accuracy_pruned:7.2f}  {one.accuracy_tuned:6.2f}  "
        f"{one.seconds_scoring:7.1f}  {one.seconds_tuning:6.1f}"
    )
