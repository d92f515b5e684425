"""`high_sparsity` with tanh, whose outputs are nearly never 0."""

from minirelprune.experiments.exhibits.high_sparsity import exhibit

EXHIBIT = exhibit(
    "high_sparsity_tanh", "tanh", "the same criteria at the same sparsities, with tanh"
)
