import numpy as np
import pytest
from scipy import stats

from minirelprune import ACTIVATIONS, contributions, tail_index

WEIGHTS = 2000


@pytest.mark.parametrize("index", [1.0, 3.0])
def test_hill_on_a_pareto_is_gamma_about_the_truth(index: float) -> None:
    """The logs over any threshold are Exponential(index): index k / estimate is Gamma(k)."""
    values = np.random.default_rng(0).pareto(index, size=(2000, WEIGHTS)) + 1
    for k in (10, 200, 1999):
        estimate, error = tail_index(values, k)
        assert stats.kstest(index * k / estimate, stats.gamma(k).cdf).pvalue > 0.01
        covered = np.mean(np.abs(estimate - index) < 2 * error)
        assert covered == pytest.approx(0.95, abs=0.03)


@pytest.mark.parametrize(
    ("draw", "low", "high"),
    [
        (lambda rng, size: rng.standard_cauchy(size), 0.9, 1.1),
        (lambda rng, size: rng.standard_t(3, size), 2.6, 3.1),
        (lambda rng, size: rng.normal(size=size), 8, 20),  # it has no index, and looks steep
        (lambda rng, size: rng.random(size), 100, 1000),
    ],
)
def test_the_tail_index_tells_tails_apart(draw: object, low: float, high: float) -> None:
    estimate, _ = tail_index(draw(np.random.default_rng(0), (60_000, 20)), 200)
    assert low < np.median(estimate) < high


@pytest.mark.parametrize(
    ("name", "heavy"), [("identity", True), ("tanh", True), ("sigmoid", False)]
)
def test_a_unit_that_may_be_near_0_has_contributions_without_a_mean(name: str, heavy: bool) -> None:
    """1 / a has a density at a = 0 for linear and tanh units; the sigmoid's are bounded (R14)."""
    rng = np.random.default_rng(0)
    x, W = rng.uniform(-1, 1, (40_000, 5)), rng.uniform(-1, 1, (5, 4))
    estimate, _ = tail_index(contributions(x, W, np.zeros(4), ACTIVATIONS[name]), 200)
    assert estimate.shape == (5, 4)
    assert (estimate < 1.3).all() if heavy else (estimate > 9).all()


def test_relu_has_a_tail_where_the_weight_pulls_down() -> None:
    """For x w > 0 the unit without it is smaller, but not below 0: at most all is lost."""
    rng = np.random.default_rng(0)
    x, W = rng.random((40_000, 6)), np.array([[-1.0, 1.0] * 3]).T
    c = contributions(x, W, np.zeros(1), ACTIVATIONS["relu"])[:, :, 0]
    estimate, _ = tail_index(c, 200)
    assert (estimate[::2] < 1.3).all()
    assert np.isposinf(estimate[1::2]).all()


def test_values_that_are_mostly_0_have_no_estimate() -> None:
    values = np.zeros((50, 3))
    values[:9, 1], values[:10, 2] = np.exp(np.arange(9)), np.exp(np.arange(10))
    estimate, error = tail_index(values, 9)
    assert np.isnan([estimate[:2], error[:2]]).all()
    assert estimate[2] == pytest.approx(1 / 5)


@pytest.mark.parametrize("start", [1.0, 1e300, 2.0**-1000])
def test_neighbours_in_float64_have_an_index(start: float) -> None:
    """ln(1 + k eps) = k eps, where logs of numbers next to each other lose it."""
    start = 2.0 ** np.floor(np.log2(start))
    values = start * (1 + np.arange(4) * 2.0**-52)
    expected = 1 / (2.0**-52 * 2)  # the mean of 1, 2 and 3
    assert tail_index(values, 3).estimate == pytest.approx(expected, rel=1e-12)
    # Where v is beyond twice the threshold, and v / threshold beyond float64.
    far = tail_index([5e-324, 1e300], 1).estimate
    assert far == pytest.approx(1 / (np.log(1e300) - np.log(5e-324)), rel=1e-12)


def test_k_may_be_any_whole_number_and_values_any_real_ones() -> None:
    values = np.random.default_rng(0).integers(1, 128, (300, 3))
    expected = tail_index(values.astype(float), 5)
    for k in (np.uint8(5), np.int64(5)):
        assert (tail_index(values, k).estimate == expected.estimate).all()
    signed = np.where(np.arange(900).reshape(300, 3) % 2, values, -values).astype(np.int8)
    assert (tail_index(signed, 5).error == expected.error).all()
    # abs of the smallest int8 is no int8: -128 counts as 128.
    smallest = tail_index(np.array([1, 2, -128], np.int8), 1).estimate
    assert smallest == pytest.approx(1 / np.log(64), rel=1e-12)


@pytest.mark.parametrize(
    ("values", "k", "message"),
    [
        (np.ones(5), 0, "k must be a whole number >= 1, got 0"),
        (np.ones(5), 5, "k must be below the number of examples, 5, got 5"),
        (np.ones(5), 2.0, "k must be a whole number >= 1, got 2.0"),
        (np.ones(5), True, "k must be a whole number >= 1, got True"),
        (np.ones(5), np.array([2]), r"k must be a whole number >= 1, got array\(\[2\]\)"),
        (np.ones(0), 1, "k must be below the number of examples, 0, got 1"),
        (np.array([1.0, np.inf]), 1, r"values must be finite, got inf at \(1,\)"),
    ],
)
def test_bad_input_is_named(values: np.ndarray, k: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        tail_index(values, k)
