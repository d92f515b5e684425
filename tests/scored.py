"""Small networks with random weights, and the scores that a criterion gives them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from minirelprune import MLP, Criterion

networks = given(
    sizes=st.lists(st.integers(1, 5), min_size=2, max_size=4),
    pruned=st.sampled_from([0.0, 0.3, 0.8]),
    seed=st.integers(0, 2**32 - 1),
)


def made(sizes: list[int], pruned: float, seed: int) -> tuple[MLP, np.ndarray]:
    """A network of which this share of the weights is 0, and nine examples."""
    rng = np.random.default_rng(seed)
    net = MLP(sizes, "tanh", rng=rng, dtype=np.float64)
    for W in net.weights:
        W[rng.random(W.shape) < pruned] = 0
    return net, rng.normal(size=(9, sizes[0])) * (rng.random((9, sizes[0])) < 0.7)


def scale_changes_nothing(criterion: Criterion) -> None:
    """The scores of very large and of very small weights are finite, and those of plain ones."""
    net, x = made([4, 3, 2], 0.0, 1)
    plain = scores_of(criterion, net, x)
    for scale in (1e-150, 1e150):
        other = MLP.from_arrays([W * scale for W in net.weights], net.biases, "tanh")
        for one, same in zip(scores_of(criterion, other, x * 0), plain, strict=True):
            np.testing.assert_allclose(one, same, rtol=1e-12)


def scores_of(
    criterion: Criterion, net: MLP, x: np.ndarray, **labels: np.ndarray
) -> list[np.ndarray]:
    """The scores of a network from which nothing is pruned."""
    masks = [np.ones(W.shape, bool) for W in net.weights]
    return criterion.scores(net, x, rng=np.random.default_rng(0), masks=masks, **labels)
