"""Table 3: the criteria with leaky ReLU, sigmoid and tanh."""

from minirelprune.experiments.exhibits import paper_table

EXHIBIT = paper_table.exhibit(
    3,
    "the criteria with leaky ReLU, sigmoid and tanh, at 50% pruned",
    "Table 3, activations: 50% pruned",
    width=4,  # a block of columns for each activation
)
