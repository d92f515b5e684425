"""Table 1: what the second term of Eq. (2) and the layer factor do."""

from minirelprune.experiments.exhibits import paper_table

EXHIBIT = paper_table.exhibit(
    1,
    "β and s: two parameters of Eq. (2), at 50% pruned",
    "Table 1, β and s: ReLU, 50% pruned, scored on 0.5% of the data",
)
