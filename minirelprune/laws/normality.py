"""Laws of the batch means, and of what is said of how normal they are."""

import math
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from minirelprune.laws.inputs import close, seeds
from minirelprune.laws.law import law
from minirelprune.support.arrays import Array


class Sample(NamedTuple):
    """Values (N, weights) on the grid of eighths, and a batch size that leaves 20 batches."""

    values: Array
    n: int


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """A few weights, with light tails or heavier ones, and some examples left over."""
    n, batches = draw(st.sampled_from([1, 2, 3, 5])), draw(st.integers(20, 60))
    rng, power = np.random.default_rng(draw(seeds)), draw(st.sampled_from([1, 3]))
    size = (n * batches + draw(st.integers(0, n - 1)), draw(st.integers(1, 4)))
    return Sample(rng.integers(-12, 20, size) ** power / 8, n)


def numbers(row: Any) -> list[Array]:
    """All that is said of each weight, but for whether it is rejected among the others."""
    tests = (row.jarque_bera, row.dagostino)
    results = [number for test in tests for number in (test.statistic, test.p)]
    return [row.skewness, row.excess_kurtosis, row.distance, row.bound, *results]


@law("batch_means", sample=samples())
def a_batch_is_n_neighbours(impl: Any, sample: Sample) -> None:
    """Batch k holds the examples from k n to (k + 1) n, and what is left over is dropped."""
    values, n = sample
    means = impl.batch_means(values, n)
    assert means.shape == (len(values) // n, values.shape[1])
    for k, mean in enumerate(means):
        close(mean, sum(values[k * n + i] for i in range(n)) / n)


@law("batch_means", sample=samples(), n=st.integers(1, 7))
def batches_of_batches_are_batches(impl: Any, sample: Sample, n: int) -> None:
    """Means over n of means over m are means over n m."""
    values, m = sample
    close(impl.batch_means(impl.batch_means(values, m), n), impl.batch_means(values, n * m))


@law("clt_check", examples=40, sample=samples())
def the_shape_is_that_of_the_batch_means(impl: Any, sample: Sample) -> None:
    """Skewness and excess kurtosis are E u^3 and E u^4 - 3 of the means, standardised."""
    values, n = sample
    [row] = impl.clt_check(values, [n])
    for j, column in enumerate(values.T):
        means = [math.fsum(column[k : k + n]) / n for k in range(0, len(column) // n * n, n)]
        centre = math.fsum(means) / len(means)
        m2, m3, m4 = (math.fsum((v - centre) ** p for v in means) / len(means) for p in (2, 3, 4))
        close(row.skewness[j], m3 / m2**1.5, atol=1e-10)
        close(row.excess_kurtosis[j], m4 / m2**2 - 3, atol=1e-10)


@law("clt_check", examples=40, sample=samples())
def the_tests_are_chi_square_with_two_degrees_of_freedom(impl: Any, sample: Sample) -> None:
    """Jarque-Bera is batches / 6 (skewness^2 + kurtosis^2 / 4); p is exp(-statistic / 2)."""
    values, n = sample
    [row] = impl.clt_check(values, [n])
    close(
        row.jarque_bera.statistic,
        len(values) // n / 6 * (row.skewness**2 + row.excess_kurtosis**2 / 4),
    )
    for test in (row.jarque_bera, row.dagostino):
        close(test.p, np.exp(-test.statistic / 2))


@law("clt_check", examples=40, sample=samples())
def the_distance_is_the_largest_gap_to_the_normal(impl: Any, sample: Sample) -> None:
    """Sup over u of abs(F(u) - Phi(u)), F that of (means - mean) sqrt(n) / sigma."""
    values, n = sample
    [row] = impl.clt_check(values, [n])
    u = (impl.batch_means(values, n) - values.mean(axis=0)) * math.sqrt(n) / values.std(axis=0)
    u = u.round(9)  # equal means stay equal
    for j, column in enumerate(u.T):
        gaps = [
            abs(np.mean(side) - (1 + math.erf(v / math.sqrt(2))) / 2)
            for v in column
            for side in (column <= v, column < v)
        ]
        close(row.distance[j], max(gaps), atol=1e-8)


@law("clt_check", examples=40, sample=samples())
def the_bound_is_that_of_berry_and_esseen(impl: Any, sample: Sample) -> None:
    """0.4748 rho / (sigma^3 sqrt(n)) of single examples, or infinite: rho is not known to 10%."""
    values, n = sample
    [row] = impl.clt_check(values, [n])
    for j, column in enumerate(values.T):
        cubes = np.abs(column - column.mean()) ** 3
        rho, spread = cubes.mean(), cubes.std() / math.sqrt(len(cubes))
        expected = 0.4748 * rho / (column.std() ** 3 * math.sqrt(n))
        close(row.bound[j], expected if spread <= 0.1 * rho else np.inf)


@law("clt_check", examples=40, sample=samples(), scale=st.integers(-9, 9), shift=st.integers(-9, 9))
def a_change_of_units_changes_nothing(impl: Any, sample: Sample, scale: int, shift: int) -> None:
    """Of c v + d, with c > 0, the same is said as of v."""
    values, n = sample
    [row], [other] = impl.clt_check(values, [n]), impl.clt_check(2.0**scale * (values + shift), [n])
    for one, two in zip(numbers(row), numbers(other), strict=True):
        close(two, one, rtol=1e-9, atol=1e-9)


@law("clt_check", examples=40, sample=samples())
def each_weight_is_judged_on_its_own_examples(impl: Any, sample: Sample) -> None:
    """What is said of a weight is what is said of it alone; only rejection is by comparison."""
    values, n = sample
    [row] = impl.clt_check(values, [n])
    for j in range(values.shape[1]):
        [alone] = impl.clt_check(values[:, j], [n])
        for one, two in zip(numbers(alone), numbers(row), strict=True):
            close(one, two[j], rtol=1e-9, atol=1e-9)


@law("clt_check", examples=40, sample=samples(), dead=st.floats(-9, 9), ulps=st.integers(0, 4))
def dead_weights_are_counted_not_tested(impl: Any, sample: Sample, dead: float, ulps: int) -> None:
    """A weight that is constant but for rounding is counted, and changes no other's verdict."""
    values, n = sample
    noise = np.random.default_rng(ulps).integers(-ulps, ulps + 1, (len(values), 5))
    constant = dead * (1 + noise * np.finfo(np.float64).eps)
    [row], [other] = impl.clt_check(values, [n]), impl.clt_check(np.c_[constant, values], [n])
    assert other.constant.tolist() == [True] * 5 + [False] * values.shape[1]
    assert all(np.isnan(number[:5]).all() for number in numbers(other))
    for one, two in ((row.jarque_bera, other.jarque_bera), (row.dagostino, other.dagostino)):
        assert two.rejected.tolist() == [False] * 5 + one.rejected.tolist()
    assert other.summary.constant == 5
    assert other.summary.tested == values.shape[1]


@law("clt_check", examples=40, sample=samples())
def rejections_are_those_of_benjamini_and_yekutieli(impl: Any, sample: Sample) -> None:
    """The r smallest p are rejected, r the last with p_(r) <= 5% r / (m (1 + 1/2 + ... + 1/m))."""
    values, n = sample
    [row] = impl.clt_check(values, [n])
    for test in (row.jarque_bera, row.dagostino):
        p, m = np.sort(test.p), test.p.size
        harmonic = sum(1 / k for k in range(1, m + 1))
        rejected = max(
            (r for r in range(1, m + 1) if p[r - 1] * m * harmonic <= 0.05 * r), default=0
        )
        assert (
            test.rejected.tolist()
            == (test.p <= p[rejected - 1] if rejected else test.p < 0).tolist()
        )
