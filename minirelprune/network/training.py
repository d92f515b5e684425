"""Section 4's training loop: Adam on minibatches, with or without pruning masks."""

from collections.abc import Callable, Sequence

import numpy as np
from tqdm import tqdm

from minirelprune.network.adam import Adam
from minirelprune.network.losses import output_l1 as output_l1_term
from minirelprune.network.losses import softmax_cross_entropy
from minirelprune.network.mlp import MLP, backward
from minirelprune.support import checks
from minirelprune.support.arrays import Array, Labels, Mask

NEGLIGIBLE = 1e-12  # a gradient of a logit this small moves no float32 weight, but its square,
# and what it is multiplied with on the way back, is subnormal and slow


class TrainingDiverged(ArithmeticError):
    """The loss, or the step it asks for, is not a finite number. Epoch and step count from 1."""

    def __init__(self, epoch: int, step: int, loss: float) -> None:
        super().__init__(
            f"training diverged at epoch {epoch}, step {step}, with a loss of {loss:.4g}; "
            "a smaller learning_rate or output_l1 may help"
        )
        self.epoch, self.step = epoch, step


def train(
    net: MLP,
    x: Array,
    y: Labels,
    *,
    epochs: int,
    learning_rate: float,
    batch_size: int = 64,
    rng: np.random.Generator,
    masks: Sequence[Mask] | None = None,
    output_l1: float = 0.0,
    on_epoch: Callable[[int, MLP], object] | None = None,
    progress: bool | None = None,
) -> list[float]:
    """Train the network in place with a fresh Adam.

    Parameters
    ----------
    net : changed in place.
    x, y : (N, n_in) inputs and (N,) labels; every epoch sees each example once.
    epochs, batch_size : how often, and how many examples a step (64 unless said, R8).
    learning_rate : Adam's; in the paper 1e-3 at first and 1e-4 in fine-tuning.
    rng : orders the examples.
    masks : one boolean array a weight matrix; False weights are 0 after every step, so that no
        momentum brings them back (R9).
    output_l1 : lambda of Eq. (3).
    on_epoch : called with the number of epochs done, 0 before the first step, and the network as
        it then is: to be looked at, not changed.
    progress : show a bar: True, False, or None for only on a terminal.

    Returns
    -------
    The mean loss of each epoch, in nats.

    Raises
    ------
    ValueError : an argument out of its range, before anything is changed.
    TrainingDiverged : a loss, or a step, that is not finite, as soon as it happens.
    """
    check_training(
        net,
        x,
        y,
        epochs=epochs,
        learning_rate=learning_rate,
        batch_size=batch_size,
        output_l1=output_l1,
        masks=masks,
    )
    x = np.ascontiguousarray(x, net.dtype)
    optimiser = Adam(net.parameters, learning_rate=learning_rate)
    keep = [mask.astype(net.dtype) for mask in masks] if masks is not None else []
    _apply(net, keep)
    _tell(on_epoch, 0, net)
    losses = []
    hide = None if progress is None else not progress  # None: tqdm shows it on a terminal only
    bar = tqdm(total=epochs * len(x), desc="train", unit=" examples", disable=hide, leave=False)
    with bar, np.errstate(over="ignore", invalid="ignore"):
        for epoch in range(1, epochs + 1):
            total = 0.0
            order = rng.permutation(len(x))
            for step, start in enumerate(range(0, len(x), batch_size), start=1):
                batch = order[start : start + batch_size]
                loss, gradients = _loss_and_gradients(net, x[batch], y[batch], output_l1)
                if not np.isfinite(loss):
                    raise TrainingDiverged(epoch, step, loss)
                try:
                    optimiser.step(gradients)
                except FloatingPointError as error:
                    raise TrainingDiverged(epoch, step, loss) from error
                _apply(net, keep)
                total += loss * len(batch)
                bar.update(len(batch))
            losses.append(total / len(x))
            bar.set_postfix(loss=f"{losses[-1]:.4f}")
            _tell(on_epoch, epoch, net)
    return losses


def _loss_and_gradients(
    net: MLP, x: Array, y: Labels, output_l1: float
) -> tuple[float, list[Array]]:
    layers = net.forward(x)
    loss, delta = softmax_cross_entropy(layers[-1].z, y)
    if output_l1:
        loss += output_l1_term([layer.x for layer in layers[1:]], output_l1)  # Eq. (3)
    delta[np.abs(delta) < NEGLIGIBLE] = 0
    return loss, backward(net, layers, delta, output_l1=output_l1)


def _tell(on_epoch: Callable[[int, MLP], object] | None, epoch: int, net: MLP) -> None:
    if on_epoch is not None:
        on_epoch(epoch, net)


def _apply(net: MLP, keep: Sequence[Array]) -> None:
    for W, kept in zip(net.weights, keep, strict=False):
        W *= kept


def check_training(
    net: MLP,
    x: Array,
    y: Labels,
    *,
    epochs: int,
    learning_rate: float,
    batch_size: int,
    output_l1: float,
    masks: Sequence[Mask] | None = None,
) -> None:
    """Raise ValueError unless `train` can run with these."""
    checks.shape("x", x.shape, ("N", net.layer_sizes[0]))
    checks.labels("y", y, len(x), net.layer_sizes[-1])
    if not np.isfinite(x).all():
        raise ValueError("x must be finite, got NaN or infinity")
    checks.whole("epochs", epochs)
    checks.positive("learning_rate", learning_rate)
    checks.whole("batch_size", batch_size, minimum=1)
    checks.at_least("output_l1", output_l1, 0)
    if masks is None:
        return
    if len(masks) != len(net.weights):
        raise ValueError(f"masks must be {len(net.weights)} arrays, got {len(masks)}")
    for l, (mask, W) in enumerate(zip(masks, net.weights, strict=True)):
        checks.shape(f"masks[{l}]", mask.shape, W.shape)
