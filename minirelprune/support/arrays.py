"""The kinds of array that signatures speak of; shapes are in the docstrings."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]  # float32 or float64
Labels = NDArray[np.integer[Any]]  # class numbers, (N,)
Mask = NDArray[np.bool_]  # True: the weight is still there
