"""Each statistic of the change of an output is its definition, weight by weight."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scored import scores_of

from minirelprune import MLP, OutputChange, RelativeContribution, Wanda, contributions
from minirelprune.pruning.output_change import STATISTICS

networks = given(
    activation=st.sampled_from(["relu", "leaky_relu", "sigmoid", "tanh"]),
    n=st.integers(1, 45),
    seed=st.integers(0, 2**32 - 1),
)


def made(activation: str, n: int, seed: int) -> tuple[MLP, np.ndarray]:
    rng = np.random.default_rng(seed)
    net = MLP((4, 3, 2), activation, rng=rng, dtype=np.float64)
    return net, rng.normal(size=(n, 4)) * (rng.random((n, 4)) < 0.7)


def defined(statistic: str, a: np.ndarray, without: np.ndarray) -> float:
    """Of the outputs of one unit, (N,), with and without the weight, one example after another."""
    change = [abs(one - other) for one, other in zip(a, without, strict=True)]
    ratios = [c / abs(one) if one else 0.0 for c, one in zip(change, a, strict=True)]
    most = [max(abs(one), abs(other)) for one, other in zip(a, without, strict=True)]
    n = len(a)
    whole = sum(map(abs, a))
    return {
        "mean": sum(ratios) / n,
        "rms": np.sqrt(sum(c**2 for c in ratios) / n),
        "median": sorted(ratios)[n // 2]
        if n % 2
        else sum(sorted(ratios)[n // 2 - 1 : n // 2 + 1]) / 2,
        "trimmed": np.mean(sorted(ratios)[: max(1, round(0.95 * n))]),
        "bounded": sum(c / m if m else 0.0 for c, m in zip(change, most, strict=True)) / n,
        "ratio_of_means": sum(change) / whole if whole else 0.0,
        "change": sum(change) / n,
        "rms_change": np.sqrt(sum(c**2 for c in change) / n),
    }[statistic]


@pytest.mark.parametrize("statistic", STATISTICS)
@networks
def test_a_statistic_is_its_definition(statistic: str, activation: str, n: int, seed: int) -> None:
    net, x = made(activation, n, seed)
    scores = scores_of(OutputChange(statistic), net, x)
    layers = zip(net.forward(x), net.weights, net.activations, scores, strict=True)
    for (inputs, z), W, f, got in layers:
        for i, j in np.ndindex(W.shape):
            a, without = f(z[:, j]), f(z[:, j] - inputs[:, i] * W[i, j])
            assert got[i, j] == pytest.approx(defined(statistic, a, without), rel=1e-9, abs=1e-15)


@networks
def test_the_mean_is_e_of_eq_1(activation: str, n: int, seed: int) -> None:
    net, x = made(activation, n, seed)
    by_definition = [
        contributions(*layer).mean(axis=0)
        for layer in zip(net.inputs(x), net.weights, net.biases, net.activations, strict=True)
    ]
    plain = RelativeContribution(beta=0.0, layer_factor=None)
    both = zip(scores_of(OutputChange("mean"), net, x), scores_of(plain, net, x), strict=True)
    for (one, other), exact in zip(both, by_definition, strict=True):
        np.testing.assert_allclose(one, exact, rtol=1e-6, atol=1e-12)
        np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-12)


def test_the_rms_change_of_a_linear_unit_is_wandas_score_over_the_root_of_n() -> None:
    rng = np.random.default_rng(0)
    net, x = MLP((5, 3), rng=rng, dtype=np.float64), rng.normal(size=(30, 5))
    [one], [other] = scores_of(OutputChange("rms_change"), net, x), scores_of(Wanda(), net, x)
    np.testing.assert_allclose(one, other / np.sqrt(30), rtol=1e-9)


@networks
def test_a_bounded_change_is_at_most_2_and_at_most_1_where_no_output_is_negative(
    activation: str, n: int, seed: int
) -> None:
    net, x = made(activation, n, seed)
    hidden, last = scores_of(OutputChange("bounded"), net, x)
    assert max(hidden.max(), last.max()) <= 2
    if activation in ("relu", "sigmoid"):
        assert hidden.max() <= 1


def test_an_unknown_statistic_is_refused() -> None:
    with pytest.raises(ValueError, match=r"statistic must be one of 'mean', .* got 'mode'"):
        OutputChange("mode")
