"""Each criterion that looks at the loss is its published formula, by torch and by differences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scored import scores_of

from minirelprune import MLP, Grasp, Magnitude, Obd, Snip, prune, softmax_cross_entropy
from minirelprune.pruning.scoring import LossCriterion

problems = given(
    sizes=st.lists(st.integers(2, 5), min_size=2, max_size=4),
    activation=st.sampled_from(["sigmoid", "tanh"]),
    seed=st.integers(0, 2**32 - 1),
)


def made(sizes: list[int], activation: str, seed: int) -> tuple[MLP, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    net = MLP(sizes, activation, rng=rng, dtype=np.float64)
    net.weights[0][rng.random(net.weights[0].shape) < 0.2] = 0
    return net, rng.normal(size=(7, sizes[0])), rng.integers(0, sizes[-1], 7)


def loss_of(net: MLP, x: np.ndarray, y: np.ndarray) -> float:
    return softmax_cross_entropy(net.forward(x)[-1].z, y)[0]


@problems
def test_snip_is_the_weight_times_the_slope_of_the_loss(
    sizes: list[int], activation: str, seed: int
) -> None:
    net, x, y = made(sizes, activation, seed)
    scores, h = scores_of(Snip(), net, x, y=y), 1e-5
    for score, W in zip(scores, net.weights, strict=True):
        for ij in np.ndindex(W.shape):
            w = W[ij]
            W[ij] = w + h
            ahead = loss_of(net, x, y)
            W[ij] = w - h
            slope = (ahead - loss_of(net, x, y)) / (2 * h)
            W[ij] = w
            assert score[ij] == pytest.approx(abs(w * slope), abs=1e-9)  # of the difference


def test_grasp_is_the_weight_times_the_hessian_times_the_gradient() -> None:
    torch = pytest.importorskip("torch", reason="not installed")
    for seed in range(20):
        net, x, y = made([5, 4, 3], "tanh", seed)
        model = net.to_torch()
        loss = torch.nn.functional.cross_entropy(model(torch.tensor(x)), torch.tensor(y))
        weights = [p for p in model.parameters() if p.ndim == 2]
        g = torch.autograd.grad(loss, weights, create_graph=True)
        along = sum((one * one.detach()).sum() for one in g)
        products = torch.autograd.grad(along, weights)  # H g
        for score, w, hg in zip(scores_of(Grasp(), net, x, y=y), weights, products, strict=True):
            exact = (w * hg).detach().numpy().T
            # A central difference: its third-order term, and rounding, at the step of the code.
            np.testing.assert_allclose(score, exact, atol=1e-6 * np.abs(exact).max())


@given(n_in=st.integers(1, 4), n_out=st.integers(2, 4), seed=st.integers(0, 2**32 - 1))
def test_obd_of_one_layer_is_half_the_weight_squared_times_the_second_derivative(
    n_in: int, n_out: int, seed: int
) -> None:
    net, x, y = made([n_in, n_out], "tanh", seed)
    [score], [W] = scores_of(Obd(), net, x, y=y), net.weights
    middle, h = loss_of(net, x, y), 1e-3
    for ij in np.ndindex(W.shape):
        w = W[ij]
        W[ij] = w + h
        ahead = loss_of(net, x, y)
        W[ij] = w - h
        second = (ahead - 2 * middle + loss_of(net, x, y)) / h**2
        W[ij] = w
        largest = max(1, np.abs(x).max()) ** 4  # bounds the fourth derivative
        assert score[ij] == pytest.approx(w**2 / 2 * second, abs=(h**2 * largest + 1e-8) * w**2)


@problems
def test_obd_passes_second_derivatives_back_unit_by_unit(
    sizes: list[int], activation: str, seed: int
) -> None:
    net, x, y = made(sizes, activation, seed)
    layers, scores = net.forward(x), scores_of(Obd(), net, x, y=y)
    total = [np.zeros(W.shape) for W in net.weights]
    for n in range(len(x)):
        z = layers[-1].z[n]
        p = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
        h_z = p * (1 - p) / len(x)
        for l in reversed(range(len(net.weights))):
            W, a = net.weights[l], layers[l].x[n]
            for i, j in np.ndindex(W.shape):
                total[l][i, j] += a[i] ** 2 * h_z[j]
            if l:
                f = net.activations[l - 1]
                into = [sum(W[i, j] ** 2 * h_z[j] for j in range(len(h_z))) for i in range(len(W))]
                h_z = f.derivative(layers[l - 1].z[n]) ** 2 * np.array(into)
    for score, W, h in zip(scores, net.weights, total, strict=True):
        np.testing.assert_allclose(score, W**2 / 2 * h, rtol=1e-9, atol=1e-300)


@pytest.mark.parametrize("criterion", [Snip(), Grasp(), Obd()])
def test_without_labels_it_says_so(criterion: LossCriterion) -> None:
    net, x, _ = made([3, 2], "tanh", 0)
    masks = [np.ones((3, 2), bool)]
    with pytest.raises(ValueError, match=r"y must be the labels of x, by which .* scores"):
        criterion.scores(net, x, rng=np.random.default_rng(0), masks=masks)


def test_prune_hands_a_criterion_the_labels_of_the_examples_it_scores_on() -> None:
    seen = []

    class Looking(Magnitude):
        uses_labels = True

        def scores(self, net, x, *, rng, masks, y):
            seen.append((x[:, 0], y))
            return super().scores(net, x, rng=rng, masks=masks)

    rng = np.random.default_rng(0)
    y = rng.integers(0, 2, 40)
    x = np.stack([y, rng.random(40)], axis=1)
    net = MLP((2, 8, 2), rng=rng)
    settings = {"target": 0.2, "per_round": 0.1, "scoring_fraction": 0.5, "progress": False}
    prune(net, x, y, criterion=Looking(), rng=rng, **settings)
    assert [len(labels) for _, labels in seen] == [20, 20]
    assert all((inputs == labels).all() for inputs, labels in seen)
