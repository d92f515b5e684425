"""Table 2: which criterion, and how much data it needs."""

from minirelprune.experiments.exhibits import paper_table

EXHIBIT = paper_table.exhibit(
    2,
    "the criteria with ReLU, and the share of data they are scored on, at 50% pruned",
    "Table 2, criteria: ReLU, 50% pruned",
)
