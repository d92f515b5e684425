"""Laws of the share of a network that is blind on data (section 2.1)."""

from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from minirelprune.laws.inputs import close, seeds
from minirelprune.laws.law import law
from minirelprune.network.activations import ACTIVATIONS
from minirelprune.support.arrays import Array

names = st.sampled_from(list(ACTIVATIONS))
sizes = st.lists(st.integers(1, 6), min_size=1, max_size=4).map(lambda s: (*s, 3))
tolerances = st.floats(0, 1.2)


def problem(impl: Any, seed: int, sizes: tuple[int, ...], name: str) -> tuple[Any, Array]:
    """A float64 network whose units reach into the tails of f, and five examples."""
    rng = np.random.default_rng(seed)
    net = impl.MLP(sizes, name, rng=rng, dtype=np.float64)
    return net, rng.normal(scale=5, size=(5, sizes[0]))


@law("MLP", "blind_share", seed=seeds, sizes=sizes, name=names, tolerance=tolerances)
def the_blind_share_is_the_share_of_flat_pairs(
    impl: Any, seed: int, sizes: Any, name: str, tolerance: float
) -> None:
    """Per hidden layer: on how many of the (example, unit) pairs abs(f'(z)) <= tolerance."""
    net, x = problem(impl, seed, sizes, name)
    f = ACTIVATIONS[name]
    expected = []
    for layer in net.forward(x)[:-1]:
        slopes = np.abs(f.derivative(layer[1]))
        assume((np.abs(slopes - tolerance) > 1e-12).all() or name not in ("sigmoid", "tanh"))
        expected.append(sum(slope <= tolerance for slope in slopes.ravel()) / slopes.size)
    close(np.array(impl.blind_share(net, x, tolerance)), np.array(expected))


@law("MLP", "blind_share", seed=seeds, sizes=sizes, name=names)
def without_tolerance_only_relu_is_blind(impl: Any, seed: int, sizes: Any, name: str) -> None:
    """At tolerance 0 the share is that of z <= 0 for ReLU, and 0 for every other f."""
    net, x = problem(impl, seed, sizes, name)
    at_most_0 = [np.mean(layer[1] <= 0) for layer in net.forward(x)[:-1]]
    expected = at_most_0 if name == "relu" else [0.0] * len(at_most_0)
    close(np.array(impl.blind_share(net, x)), np.array(expected))


@law(
    "MLP",
    "blind_share",
    seed=seeds,
    sizes=sizes,
    name=names,
    pair=st.tuples(tolerances, tolerances).map(sorted),
)
def the_blind_share_grows_with_the_tolerance(
    impl: Any, seed: int, sizes: Any, name: str, pair: list[float]
) -> None:
    """A larger tolerance makes no pair see again, and one as large as any slope makes all blind."""
    net, x = problem(impl, seed, sizes, name)
    small, large, all_of_it = (impl.blind_share(net, x, t) for t in (*pair, 1.0))
    assert all(a <= b for a, b in zip(small, large, strict=True))
    assert all(share == 1 for share in all_of_it)
