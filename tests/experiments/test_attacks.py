"""Attacks stay within epsilon, do what torch's do, and do harm."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minirelprune import MLP, Training, accuracy, load_dataset, softmax_cross_entropy, train
from minirelprune.experiments.attacks import REACH, STEPS, fgsm, pgd
from minirelprune.network.gradients import input_gradient

problems = given(
    sizes=st.lists(st.integers(2, 5), min_size=2, max_size=4),
    activation=st.sampled_from(["relu", "leaky_relu", "sigmoid", "tanh"]),
    epsilon=st.floats(0, 0.5),
    seed=st.integers(0, 2**32 - 1),
)


@pytest.fixture(scope="module")
def trained() -> tuple[MLP, np.ndarray, np.ndarray]:
    data = load_dataset("synthetic", n_train=1000, n_test=400)
    rng = np.random.default_rng(0)
    net = MLP((784, 60, 30, 10), rng=rng)
    train(net, data.x_train, data.y_train, Training(4, 1e-3), rng=rng, progress=False)
    return net, data.x_test, data.y_test


def made(sizes: list[int], activation: str, seed: int) -> tuple[MLP, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    net = MLP(sizes, activation, rng=rng, dtype=np.float64)
    return net, rng.random((6, sizes[0])), rng.integers(0, sizes[-1], 6)


@given(
    sizes=st.lists(st.integers(2, 5), min_size=2, max_size=4),
    activation=st.sampled_from(["sigmoid", "tanh", "gelu"]),
    seed=st.integers(0, 2**32 - 1),
)
def test_the_input_gradient_is_that_of_each_examples_own_loss(
    sizes: list[int], activation: str, seed: int
) -> None:
    net, x, y = made(sizes, activation, seed)
    gradient, h = input_gradient(net, x, y), 1e-6
    for n, i in np.ndindex(x.shape):
        ahead, behind = (x[n : n + 1].copy() for _ in range(2))
        ahead[0, i] += h
        behind[0, i] -= h
        losses = [
            softmax_cross_entropy(net.forward(one)[-1].z, y[n : n + 1])[0]
            for one in (ahead, behind)
        ]
        assert gradient[n, i] == pytest.approx((losses[0] - losses[1]) / (2 * h), abs=1e-8)


@problems
def test_no_pixel_moves_by_more_than_epsilon_or_leaves_its_range(
    sizes: list[int], activation: str, epsilon: float, seed: int
) -> None:
    net, x, y = made(sizes, activation, seed)
    for found in (fgsm(net, x, y, epsilon), pgd(net, x, y, epsilon, np.random.default_rng(0))):
        assert np.abs(found - x).max() <= epsilon + 4e-16  # a rounding of numbers up to 1
        assert found.min() >= 0
        assert found.max() <= 1


@problems
def test_fgsm_on_a_network_of_one_layer_never_lowers_the_loss(
    sizes: list[int], activation: str, epsilon: float, seed: int
) -> None:
    net, x, y = made([sizes[0], sizes[-1]], activation, seed)  # whose loss is convex in x
    before, after = (
        softmax_cross_entropy(net.forward(one)[-1].z, y)[0] for one in (x, fgsm(net, x, y, epsilon))
    )
    assert after >= before - 1e-12


def test_the_adversarial_accuracy_is_torchs(trained: tuple) -> None:
    torch = pytest.importorskip("torch", reason="not installed")
    net, x, y = trained
    model, labels = net.to_torch(), torch.tensor(y)

    def moved(start: np.ndarray, step: float) -> np.ndarray:
        inputs = torch.tensor(start, requires_grad=True)
        torch.nn.functional.cross_entropy(model(inputs), labels).backward()
        return start + step * inputs.grad.sign().numpy()

    for epsilon in (0.05, 0.1, 0.2, 0.3):
        once = np.clip(moved(x, epsilon), 0, 1)
        low, high = np.maximum(x - epsilon, 0), np.minimum(x + epsilon, 1)
        start = np.random.default_rng(1).uniform(-epsilon, epsilon, x.shape).astype(x.dtype)
        found = np.clip(x + start, low, high)
        for _ in range(STEPS):
            found = np.clip(moved(found, REACH / STEPS * epsilon), low, high).astype(np.float32)
        mine = pgd(net, x, y, epsilon, np.random.default_rng(1))
        # Rounding turns the sign of a gradient that is nearly 0: one image of 400 is 0.25 points.
        assert abs(accuracy(net, once, y) - accuracy(net, fgsm(net, x, y, epsilon), y)) <= 0.26
        assert abs(accuracy(net, found, y) - accuracy(net, mine, y)) <= 0.26


def test_a_larger_epsilon_does_more_harm_and_pgd_more_than_fgsm(trained: tuple) -> None:
    net, x, y = trained
    rng = np.random.default_rng(0)
    plain = accuracy(net, x, y)
    once = [accuracy(net, fgsm(net, x, y, e), y) for e in (0.0, 0.05, 0.1)]
    by_steps = [accuracy(net, pgd(net, x, y, e, rng), y) for e in (0.0, 0.05, 0.1)]
    assert once[0] == by_steps[0] == plain
    assert plain > once[1] > once[2]
    assert all(pgd_ <= fgsm_ for pgd_, fgsm_ in zip(by_steps, once, strict=True))


def test_a_negative_epsilon_is_refused() -> None:
    net, x, y = made([3, 2], "relu", 0)
    with pytest.raises(ValueError, match=r"epsilon must be a finite number >= 0, got -0\.1"):
        fgsm(net, x, y, -0.1)
    with pytest.raises(ValueError, match="epsilon must be a finite number >= 0, got -1"):
        pgd(net, x, y, -1, np.random.default_rng(0))
