"""The transformer, held to differences, to torch, and to the definition of Eq. (1)."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network_checks import (
    agrees_with_torch,
    comes_back_bit_for_bit,
    gradients_are_those_of_differences,
)

from minirelprune import (
    ACTIVATIONS,
    Training,
    Transformer,
    accuracy,
    contribution_moments,
    prune,
    train,
)
from minirelprune.pruning.catalogue import CRITERIA
from minirelprune.pruning.pruned import load_network

seeds = st.integers(0, 2**32 - 1)
names = st.sampled_from(sorted(ACTIVATIONS))
SIZES: dict[str, Any] = {"patch": 2, "width": 6, "heads": 3, "blocks": 2, "hidden": 5, "classes": 3}


def small(seed: int = 0, activation: str = "gelu") -> Transformer:
    """4 x 6 pixels of 2 channels: six tokens."""
    rng = np.random.default_rng(seed)
    return Transformer((4, 6, 2), activation=activation, rng=rng, dtype=np.float64, **SIZES)


def batch(seed: int = 0, n: int = 3) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 48)), rng.integers(0, 3, n)


@given(seeds, names, st.sampled_from([0.0, 0.03]))
def test_the_gradients_are_those_of_central_differences(
    seed: int, name: str, output_l1: float
) -> None:
    rng = np.random.default_rng(seed)
    gradients_are_those_of_differences(small(seed, name), *batch(seed), output_l1, rng)


def test_the_values_and_gradients_are_those_of_torch() -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed")
    F = torch.nn.functional
    net, (x, y) = small(), batch(n=4)
    parameters = [torch.tensor(p, requires_grad=True) for p in net.parameters]
    maps = iter(zip(parameters[::2], parameters[1::2], strict=True))

    def passed(a: Any) -> Any:
        W, b = next(maps)
        return a @ W + b

    def normed(a: Any) -> Any:
        return F.layer_norm(a, (6,))

    def heads(a: Any) -> Any:
        return a.reshape(4, 6, 3, 2).transpose(1, 2)

    tokens = torch.tensor(x.reshape(4, 2, 2, 3, 2, 2)).permute(0, 1, 3, 2, 4, 5)
    place, speed = torch.arange(6)[:, None], 1e4 ** (-torch.arange(0, 6, 2) / 6)
    waves = torch.stack([torch.sin(place * speed), torch.cos(place * speed)], -1).reshape(6, 6)
    h = passed(tokens.reshape(4, 6, 8)) + torch.tensor(net._positions())
    np.testing.assert_allclose(net._positions(), waves.numpy(), atol=1e-6)
    for _ in range(2):
        q, k, v = (heads(passed(normed(h))) for _ in range(3))
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(4, 6, 6)
        h = h + passed(mixed)
        h = h + passed(F.gelu(passed(normed(h))))
    logits = passed(normed(h).mean(1))
    agrees_with_torch(net, x, y, logits, parameters, rtol=(1e-9, 1e-10, 1e-7), atol=1e-12)


@given(seeds)
def test_where_f_is_the_identity_a_weight_contributes_its_share_of_z(seed: int) -> None:
    """Eq. (1) on a linear map of tokens is abs(x w / z), and each token is an example."""
    net, (x, _) = small(seed), batch(seed)
    for l, (rows, z) in enumerate(net.layers(x)):
        W, b, f = net.weights[l], net.biases[l], net.activations[l]
        assert len(rows) == (3 if l == len(net.weights) - 1 else 3 * net.tokens)
        if f.name == "identity":
            mean, _ = contribution_moments(rows, W, b, f, z=z)
            share = np.abs(rows[:, :, None] * W / z[:, None, :]).mean(axis=0)
            np.testing.assert_allclose(mean, share, rtol=1e-6)


@pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")
@pytest.mark.parametrize("name", CRITERIA)
def test_every_criterion_prunes_it_but_two_that_say_why(name: str, tmp_path: Path) -> None:
    net, (x, y) = small(), batch(n=20)
    how: dict[str, Any] = {"target": 0.5, "per_round": 0.25, "progress": False}
    how |= {"criterion": CRITERIA[name](), "rng": np.random.default_rng(0)}
    if name in ("obd", "synflow"):
        with pytest.raises(ValueError, match=r"net must be no Transformer for (Obd|SynFlow)"):
            prune(net, x, y, **how)
        return
    result = prune(net, x, y, **how)
    assert sum(int((~mask).sum()) for mask in result.masks) == round(0.5 * net.n_weights)
    result.save(tmp_path / "pruned.npz")
    again, masks = load_network(tmp_path / "pruned.npz")
    assert (again.predict(x) == result.net.predict(x)).all()
    assert masks is not None


def test_a_network_comes_back_from_its_file_bit_for_bit(tmp_path: Path) -> None:
    comes_back_bit_for_bit(small(), tmp_path)


def test_it_learns_where_a_bright_square_is() -> None:
    rng = np.random.default_rng(0)
    images, y = rng.random((120, 4, 6, 2)) / 4, rng.integers(0, 3, 120)
    for image, k in zip(images, y, strict=True):
        image[1:3, 2 * k : 2 * k + 2] += 1
    x = images.reshape(120, -1)
    net = small()
    losses = train(net, x, y, Training(40, 5e-3, batch_size=20), rng=rng, progress=False)
    assert losses[-1] < losses[0] / 4
    assert accuracy(net, x, y) > 95


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"image": (28, 28)}, "image must be 3 whole numbers, each >= 1, got (28, 28)"),
        ({"patch": 5}, "patch must divide 28 and 28, got 5"),
        ({"width": 9, "heads": 3}, "width must be even and a multiple of heads, which is 3, got 9"),
        ({"heads": 5}, "width must be even and a multiple of heads, which is 5, got 64"),
        ({"blocks": 0}, "blocks must be a whole number >= 1, got 0"),
        ({"activation": "softplus"}, "activation must be one of 'relu'"),
        ({"rng": 0}, "rng must be a numpy.random.Generator"),
        ({"dtype": "int8"}, "dtype must be one of 'float32', 'float64', got 'int8'"),
    ],
)
def test_what_cannot_be_a_network_is_named(changes: dict[str, Any], message: str) -> None:
    given: dict[str, Any] = {"image": (28, 28, 1), "rng": np.random.default_rng(0)}
    with pytest.raises(ValueError, match=re.escape(message)):
        Transformer(**{**given, **changes})
