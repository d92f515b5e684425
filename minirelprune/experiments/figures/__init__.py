"""Pictures, each drawn from numbers alone. Matplotlib is imported here, and only when drawing."""

from minirelprune.experiments.figures.cost import scaling
from minirelprune.experiments.figures.curves import sparsity_curves
from minirelprune.experiments.figures.style import save

__all__ = ["save", "scaling", "sparsity_curves"]
