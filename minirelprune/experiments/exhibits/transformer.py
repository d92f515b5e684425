"""Eq. (2) and the other criteria on a small transformer that reads an image as 16 tokens."""

from minirelprune.experiments.exhibits.by_network import exhibit
from minirelprune.network.transformer_layout import MAPS

LAYERS = ("patches", *(f"{name} {block}" for block in (1, 2) for name in MAPS), "logits")

EXHIBIT = exhibit(
    "transformer",
    "criteria on a small transformer: 25 to 90% pruned, and how sparse each map is",
    LAYERS,
)
