"""Fig. 1: the four activations, and where they are blind."""

import numpy as np

from minirelprune.experiments.exhibit import Alone
from minirelprune.experiments.outputs import Contents, Row, short
from minirelprune.experiments.paper.published import DENSE
from minirelprune.network.activations import ACTIVATIONS

TOLERANCES = (0.0, 0.01)  # the paper's own definition, and one under which a tail is blind too
REACH = 6.0  # z is shown from -REACH to REACH


def compute() -> Contents:
    """The ranges, one row for each, with empty edges where there is none; and the curves."""
    ranges: list[Row] = []
    curves: list[Row] = []
    grid = np.linspace(-REACH, REACH, 241)
    for name in DENSE:
        f = ACTIVATIONS[name]
        for tolerance in TOLERANCES:
            nowhere: list[tuple[float | None, float | None]] = [(None, None)]
            ranges += [
                {"activation": name, "tolerance": tolerance, "low": low, "high": high}
                for low, high in f.blind_range(tolerance) or nowhere
            ]
        curves += [
            {"activation": name, "z": short(z), "f": short(a), "slope": short(slope)}
            for z, a, slope in zip(grid, f(grid), f.derivative(grid), strict=True)
        ]
    return Contents(numbers={"fig1": ranges, "fig1_curves": curves})


EXHIBIT = Alone(
    name="fig1",
    sentence="Fig. 1: the activations and their blind ranges",
    makes=("CSV", "picture"),
    compute=compute,
    takes=3,
)
