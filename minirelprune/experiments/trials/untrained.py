"""The networks that trials train: section 4's MLP, and two small ones of other kinds."""

from collections.abc import Callable

import numpy as np

from minirelprune.experiments.trials.trial import LAYER_SIZES, Trial
from minirelprune.network.conv_net import ConvNet
from minirelprune.network.mlp import MLP
from minirelprune.network.protocol import Network
from minirelprune.network.transformer import Transformer

IMAGES = {784: (28, 28, 1), 3072: (32, 32, 3)}  # MNIST and its like, and CIFAR-10
CLASSES = LAYER_SIZES[-1]
MAPS, UNITS = (6, 16), (120, 84)  # LeNet-5 (LeCun et al., 1998)


def untrained(trial: Trial, n_inputs: int, rng: np.random.Generator) -> Network:
    """The network of a trial, its weights drawn at random.

    Parameters
    ----------
    trial : its architecture, activation and hidden layers count.
    n_inputs : numbers of an example.

    Raises
    ------
    ValueError : a convolution or a transformer of what is no image of a known size.
    """
    return MAKERS[trial.architecture](trial, n_inputs, rng)


def _mlp(trial: Trial, n_inputs: int, rng: np.random.Generator) -> Network:
    return MLP((n_inputs, *trial.hidden, CLASSES), trial.activation, rng=rng)


def _lenet(trial: Trial, n_inputs: int, rng: np.random.Generator) -> Network:
    image = _image(trial, n_inputs)
    return ConvNet(image, MAPS, (*UNITS, CLASSES), trial.activation, rng=rng)


def _transformer(trial: Trial, n_inputs: int, rng: np.random.Generator) -> Network:
    image = _image(trial, n_inputs)
    patch = image[0] // 4  # 16 tokens
    return Transformer(image, patch=patch, activation=trial.activation, rng=rng)


def _image(trial: Trial, n_inputs: int) -> tuple[int, int, int]:
    if n_inputs not in IMAGES:
        raise ValueError(
            f"data must be images of {' or '.join(map(str, IMAGES))} numbers for a "
            f"{trial.architecture}, got {trial.data!r}, which has {n_inputs}"
        )
    return IMAGES[n_inputs]


Maker = Callable[[Trial, int, np.random.Generator], Network]
MAKERS: dict[str, Maker] = {"mlp": _mlp, "lenet": _lenet, "transformer": _transformer}
