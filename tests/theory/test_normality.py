import math
import warnings

import numpy as np
import pytest
from scipy import stats

from minirelprune import ACTIVATIONS, batch_means, clt_check, contributions

WEIGHTS = 2000


def signed_parts(w: tuple[float, float], n: int) -> np.ndarray:
    """The signed contribution of the first of two N(0, 1) inputs to a linear unit, no bias."""
    x = np.random.default_rng(0).normal(size=(n, 2))
    c = contributions(x, np.array(w)[:, None], np.zeros(1), ACTIVATIONS["identity"])[:, 0, 0]
    return np.sign(x[:, 0] * w[0] * (x @ w)) * c


def test_normals_are_rejected_at_the_level_of_the_test() -> None:
    """2,000 normals: the share of p below a level is binomial about it.

    0.1% of such shares are farther off than 3.3 standard deviations. D'Agostino's p holds for few
    batches too; of few, Jarque-Bera rejects less than it may at these levels.
    """
    values = np.random.default_rng(0).normal(size=(3000, WEIGHTS))
    many, few = clt_check(values, [1, 50])
    for level in (0.05, 0.1, 0.2):
        error = 3.3 * math.sqrt(level * (1 - level) / WEIGHTS)
        for p in (many.jarque_bera.p, many.dagostino.p, few.dagostino.p):
            assert np.mean(p < level) == pytest.approx(level, abs=error)
        assert np.mean(few.jarque_bera.p < level) < level


def test_of_normals_next_to_none_is_rejected_and_the_distance_is_noise() -> None:
    values = np.random.default_rng(1).normal(3, 2, size=(2000, WEIGHTS))
    for row in clt_check(values, [1, 4, 16, 64]):
        one = row.summary
        assert (one.tested, one.constant, one.no_guarantee) == (WEIGHTS, 0, 0)
        assert one.rejected_dagostino <= 0.001
        assert one.rejected_jarque_bera <= 0.01  # its p are too small, far out
        assert one.distance == pytest.approx(one.noise, rel=0.1)
        # E abs(u)^3 of a normal is 2 sqrt(2 / pi).
        expected = 0.4748 * 2 * math.sqrt(2 / math.pi) / math.sqrt(row.batch_size)
        assert one.bound == pytest.approx(expected, rel=0.01)


def test_means_of_an_exponential_come_near_to_normal_as_its_cumulants_say() -> None:
    values = np.random.default_rng(0).exponential(size=(32_000, 60))
    for row in clt_check(values, [1, 4, 16, 64]):
        n, one = row.batch_size, row.summary
        # Skewness 2 / sqrt(n), excess kurtosis 6 / n; the mean of n is Gamma(n) / n.
        noise = math.sqrt(24 / row.batches)
        assert np.mean(row.skewness) == pytest.approx(2 / math.sqrt(n), abs=0.05 + noise / 10)
        assert np.mean(row.excess_kurtosis) == pytest.approx(6 / n, abs=0.2 + noise / 10)
        u = np.linspace(-4, 6, 20_001)
        gamma = stats.gamma(n, loc=-math.sqrt(n), scale=1 / math.sqrt(n))
        exact = np.abs(gamma.cdf(u) - stats.norm.cdf(u)).max()
        assert (np.abs(row.distance - exact) < 1.95 / math.sqrt(row.batches)).all()  # DKW, 0.1%
        # rho = E abs(v - 1)^3 = 12 / e - 2, and sigma = 1.
        assert one.bound == pytest.approx(0.4748 * (12 / math.e - 2) / math.sqrt(n), rel=0.02)
        assert exact < one.bound
        assert one.no_guarantee == 0
        assert one.rejected_jarque_bera == 1 or n > 16


@pytest.mark.parametrize(
    ("draw", "share"),
    [
        (lambda rng, size: rng.pareto(1, size), (1, 1)),
        (lambda rng, size: rng.pareto(2, size), (1, 1)),
        (lambda rng, size: rng.pareto(3, size), (0.9, 1)),
        # On the border: rho of t(3) grows as ln(N) only.
        (lambda rng, size: rng.standard_t(3, size), (0.8, 1)),
        (lambda rng, size: rng.standard_t(8, size), (0, 0.1)),
        (lambda rng, size: rng.exponential(size=size), (0, 0.05)),
        (lambda rng, size: rng.random(size), (0, 0)),
        (lambda rng, size: rng.random(size) < 0.02, (0, 0)),  # rare, but bounded
    ],
)
def test_nothing_is_guaranteed_where_rho_keeps_growing(
    draw: object, share: tuple[float, float]
) -> None:
    values = draw(np.random.default_rng(0), (20_000, 100)).astype(float)
    [row] = clt_check(values, [1])
    assert share[0] <= row.summary.no_guarantee <= share[1]


def test_means_of_a_t_with_3_degrees_of_freedom_stay_heavy() -> None:
    values = np.random.default_rng(0).standard_t(3, size=(40_000, 60))
    first, *_, last = clt_check(values)
    # Symmetric, of variance 3; the excess kurtosis has no limit, and grows with the examples.
    assert np.mean(values.var(axis=0)) == pytest.approx(3, rel=0.1)
    assert first.summary.excess_kurtosis > 20
    assert first.summary.rejected_dagostino == 1
    exact = np.abs(
        stats.t.cdf(np.linspace(-9, 9, 9001) * math.sqrt(3), 3)
        - stats.norm.cdf(np.linspace(-9, 9, 9001))
    ).max()
    assert first.summary.distance == pytest.approx(exact, rel=0.1)
    assert last.summary.rejected_dagostino < 0.5  # 156 batches see little of it


@pytest.mark.parametrize("w", [(1.0, 1.0), (0.3, 2.0), (-1.5, 0.5)])
def test_a_part_of_a_linear_unit_is_cauchy_and_so_are_its_means(w: tuple[float, float]) -> None:
    """The CLT failing in public: a mean over 200 examples is as wild as a single one."""
    signed, square = signed_parts(w, 400_000), w[0] ** 2 + w[1] ** 2
    cauchy = stats.cauchy(w[0] ** 2 / square, abs(w[0] * w[1]) / square)
    assert stats.kstest(signed[:2000], cauchy.cdf).pvalue > 0.01
    assert stats.kstest(batch_means(signed, 200), cauchy.cdf).pvalue > 0.01
    rows = clt_check(signed, [1, 200])
    assert all(np.isinf(row.bound) and row.dagostino.rejected for row in rows)
    assert min(row.distance for row in rows) > 0.3


def test_neighbours_that_are_alike_show() -> None:
    """In order, the means of a slow drift are farther from the normal than independent ones may."""
    rng = np.random.default_rng(0)
    drifting = np.sin(np.arange(20_000) / 2000) + rng.normal(size=20_000)
    [in_order], [shuffled] = (clt_check(v, [64]) for v in (drifting, rng.permutation(drifting)))
    assert in_order.distance > 3 * in_order.bound
    assert shuffled.distance < 2 * shuffled.summary.noise


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_layer_of_dead_weights_is_counted_without_a_warning(dtype: type) -> None:
    noise = np.random.default_rng(0).integers(-3, 4, (100, 2, 2)) * np.finfo(dtype).eps
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        [row] = clt_check((0.1 * (1 + noise)).astype(dtype), [1])
    assert row.constant.all()
    assert (row.summary.tested, row.summary.constant) == (0, 4)
    assert math.isnan(row.summary.skewness)
    assert math.isnan(row.summary.rejected_jarque_bera)


def test_batch_means_may_be_constant_where_examples_are_not() -> None:
    values = np.tile([0.1, 0.3], 40)
    single, pairs = clt_check(values, [1, 2])
    assert not single.constant
    assert pairs.constant


def test_nearly_constant_values_and_huge_ones_are_tested() -> None:
    values = np.random.default_rng(0).normal(size=500)
    [plain] = clt_check(values, [1])
    [row] = clt_check(1 + 1e-12 * values, [1])
    assert row.skewness == pytest.approx(plain.skewness, abs=1e-3)
    assert row.distance == pytest.approx(plain.distance, abs=1e-3)


@pytest.mark.parametrize("power", [-1000, -300, 300, 1000])
def test_a_power_of_2_changes_no_bit_however_large(power: int) -> None:
    values = np.random.default_rng(0).exponential(size=(500, 2))
    scale = np.array([1.0, 2.0**power])  # each weight has a scale of its own
    for plain, row in zip(
        clt_check(values, [1, 4]), clt_check(scale * values, [1, 4]), strict=True
    ):
        assert row.summary == plain.summary
        for name in ("skewness", "excess_kurtosis", "distance", "bound"):
            assert (getattr(row, name) == getattr(plain, name)).all()
        assert (row.dagostino.p == plain.dagostino.p).all()


def test_means_of_the_largest_floats_are_within_their_range() -> None:
    most = np.finfo(np.float64).max
    values = np.array([[most, 1.0], [most, 2.0], [most, 6.0], [-most, 0.0], [0, 0], [0, 3]])
    assert (batch_means(values, 3) == [[most, 3], [-most / 3, 1]]).all()
    beside = np.stack([np.full(70, most), np.random.default_rng(0).normal(size=70)], axis=1)
    alone = batch_means(beside[:, 1], 7)  # whose bits are its own
    assert (batch_means(beside, 7)[:, 1] == alone).all()
    assert (batch_means(-values, 3) == -batch_means(values, 3)).all()
    assert batch_means([most, most, -most / 2], 3) == pytest.approx(most / 2, rel=1e-15)
    halves = np.array([65504, 65504], np.float16)
    assert batch_means(halves, 2) == 65504


def test_batch_sizes_may_be_any_whole_numbers_and_values_any_real_ones() -> None:
    values = np.random.default_rng(0).integers(-100, 100, (300, 2))
    expected = clt_check(values.astype(float), [1, 5])
    for sizes in ((1, 5), np.array([1, 5], np.uint8), [np.uint8(1), np.int64(5)], range(1, 6, 4)):
        for kind in (values, values.astype(np.int8), values.tolist()):
            rows = clt_check(kind, sizes)
            assert [row.summary for row in rows] == [row.summary for row in expected]
    assert (batch_means(values.astype(np.int8), np.uint8(5)) == batch_means(values, 5)).all()


def test_values_keep_their_shape_and_are_not_changed() -> None:
    values = np.random.default_rng(0).normal(size=(100, 3, 2)).astype(np.float32)
    before = values.copy()
    assert batch_means(values, 30).shape == (3, 3, 2)
    assert batch_means(values, 30).dtype == np.float64
    [row] = clt_check(values, [5])
    assert (row.batch_size, row.batches) == (5, 20)
    arrays = (row.constant, row.skewness, row.distance, row.bound, *row.jarque_bera)
    assert {array.shape for array in arrays} == {(3, 2)}
    assert (values == before).all()


def test_a_row_is_a_line_of_a_table() -> None:
    rows = clt_check(np.random.default_rng(0).exponential(size=(6000, 5)))
    table = [row.summary._asdict() for row in rows]
    assert [line["batch_size"] for line in table] == [1, 4, 16, 64, 256]
    assert all(isinstance(number, int | float) for line in table for number in line.values())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: batch_means(np.zeros(5), 0), "n must be a whole number >= 1, got 0"),
        (lambda: batch_means(np.zeros(5), 6), "n must be at most the number of examples, 5, got 6"),
        (lambda: clt_check(np.array([[0.0, np.nan]])), r"must be finite, got nan at \(0, 1\)"),
        (lambda: clt_check(np.array(1.0)), "values must have at least one axis, got the number 1"),
        (lambda: batch_means(np.array([1.0, np.inf]), 1), r"must be finite, got inf at \(1,\)"),
        (lambda: batch_means(np.zeros(5), 2.0), "n must be a whole number >= 1, got 2.0"),
        (lambda: clt_check(np.zeros(99), 4), r"batch_sizes must have shape \(sizes\), got \(\)"),
        (lambda: clt_check(np.zeros(99), ["4"]), "batch_sizes must be real numbers, got a list"),
        (lambda: clt_check(np.zeros(0), []), "values must hold at least one example, got 0"),
        (lambda: clt_check(np.zeros(99), [0]), "batch_sizes must be a whole number >= 1, got 0"),
        (lambda: clt_check(np.zeros(99), [1.5]), "batch_sizes must be a whole number >= 1, got 1"),
        (
            lambda: clt_check(np.zeros((5000, 2))),
            "must leave at least 20 batches of 5000 examples, got 256, which leaves 19$",
        ),
    ],
)
def test_bad_input_is_named(call: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_a_weight_of_zeros_is_constant_beside_one_that_is_not() -> None:
    values = np.random.default_rng(0).normal(1e6, 1, size=(200, 2)) * [0, 1]
    [row] = clt_check(values, [5])
    assert row.constant.tolist() == [True, False]
    assert row.jarque_bera.rejected.dtype == np.bool_


def test_what_varies_by_64_units_in_the_last_place_of_its_largest_is_constant() -> None:
    # Of each weight's own largest value, be it just above a power of 2 or just below the next.
    units = np.arange(40) % 2 * np.finfo(np.float64).eps
    values = np.stack(
        [1 + 60 * units, 1 + 80 * units, 1.9 + 110 * units, 1.9 + 140 * units], axis=1
    )
    [row] = clt_check(values, [1])
    assert row.constant.tolist() == [True, False, True, False]
