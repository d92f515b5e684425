"""Pictures, each drawn from numbers alone. Matplotlib is imported here, and only when drawing."""

from minirelprune.experiments.figures.cost import scaling
from minirelprune.experiments.figures.curves import curves_picture, table4_picture
from minirelprune.experiments.figures.distances import readings_picture
from minirelprune.experiments.figures.dumbbells import table_picture
from minirelprune.experiments.figures.forest import claims_picture
from minirelprune.experiments.figures.scatter import agreement_picture
from minirelprune.experiments.figures.style import save

__all__ = [
    "agreement_picture",
    "claims_picture",
    "curves_picture",
    "readings_picture",
    "save",
    "scaling",
    "table4_picture",
    "table_picture",
]
