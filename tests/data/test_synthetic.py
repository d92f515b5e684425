import numpy as np
import pytest

from minirelprune import MLP, accuracy, load_dataset, train
from minirelprune.data import synthetic
from minirelprune.data.synthetic import digits


def test_the_same_seed_draws_the_same_bits_and_another_seed_others() -> None:
    x, y = digits(50, seed=3)
    again, same = digits(50, seed=3)
    assert x.tobytes() == again.tobytes()
    assert (y == same).all()
    assert (digits(50, seed=4)[0] != x).any()


def test_a_longer_data_set_begins_with_the_shorter_one(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = digits(60, seed=0)
    monkeypatch.setattr(synthetic, "_CHUNK", 7)
    short, labels = digits(23, seed=0)
    np.testing.assert_allclose(short, x[:23], atol=1e-6)  # matrix products of other sizes
    assert (labels == y[:23]).all()


def test_images_are_ink_on_bare_paper() -> None:
    x, y = digits(200, seed=0)
    assert (x.shape, x.dtype, y.dtype) == ((200, 784), np.float32, np.int64)
    assert x.min() == 0
    assert x.max() == 1
    assert 0.7 < (x == 0).mean() < 0.9  # MNIST: 0.81
    assert (x.max(axis=1) > 0.9).all()


def test_no_figure_falls_off_the_page() -> None:
    pages = digits(500, seed=0)[0].reshape(-1, 28, 28)
    inside = pages[:, 1:-1, 1:-1].sum(axis=(1, 2))
    assert (inside > 0.95 * pages.sum(axis=(1, 2))).all()


@pytest.mark.parametrize("n", [1, 9, 10, 137])
def test_every_digit_is_as_frequent_as_it_can_be(n: int) -> None:
    counts = np.bincount(digits(n, seed=0)[1], minlength=10)
    assert counts.max() - counts.min() <= 1


def test_most_images_look_most_like_their_own_kind() -> None:
    x, y = digits(2000, seed=0)
    means = np.stack([x[y == digit].mean(axis=0) for digit in range(10)])
    new, labels = digits(500, seed=1)
    nearest = np.square(new[:, None] - means).sum(axis=2).argmin(axis=1)
    assert (nearest == labels).mean() > 0.6


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"n": 0, "seed": 0}, "n must be a whole number >= 1, got 0"),
        ({"n": 2.5, "seed": 0}, "n must be a whole number >= 1, got 2.5"),
        ({"n": 1, "seed": -1}, "seed must be a whole number >= 0, got -1"),
    ],
)
def test_bad_input_is_named(settings: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        digits(**settings)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_digits_are_hard_for_a_line_and_not_for_the_network(seed: int) -> None:
    data, best = load_dataset("synthetic", seed=seed), {}
    for sizes, epochs in (((784, 10), 30), ((784, 392, 196, 10), 10)):
        rng = np.random.default_rng(seed)
        net = MLP(sizes, rng=rng)
        train(net, data.x_train, data.y_train, epochs=epochs, learning_rate=1e-3, rng=rng)
        best[sizes] = accuracy(net, data.x_test, data.y_test)
    linear, network = best.values()
    print(f"seed {seed}: linear {linear:.2f}%, network {network:.2f}%")
    assert 96 <= network <= 99.5
    assert linear <= network - 4
