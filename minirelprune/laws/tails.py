"""Laws of the tail index."""

import math
from typing import Any

import numpy as np
from hypothesis import strategies as st

from minirelprune.laws.inputs import close, grid
from minirelprune.laws.law import law
from minirelprune.support.arrays import Array

values = grid((12, 3))
counts = st.integers(1, 11)


@law("tail_index", values=values, k=counts)
def the_tail_index_is_hills(impl: Any, values: Array, k: int) -> None:
    """1 / estimate is the mean of ln(abs(v) / threshold) over the k largest; error by sqrt(k)."""
    estimate, error = impl.tail_index(values, k)
    for j in range(3):
        *largest, threshold = sorted((abs(v) for v in values[:, j].tolist()), reverse=True)[: k + 1]
        if threshold == 0:
            assert np.isnan([estimate[j], error[j]]).all()
        elif largest[0] == threshold:
            assert np.isposinf([estimate[j], error[j]]).all()
        else:
            close(1 / estimate[j], sum(math.log(v / threshold) for v in largest) / k)
            close(error[j], estimate[j] / math.sqrt(k))


@law("tail_index", values=values, k=counts, power=st.integers(2, 4), scale=st.integers(-3, 3))
def a_power_of_the_values_divides_the_tail_index(
    impl: Any, values: Array, k: int, power: int, scale: int
) -> None:
    """The tail index of c v^p is that of v, divided by p."""
    powered = impl.tail_index(2.0**scale * values**power, k)
    for one, other in zip(powered, impl.tail_index(values, k), strict=True):
        close(one, other / power)
