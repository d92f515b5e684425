"""What tests ask of every kind of network."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minirelprune import backward, softmax_cross_entropy
from minirelprune.network.protocol import Network
from minirelprune.network.training import _loss_and_gradients
from minirelprune.pruning.pruned import load_network


def gradients_are_those_of_differences(
    net: Network, x: Any, y: Any, output_l1: float, rng: np.random.Generator
) -> None:
    """In one random entry of each parameter."""
    layers = net.forward(x)
    delta = softmax_cross_entropy(layers[-1].z, y)[1]
    gradients = backward(net, layers, delta, output_l1=output_l1)
    for parameter, gradient in zip(net.parameters, gradients, strict=True):
        at = tuple(rng.integers(0, size) for size in parameter.shape)
        kept, losses = parameter[at], []
        for step in (1e-6, -1e-6):
            parameter[at] = kept + step
            losses.append(_loss_and_gradients(net, x, y, output_l1)[0])
        parameter[at] = kept
        # 1e-9: rounding of the loss over the step. Beyond it, a kink between the two points.
        assert gradient[at] == pytest.approx((losses[0] - losses[1]) / 2e-6, rel=1e-5, abs=1e-5)


def agrees_with_torch(
    net: Network,
    x: Any,
    y: Any,
    logits: Any,
    parameters: Any,
    *,
    rtol: tuple[float, ...],
    atol: float,
) -> None:
    """The logits, the loss and the gradients, to a tolerance each, of the same in torch."""
    torch = pytest.importorskip("torch", reason="torch is not installed")
    expected = torch.nn.functional.cross_entropy(logits, torch.tensor(y))
    expected.backward()
    loss, gradients = _loss_and_gradients(net, x, y, 0.0)
    of_logits, of_loss, of_gradients = rtol
    np.testing.assert_allclose([*net.layers(x)][-1].z, logits.detach().numpy(), rtol=of_logits)
    assert loss == pytest.approx(expected.item(), rel=of_loss)
    for gradient, parameter in zip(gradients, parameters, strict=True):
        given = parameter.grad.numpy()
        np.testing.assert_allclose(gradient, given, rtol=of_gradients, atol=atol)


def comes_back_bit_for_bit(net: Any, folder: Path) -> None:
    """From its file, by its own class and by whoever does not know what is in the file."""
    net.save(folder / "net.npz")
    for again in (type(net).load(folder / "net.npz"), load_network(folder / "net.npz")[0]):
        assert type(again) is type(net)
        assert again.architecture == net.architecture
        for one, other in zip(again.parameters, net.parameters, strict=True):
            np.testing.assert_array_equal(one, other)
    assert isinstance(net, Network)
