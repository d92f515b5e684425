"""Laws of the share of a network that is blind on data (section 2.1)."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from minirelprune.laws.inputs import close, known, names, names_of, seeds
from minirelprune.laws.law import law
from minirelprune.network.activations import ACTIVATIONS
from minirelprune.support.arrays import Array

flat_nowhere = names_of(lambda f: f.blind is not None and not f.blind_range(0.0))
sizes = st.lists(st.integers(1, 6), min_size=1, max_size=4).map(lambda s: (*s, 3))
tolerances = st.floats(0, 1.2)
ROUNDING = 1e-12


def problem(impl: Any, seed: int, sizes: tuple[int, ...], name: str) -> tuple[Any, Array]:
    """A float64 network whose units reach into the tails of f, and five examples."""
    known(impl, name)
    rng = np.random.default_rng(seed)
    net = impl.MLP(sizes, name, rng=rng, dtype=np.float64)
    return net, rng.normal(scale=5, size=(5, sizes[0]))


def slopes(net: Any, x: Array, name: str) -> list[Array]:
    """abs(f'(z)) of every (example, unit) pair, hidden layer by hidden layer."""
    return [np.abs(ACTIVATIONS[name].derivative(z)) for _, z in net.forward(x)[:-1]]


@law("MLP", "blind_share", seed=seeds, sizes=sizes, name=names, tolerance=tolerances)
def the_blind_share_is_the_share_of_flat_pairs(
    impl: Any, seed: int, sizes: Any, name: str, tolerance: float
) -> None:
    """Per hidden layer: on how many of the (example, unit) pairs abs(f'(z)) <= tolerance."""
    net, x = problem(impl, seed, sizes, name)
    shares = impl.blind_share(net, x, tolerance)
    # A slope that is the tolerance but for rounding may count or not.
    for share, slope in zip(shares, slopes(net, x, name), strict=True):
        at_least, at_most = slope < tolerance - ROUNDING, slope <= tolerance + ROUNDING
        assert at_least.mean() - ROUNDING <= share <= at_most.mean() + ROUNDING


@law("MLP", "blind_share", seed=seeds, sizes=sizes)
def without_tolerance_relu_is_blind_where_it_is_silent(impl: Any, seed: int, sizes: Any) -> None:
    """At tolerance 0 the share of ReLU is that of the pairs with z <= 0."""
    net, x = problem(impl, seed, sizes, "relu")
    expected = [np.mean(layer[1] <= 0) for layer in net.forward(x)[:-1]]
    close(np.array(impl.blind_share(net, x)), np.array(expected))


@law("MLP", "blind_share", seed=seeds, sizes=sizes, name=flat_nowhere)
def an_f_that_is_flat_nowhere_is_never_blind(impl: Any, seed: int, sizes: Any, name: str) -> None:
    """At tolerance 0 the share is 0 for an f whose slope is 0 nowhere, such as the sigmoid."""
    net, x = problem(impl, seed, sizes, name)
    assert not any(impl.blind_share(net, x))


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
    """A larger tolerance never lowers the share; one above every slope makes all pairs blind."""
    net, x = problem(impl, seed, sizes, name)
    steepest = max((slope.max() for slope in slopes(net, x, name)), default=0.0)
    tolerances = (*pair, steepest * (1 + ROUNDING) + ROUNDING)
    small, large, all_of_it = (impl.blind_share(net, x, t) for t in tolerances)
    assert all(a <= b for a, b in zip(small, large, strict=True))
    assert all(share == 1 for share in all_of_it)
