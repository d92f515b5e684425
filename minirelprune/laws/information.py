"""Laws of entropy and of mutual information by counting (section 3)."""

import math
from collections import Counter
from collections.abc import Iterable
from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from minirelprune.laws.inputs import close, grid, seeds
from minirelprune.laws.law import law
from minirelprune.support.arrays import Array, Labels

Pair = tuple[Array, Array]

numbers = st.integers(1, 24)
values = numbers.flatmap(lambda n: grid((n,), low=-4, high=4))
any_pairs = numbers.flatmap(lambda n: st.tuples(*2 * [grid((n,), low=-4, high=4)]))
independent = st.tuples(values, values).map(  # every x meets every y
    lambda pair: (np.repeat(pair[0], len(pair[1])), np.tile(pair[1], len(pair[0])))
)
pairs = any_pairs | independent
k = st.integers(1, 12)
binnings = st.sampled_from(["equal_mass", "equal_width"])
corrections = st.sampled_from([None, "miller_madow"])
INCREASING = (np.exp, np.tanh, lambda x: x**3, lambda x: 5 * x - 1, lambda x: x - 1 / (x + 3))


def counted_entropy(items: Iterable[object]) -> float:
    """The entropy of how often each item occurs."""
    counts = Counter(items).values()
    n = sum(counts)
    return -sum(count / n * math.log(count / n) for count in counts)


@law("entropy", weights=arrays(np.int64, st.integers(1, 8), elements=st.integers(0, 5)))
def entropy_is_minus_the_sum_of_p_ln_p(impl: Any, weights: Labels) -> None:
    """H = -sum p ln p, in nats, and what has no probability adds nothing."""
    assume(weights.any())
    items = np.repeat(np.arange(len(weights)), weights)
    close(impl.entropy(weights / weights.sum()), counted_entropy(items.tolist()))


@law("mutual_information", pair=pairs)
def mutual_information_is_that_of_the_counted_pairs(impl: Any, pair: Pair) -> None:
    """With a bin for each value, I = sum p(x, y) ln(p(x, y) / (p(x) p(y))) over the pairs seen."""
    x, y = (part.tolist() for part in pair)
    n_x, n_y, n = Counter(x), Counter(y), len(x)
    expected = sum(
        count / n * math.log(count * n / (n_x[u] * n_y[v]))
        for (u, v), count in Counter(zip(x, y, strict=True)).items()
    )
    close(impl.mutual_information(*pair, bins=n), expected)


@law("mutual_information", x=values)
def what_x_tells_of_itself_is_its_entropy(impl: Any, x: Array) -> None:
    """I(X; X) = H(X)."""
    close(impl.mutual_information(x, x, bins=len(x)), counted_entropy(x.tolist()))


@law("mutual_information", pair=pairs, kx=k, ky=k, binning=binnings, correction=corrections)
def x_tells_as_much_of_y_as_y_of_x(
    impl: Any, pair: Pair, kx: int, ky: int, binning: str, correction: str | None
) -> None:
    """I(X; Y) = I(Y; X), with any bins."""
    x, y = pair
    settings = {"binning": binning, "correction": correction}
    one = impl.mutual_information(x, y, bins=(kx, ky), **settings)
    close(one, impl.mutual_information(y, x, bins=(ky, kx), **settings))


@law("mutual_information", pair=pairs, bins=k, binning=binnings, seed=seeds)
def shuffling_the_pairs_tells_no_more_and_no_less(
    impl: Any, pair: Pair, bins: int, binning: str, seed: int
) -> None:
    """The order of the examples does not matter."""
    shuffled = np.random.default_rng(seed).permutation(np.stack(pair, axis=1)).T
    before = impl.mutual_information(*pair, bins=bins, binning=binning)
    close(impl.mutual_information(*shuffled, bins=bins, binning=binning), before)


@law("mutual_information", pair=pairs, bins=k, drop=st.sets(st.integers(1, 7), max_size=6))
def merging_bins_never_raises_it(impl: Any, pair: Pair, bins: int, drop: set[int]) -> None:
    """Taking edges out from between bins of x leaves I(X; Y) as it is, or lowers it."""
    edges = np.linspace(-0.5, 0.5, 9)
    fewer = np.delete(edges, sorted(drop))
    y_edges = np.linspace(-0.5, 0.5, bins + 1)
    fine = impl.mutual_information(*pair, bins=(edges, y_edges), binning="equal_width")
    coarse = impl.mutual_information(*pair, bins=(fewer, y_edges), binning="equal_width")
    assert coarse <= fine + 1e-12


@law("mutual_information", pair=pairs, bins=k, f=st.sampled_from(INCREASING))
def no_increasing_function_changes_what_ranks_tell(
    impl: Any, pair: Pair, bins: int, f: Any
) -> None:
    """Equal-mass bins depend on ranks: I(f(X); Y) = I(X; Y), to the bit, for increasing f."""
    x, y = pair
    assert impl.mutual_information(f(x), y, bins=bins) == impl.mutual_information(x, y, bins=bins)


@law("mutual_information", x=values, w=st.floats(-2, 2), bins=k, binning=binnings)
def a_constant_tells_nothing(impl: Any, x: Array, w: float, bins: int, binning: str) -> None:
    """I(a; w) is exactly 0 for a w that does not vary, with any bins: the literal reading."""
    settings = {"bins": bins, "binning": binning}
    assert impl.mutual_information(x, np.full(len(x), w), **settings) == 0
    assert impl.mutual_information(np.full(len(x), w), x, **settings) == 0


@law("mutual_information", pair=independent, bins=k, binning=binnings)
def independent_values_tell_nothing(impl: Any, pair: Pair, bins: int, binning: str) -> None:
    """Where every x meets every y, I = 0, with any bins."""
    close(impl.mutual_information(*pair, bins=bins, binning=binning), 0.0)


@law("mutual_information", pair=pairs)
def miller_madow_counts_what_is_occupied(impl: Any, pair: Pair) -> None:
    """The correction takes off (Kxy - Kx - Ky + 1) / 2N, of occupied bins and cells."""
    x, y = (part.tolist() for part in pair)
    occupied = len(set(zip(x, y, strict=True))) - len(set(x)) - len(set(y)) + 1
    plug_in = impl.mutual_information(*pair, bins=len(x))
    corrected = impl.mutual_information(*pair, bins=len(x), correction="miller_madow")
    close(corrected, plug_in - occupied / (2 * len(x)))


@law("mutual_information", n=st.integers(1, 60), bins=k, seed=seeds)
def different_values_are_shared_out_evenly(impl: Any, n: int, bins: int, seed: int) -> None:
    """Of n different values each of K <= n equal-mass bins holds n / K, rounded up or down."""
    assume(bins <= n)
    x = np.random.default_rng(seed).permutation(n) ** 2.0
    sizes = np.array([n // bins + (r < n % bins) for r in range(bins)])
    expected = -(sizes / n * np.log(sizes / n)).sum()  # I(X; X) = H(X)
    close(impl.mutual_information(x, x, bins=bins), expected)


@law("mutual_information", low=k, high=k, bins=st.integers(2, 12), atom=st.integers(1, 30))
def an_atom_has_a_bin_of_its_own(impl: Any, low: int, high: int, bins: int, atom: int) -> None:
    """A value with 1/K of the mass is told apart from all others, by equal-mass bins."""
    assume(atom * bins >= low + atom + high)
    x = np.concatenate([-np.arange(1.0, low + 1), np.zeros(atom), np.arange(1.0, high + 1)])
    is_atom = x == 0
    expected = counted_entropy(is_atom.tolist())  # I(X; Z) = H(Z) for Z that X decides
    close(impl.mutual_information(x, is_atom, bins=bins), expected)
