"""Each criterion of another paper is its published formula, written out weight by weight."""

import numpy as np
import pytest
from scored import made, networks, scale_changes_nothing, scores_of

from minirelprune import MLP, NNRelief, Ria, SynFlow


@networks
def test_ria_is_the_sum_of_two_shares_times_the_root_of_the_norm(
    sizes: list[int], pruned: float, seed: int
) -> None:
    net, x = made(sizes, pruned, seed)
    for got, W, a in zip(scores_of(Ria(), net, x), net.weights, net.inputs(x), strict=True):
        for i, j in np.ndindex(W.shape):
            size = abs(W[i, j])
            shares = [size / total for total in (abs(W[:, j]).sum(), abs(W[i]).sum()) if total]
            assert got[i, j] == pytest.approx(sum(shares) * np.linalg.norm(a[:, i]) ** 0.5)


@networks
def test_nnrelief_is_a_share_of_the_mean_signal_of_the_unit(
    sizes: list[int], pruned: float, seed: int
) -> None:
    net, x = made(sizes, pruned, seed)
    layers = zip(net.weights, net.biases, net.inputs(x), strict=True)
    for got, (W, b, a) in zip(scores_of(NNRelief(), net, x), layers, strict=True):
        for i, j in np.ndindex(W.shape):
            signal = [np.mean(abs(a[:, k] * W[k, j])) for k in range(len(W))]
            assert got[i, j] == pytest.approx(signal[i] / (sum(signal) + abs(b[j])), abs=1e-15)


@networks
def test_synflow_is_the_share_of_all_paths_that_lead_through_a_weight(
    sizes: list[int], pruned: float, seed: int
) -> None:
    net, x = made(sizes, pruned, seed)
    size = [abs(W) for W in net.weights]
    paths = dict.fromkeys(((l, *ij) for l, W in enumerate(size) for ij in np.ndindex(W.shape)), 0.0)
    for path in np.ndindex(*net.layer_sizes):
        flow = np.prod([size[l][path[l], path[l + 1]] for l in range(len(size))])
        for l in range(len(size)):
            paths[l, path[l], path[l + 1]] += flow
    total = sum(flow for (l, _, _), flow in paths.items() if l == 0)
    scores = scores_of(SynFlow(), net, x)
    for (l, i, j), flow in paths.items():
        assert scores[l][i, j] == pytest.approx(flow / total if total else 0, rel=1e-12)


def test_synflow_of_large_and_of_small_weights_is_finite_and_the_same() -> None:
    scale_changes_nothing(SynFlow())


def test_a_unit_without_weights_or_bias_scores_0_by_nnrelief() -> None:
    net = MLP.from_arrays([[[0.0, 1.0], [0.0, 2.0]]], [[0.0, 0.0]])
    [score] = scores_of(NNRelief(), net, np.ones((3, 2)))
    assert score[:, 0].tolist() == [0, 0]
    assert score[:, 1].tolist() == pytest.approx([1 / 3, 2 / 3])


def test_ria_holds_inputs_whose_squares_leave_float32() -> None:
    net = MLP((2, 3), rng=np.random.default_rng(0))
    x = np.full((4, 2), 1e25, np.float32)
    [large], [one] = scores_of(Ria(), net, x), scores_of(Ria(), net, x * 0 + 1)
    np.testing.assert_allclose(large, one * 1e25**0.5, rtol=1e-6)
