"""Eq. (2) and the other criteria on a convolutional network of the size of LeNet-5."""

from minirelprune.experiments.exhibits.by_network import exhibit

LAYERS = ("convolution 1", "convolution 2", "full 1", "full 2", "logits")

EXHIBIT = exhibit(
    "lenet",
    "criteria on a convolutional network: 25 to 90% pruned, and how sparse each layer is",
    LAYERS,
)
