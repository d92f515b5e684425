"""What activations, criteria, networks and data sets are called where a person reads them."""

# As they stand in a sentence.
ACTIVATIONS = {"relu": "ReLU", "leaky_relu": "leaky ReLU", "sigmoid": "sigmoid", "tanh": "tanh"}

# As they begin a row.
CRITERIA = {
    "random": "Random",
    "random_redrawn": "Random, redrawn over all weights",
    "magnitude": "Magnitude",
    "wanda": "Wanda",
    "relative_contribution": "Eq. (2)",
    "mutual_information": "Mutual information",
    "none": "Control: nothing pruned",
}

NETWORKS = {"mlp": "MLP", "lenet": "LeNet", "transformer": "transformer"}

DATA_SETS = {
    "mnist": "MNIST",
    "fashion-mnist": "Fashion-MNIST",
    "sklearn-digits": "scikit-learn's digits",
}


def data_label(data: str) -> str:
    """The name of a data set as it stands in a title."""
    return DATA_SETS.get(data, data)
