"""Fig. 3: masking a column, and the distribution of contributions it gives on a data set."""

from minirelprune.experiments.exhibit import OfNetworks, Setting
from minirelprune.experiments.exhibits.fig3_masking import masking
from minirelprune.experiments.exhibits.fig3_means import means
from minirelprune.experiments.outputs import Contents
from minirelprune.support import threads


def compute(setting: Setting) -> Contents:
    """The worked example, and the means for two networks of one seed."""
    with threads.limited(1):  # the bits of matrix products depend on the number of threads
        return Contents(numbers={**means(setting), "fig3_masking": masking()})


EXHIBIT = OfNetworks(
    name="fig3",
    sentence="Fig. 3: a column is masked; contributions on data, and means over n of them",
    makes=("CSV", "picture"),
    compute=compute,
    takes=130,
)
