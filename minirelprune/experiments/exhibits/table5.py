"""Table 5: pruning-aware training, Eq. (3)."""

from minirelprune.experiments.exhibits import paper_table

EXHIBIT = paper_table.exhibit(
    5,
    "pruning-aware training (Eq. 3), at 50 and 75% pruned",
    "Table 5, pruning-aware training (Eq. 3): 25% per round",
)
