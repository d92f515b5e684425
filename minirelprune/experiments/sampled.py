"""Some weights of each layer of trained networks, and their contributions, example by example."""

from collections.abc import Callable, Iterator

import numpy as np

from minirelprune.contribution.definition import divisor, relative_change
from minirelprune.experiments.exhibit import Setting
from minirelprune.experiments.outputs import Contents, Row
from minirelprune.experiments.paper.published import DENSE
from minirelprune.experiments.trials.networks import examples, network
from minirelprune.experiments.trials.trial import Trial
from minirelprune.network.protocol import Network
from minirelprune.support.arrays import Array
from minirelprune.support.progress import counted


def networks(setting: Setting) -> list[Network]:
    """The trained networks of one seed, one for each activation: those of `reproduce dense`."""
    return [
        network(
            Trial(setting.data, setting.seeds[0], activation=activation),
            setting.networks,
            progress=setting.progress,
        )
        for activation in DENSE
    ]


def training_images(setting: Setting) -> Array:
    """What the networks were trained on, (N, n_in)."""
    (x, _), _ = examples(Trial(setting.data, setting.seeds[0]))
    return x


def of_trained(make: Callable[..., Contents]) -> Callable[[Setting], Contents]:
    """Make an exhibit of the trained networks, the training images and the name of the data."""

    def compute(setting: Setting) -> Contents:
        x = training_images(setting)
        return make(networks(setting), x, setting.data, progress=setting.progress)

    return compute


def sampled(
    nets: list[Network], x: Array, count: int, progress: bool | None = None
) -> Iterator[tuple[Row, Array, Array]]:
    """Of each layer: where it is, some of its weights (count,), and Eq. (1) of them (N, count).

    Parameters
    ----------
    nets : trained networks, one for each activation.
    x : (N, n_in), the examples; shuffled here, since MNIST's own order is not random.
    count : how many weights of each layer, drawn at random.
    progress : show a bar: True, False, or None for only on a terminal.
    """
    x = np.random.default_rng(1).permutation(x)
    for net in counted(nets, name="networks", progress=progress):
        rng = np.random.default_rng(0)
        layers = zip(net.inputs(x), net.weights, net.biases, net.activations, strict=True)
        for l, (inputs, W, b, f) in enumerate(layers):
            i, j = np.unravel_index(rng.choice(W.size, min(count, W.size), replace=False), W.shape)
            exact = inputs.astype(np.float64)  # near z = 0 every digit counts
            z = (exact @ W + b)[:, j]
            a, a_without = f(z), f(z - exact[:, i] * W[i, j])
            c = relative_change(a, a_without, divisor(a, "zero"))  # Eq. (1)
            yield {"activation": net.activations[0].name, "layer": l}, W[i, j], c
