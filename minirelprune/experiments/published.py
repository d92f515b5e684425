"""The paper's own numbers: accuracies in percent, as printed."""

# Section 4: trained networks, nothing pruned.
DENSE = {"relu": 97.02, "leaky_relu": 97.35, "sigmoid": 97.64, "tanh": 96.12}

# Table 4: ReLU, 5% a round, all training data for scoring; {criterion: {target: accuracy}}.
TABLE4 = {
    "magnitude": {0.10: 98.58, 0.50: 98.11, 0.75: 92.52},
    "wanda": {0.10: 98.60, 0.50: 98.31, 0.75: 90.32},
    "ours": {0.10: 98.66, 0.50: 98.44, 0.75: 97.63},
}
