"""Section 4's training loop: Adam on minibatches, with or without pruning masks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from minirelprune.network.adam import Adam
from minirelprune.network.evaluation import data_for
from minirelprune.network.losses import cross_entropy, l1_term
from minirelprune.network.protocol import EXAMPLE, Network
from minirelprune.support import checks, convert
from minirelprune.support.arrays import Array, Labels, Mask
from minirelprune.support.progress import PROGRESS, bar, tell

NEGLIGIBLE = 1e-12  # a gradient of a logit this small moves no float32 weight, but its square,
# and what it is multiplied with on the way back, is subnormal and slow
N = TypeVar("N", bound=Network)
KINDS = {"epochs": int, "learning_rate": float, "batch_size": int, "output_l1": float}


@dataclass(frozen=True)
class Training:
    """How a network is trained, at first or in the fine-tuning after a round of pruning.

    Parameters
    ----------
    epochs : how many times each example is seen, a whole number >= 0.
    learning_rate : Adam's, > 0; in the paper 1e-3 at first and 1e-4 in fine-tuning (R9).
    batch_size : examples per step, a whole number >= 1; the paper gives none, 64 is the usual
        choice (R8).
    output_l1 : lambda of Eq. (3), the weight of the L1 norm of the hidden outputs, >= 0.

    Raises
    ------
    ValueError : a setting out of its range, or of a wrong type, such as a string.

    Source: section 4 of the paper.

    >>> Training(epochs=10, learning_rate=1e-3)
    Training(epochs=10, learning_rate=0.001, batch_size=64, output_l1=0.0)
    >>> Training(epochs=-1, learning_rate=1e-3)
    Traceback (most recent call last):
        ...
    ValueError: epochs must be a whole number >= 0, got -1
    """

    epochs: int
    learning_rate: float
    batch_size: int = 64
    output_l1: float = 0.0

    def __post_init__(self) -> None:
        checks.whole("epochs", self.epochs)
        checks.positive("learning_rate", self.learning_rate)
        checks.whole("batch_size", self.batch_size, minimum=1)
        checks.at_least("output_l1", self.output_l1, 0)
        for name, kind in KINDS.items():  # np.uint8(255) + 1 is 0, and np.float64 changes dtypes
            object.__setattr__(self, name, kind(getattr(self, name)))


class TrainingDiverged(ArithmeticError):
    """The loss, or the step it asks for, is not a finite number.

    Parameters
    ----------
    epoch, step : where it happened, both counted from 1.
    loss : of the minibatch, in nats.

    >>> str(TrainingDiverged(epoch=2, step=7, loss=float("inf"))).partition(";")[0]
    'training diverged at epoch 2, step 7, with a loss of inf'
    """

    def __init__(self, epoch: int, step: int, loss: float) -> None:
        super().__init__(
            f"training diverged at epoch {epoch}, step {step}, with a loss of {loss:.4g}; "
            "a smaller learning_rate or output_l1 may help"
        )
        self.epoch, self.step, self.loss = epoch, step, loss

    def __reduce__(self) -> tuple[type, tuple[int, int, float]]:
        return type(self), (self.epoch, self.step, self.loss)  # a worker sends it home by pickle


def train(
    net: N,
    x: Array,
    y: Labels,
    training: Training,
    *,
    rng: np.random.Generator,
    masks: Sequence[Mask] | None = None,
    on_epoch: Callable[[int, N], object] | None = None,
    progress: bool | None = None,
) -> list[float]:
    """Train the network in place with a fresh Adam.

    Parameters
    ----------
    net : changed in place.
    x, y : (N, n_in) finite inputs, which become of the dtype of the network, and (N,) labels, whole
        numbers in [0, n_classes), N >= 1; every epoch sees each example once.
    training : how long, how fast, how many examples per step, and lambda of Eq. (3).
    rng : orders the examples.
    masks : one boolean array per weight matrix, of its shape; False weights are 0 after every step,
        so that no momentum brings them back (R9).
    on_epoch : called with the number of epochs done, 0 before the first step, and the network as
        it then is: to be looked at, not changed.
    progress : show a bar: True, False, or None for only on a terminal.

    Returns
    -------
    The mean loss of each epoch, in nats.

    Raises
    ------
    ValueError : data, masks or settings that do not fit, before anything is changed.
    TrainingDiverged : a loss, or a step, that is not finite, as soon as it happens.

    Source: section 4 of the paper; agrees with the same loop in torch. The same seed gives the same
    bits on one machine with one number of BLAS threads; with another number the last bits differ.

    One epoch over 50 examples, whose labels are the sign of the first input:

    >>> rng = np.random.default_rng(0)
    >>> from minirelprune import MLP
    >>> net, x = MLP((2, 8, 2), rng=rng), rng.normal(size=(50, 2))
    >>> losses = train(net, x, (x[:, 0] > 0).astype(int), Training(20, 0.01), rng=rng)
    >>> len(losses), losses[-1] < losses[0]
    (20, True)
    """
    checks.instance("net", net, Network, EXAMPLE)
    checks.instance("training", training, Training, "Training(10, learning_rate=1e-3)")
    checks.generator("rng", rng)
    checks.function("on_epoch", on_epoch)
    checks.one_of("progress", progress, PROGRESS)
    x, y = data_for(net, x, y)
    kept = convert.masks("masks", masks, net.weights) if masks is not None else []
    x = np.ascontiguousarray(x)
    optimiser = Adam(net.parameters, learning_rate=training.learning_rate)
    keep = [mask.astype(net.dtype) for mask in kept]
    _apply(net, keep)
    tell(on_epoch, 0, net)
    losses: list[float] = []
    shown = bar(total=training.epochs * len(x), name="train", unit=" examples", progress=progress)
    with shown:
        for epoch in range(1, training.epochs + 1):
            total = 0.0
            order = rng.permutation(len(x))
            for step, start in enumerate(range(0, len(x), training.batch_size), start=1):
                batch = order[start : start + training.batch_size]
                loss, gradients = _loss_and_gradients(net, x[batch], y[batch], training.output_l1)
                if not np.isfinite(loss):
                    raise TrainingDiverged(epoch, step, loss)
                try:
                    optimiser.move(gradients)
                except FloatingPointError as error:
                    raise TrainingDiverged(epoch, step, loss) from error
                _apply(net, keep)
                total += loss * len(batch)
                shown.update(len(batch))
            losses.append(total / len(x))
            shown.set_postfix(loss=f"{losses[-1]:.4f}")
            tell(on_epoch, epoch, net)
    return losses


def _loss_and_gradients(
    net: Network, x: Array, y: Labels, output_l1: float
) -> tuple[float, list[Array]]:
    with np.errstate(all="ignore"):
        layers = list(net._forward(x))
        loss, delta = cross_entropy(layers[-1].z, y)
        if output_l1:
            loss += l1_term(net._outputs(layers), output_l1)  # Eq. (3)
        delta[np.abs(delta) < NEGLIGIBLE] = 0
        return loss, net._backward(layers, delta, output_l1)


def _apply(net: Network, keep: Sequence[Array]) -> None:
    for W, kept in zip(net.weights, keep, strict=False):
        W *= kept
