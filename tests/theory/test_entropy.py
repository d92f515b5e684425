import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtr, ndtri

from minirelprune import entropy, mutual_information

# Of equal-mass bins of a bivariate normal, in nats, by integration of the density over the cells.
BINNED = {
    0.5: {2: 0.05663, 8: 0.12733, 10: 0.13138, 20: 0.13862},
    0.75: {2: 0.15381, 8: 0.35934, 10: 0.37225, 20: 0.39577},
}
EVERY = [(rho, k) for rho, by_bins in BINNED.items() for k in by_bins]


def normal(rho: float, n: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    x, e = np.random.default_rng(seed).normal(size=(2, n))
    return x, rho * x + np.sqrt(1 - rho**2) * e


def cells(rho: float, k: int) -> np.ndarray:
    """The probabilities of the k x k equal-mass cells of a bivariate normal.

    P(x in row, y < q) is the mean of P(y < q given x) over the ranks u = Phi(x) of the row: Gauss's
    rule, after a change of variable that flattens what Phi^-1 does at the ends.
    """
    nodes, weights = np.polynomial.legendre.leggauss(400)
    t = (nodes + 1) / 2
    u, du = t**3 * (10 - 15 * t + 6 * t**2), weights / 2 * 30 * (t * (1 - t)) ** 2
    x = ndtri((np.arange(k)[:, None] + u) / k)  # (k, 400)
    q = ndtri(np.arange(k + 1) / k)
    below = ndtr((q - rho * x[:, :, None]) / np.sqrt(1 - rho**2))  # P(y < q given x)
    return np.diff(np.einsum("knq,n->kq", below, du) / k, axis=1)


@pytest.mark.parametrize(("rho", "k"), EVERY)
def test_the_entropies_of_exact_cells_give_the_binned_information(rho: float, k: int) -> None:
    p = cells(rho, k)
    information = entropy(p.sum(axis=1)) + entropy(p.sum(axis=0)) - entropy(p)
    assert information == pytest.approx(BINNED[rho][k], abs=6e-6)  # printed to five places


@pytest.mark.parametrize("rho", BINNED)
def test_two_by_two_cells_are_a_quarter_and_an_arcsine(rho: float) -> None:
    same = 0.25 + np.arcsin(rho) / (2 * np.pi)
    closed = 2 * np.log(2) - entropy([same, same, 0.5 - same, 0.5 - same])
    assert closed == pytest.approx(BINNED[rho][2], abs=6e-6)


@pytest.mark.parametrize(("rho", "k"), EVERY)
def test_samples_give_the_binned_information_and_the_bias(rho: float, k: int) -> None:
    n = 200_000
    p = cells(rho, k)
    surprise = np.log(p * k * k)
    error = np.sqrt((p * surprise**2).sum() - (p * surprise).sum() ** 2) / np.sqrt(n)
    expected = BINNED[rho][k] + (k - 1) ** 2 / (2 * n)
    assert mutual_information(*normal(rho, n), bins=k) == pytest.approx(expected, abs=4 * error)


def test_of_independent_values_2_n_i_is_chi_square() -> None:
    n, kx, ky = 2_000, 4, 6
    plug_in, corrected = [], []
    for seed in range(500):
        x, y = np.random.default_rng(seed).random((2, n))
        plug_in.append(mutual_information(x, y, bins=(kx, ky)))
        corrected.append(mutual_information(x, y, bins=(kx, ky), correction="miller_madow"))
    freedom = (kx - 1) * (ky - 1)
    assert stats.kstest(2 * n * np.array(plug_in), "chi2", args=(freedom,)).pvalue > 0.01
    error = np.sqrt(2 * freedom / 500) / (2 * n)
    assert np.mean(plug_in) == pytest.approx(freedom / (2 * n), abs=4 * error)
    assert np.mean(corrected) == pytest.approx(0, abs=4 * error)
    assert min(corrected) < 0


def test_binning_lowers_it_and_sampling_raises_it() -> None:
    truth = -np.log(1 - 0.75**2) / 2
    x, y = normal(0.75, 10_000)
    coarse, fine = (mutual_information(x, y, bins=k) for k in (5, 100))
    assert coarse < truth - 0.05
    assert fine > truth + 0.3


@pytest.mark.parametrize("edges", [7, (np.linspace(-6, 6, 9), np.linspace(-7, 5, 4))])
def test_equal_width_bins_are_those_of_a_histogram(edges: object) -> None:
    x, y = normal(0.5, 1_000)
    p = np.histogram2d(x, y, bins=edges)[0] / 1_000
    expected = entropy(p.sum(axis=1)) + entropy(p.sum(axis=0)) - entropy(p)
    actual = mutual_information(x, y, bins=edges, binning="equal_width")
    assert actual == pytest.approx(expected, rel=1e-12)


def test_the_largest_floats_have_ranks_too() -> None:
    x = np.linspace(-1, 1, 9) * np.finfo(float).max
    assert mutual_information(x, x, bins=3) == pytest.approx(np.log(3))


ROWS = np.arange(8)
SPREAD = {  # eight numbers, evenly spread, that float64 or its differences confuse
    "integers from 2^53": 2**53 + ROWS,
    "integers to -2^63": -(2**63) + ROWS,
    "unsigned integers to 2^64": np.uint64(2**64 - 8) + ROWS.astype(np.uint64),
    "the range of unsigned integers": np.uint64(2**61) * ROWS.astype(np.uint64),
    "the range of int64": 2**61 * (ROWS - 4),
    "the range of int8": (36 * ROWS - 128).astype(np.int8),
    "the range of float64": np.finfo(np.float64).max * (2 * ROWS / 7 - 1),
    "the range of float32": np.finfo(np.float32).max * np.float32(2 * ROWS / 7 - 1),
    "the smallest of float64": 5e-324 * ROWS,
    "neighbours in float64": 2.0**53 + 2 * ROWS,
    "neighbours in long double": 1 + ROWS * np.finfo(np.longdouble).eps,
}


@pytest.mark.parametrize("x", SPREAD.values(), ids=SPREAD)
@pytest.mark.parametrize("binning", ["equal_mass", "equal_width"])
def test_eight_numbers_are_eight_bins_wherever_they_lie(x: np.ndarray, binning: str) -> None:
    assert len(np.unique(x)) == 8
    for pair in ((x, ROWS), (ROWS, x), (x, x)):
        information = mutual_information(*pair, bins=8, binning=binning)
        assert information == pytest.approx(np.log(8), rel=1e-12)
    thirds = mutual_information(x, ROWS, bins=3, binning=binning)  # 3, 2 and 3 of them
    assert thirds == pytest.approx(entropy([3 / 8, 2 / 8, 3 / 8]), rel=1e-12)


@pytest.mark.parametrize(
    ("x", "edges"),
    [
        (2**53 + ROWS, 2**53 + np.arange(9)),
        (-(2**53) - ROWS, np.arange(-7, 2) - 2**53),
        (np.uint64(2**63) + ROWS.astype(np.uint64), [2**63 + k for k in range(9)]),
        (2**53 + ROWS.astype(np.uint64), 2**53 + np.arange(9)),  # NumPy compares these as floats
        (2**53 + ROWS, 2.0**53 + np.array([-1, 2, 4, 6, 8])),
        (-(2**53) - 8 + ROWS, np.array([-8, -6, -4, -2, 0]) - 2.0**53),
    ],
    ids=["signed", "negative", "unsigned", "mixed", "edges of floats", "negative, of floats"],
)
def test_given_edges_tell_large_integers_apart(x: np.ndarray, edges: object) -> None:
    information = mutual_information(x, ROWS, bins=(edges, 8), binning="equal_width")
    assert information == pytest.approx(np.log(len(edges) - 1), rel=1e-12)


def test_a_large_edge_does_not_come_down_to_a_value() -> None:
    x = np.array([2**53 - 1, 2**53], np.uint64)
    edges = np.array([0, 2**53 + 1, 2**53 + 2])  # the second is 2^53 in float64
    assert mutual_information(x, x, bins=(edges, 2), binning="equal_width") == 0


def test_outer_edges_may_be_infinite_and_inner_ones_any_numbers_that_rise() -> None:
    x = np.array([-1.7e308, -1.0, 1.0, 1.7e308])
    for edges in ([-np.inf, 0, np.inf], [-1.75e308, 0, 1.75e308]):
        information = mutual_information(x, x > 0, bins=(edges, 2), binning="equal_width")
        assert information == pytest.approx(np.log(2), rel=1e-12)


def test_the_number_of_bins_may_be_any_whole_number() -> None:
    x, y = normal(0.5, 300)
    for binning in ("equal_mass", "equal_width"):
        expected = mutual_information(x, y, bins=(5, 7), binning=binning)
        bins = (np.uint8(5), np.int64(7))
        assert mutual_information(x, y, bins=bins, binning=binning) == expected
    # One for each value, and not as many arrays as bins.
    assert mutual_information(x, y, bins=2**70) == pytest.approx(np.log(300), rel=1e-12)


def test_many_bins_take_no_more_memory_than_pairs() -> None:
    x, y = normal(0.5, 100)
    information = mutual_information(x, y, bins=10**6, binning="equal_width")
    assert information == pytest.approx(np.log(100), rel=1e-12)


def test_integers_booleans_and_lists_are_numbers_too() -> None:
    labels = np.array([3, 1, 2, 3])
    assert mutual_information(labels, labels == 3, bins=3) == pytest.approx(np.log(2))
    assert mutual_information([3, 1, 2, 3], [1, 0, 0, 1], bins=3) == pytest.approx(np.log(2))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"bins": 0}, "bins must be a whole number >= 1, got 0"),
        ({"bins": 2.0}, "bins must be a whole number >= 1, got 2.0"),
        ({"bins": np.array([0.0, 1.0])}, "bins must be a whole number >= 1, got array"),
        ({"bins": (2, 0)}, "bins must be a whole number >= 1, got 0"),
        ({"binning": "rank"}, "binning must be one of 'equal_mass', 'equal_width', got 'rank'"),
        ({"correction": "mm"}, "correction must be one of None, 'miller_madow', got 'mm'"),
        ({"x": np.zeros((3, 1))}, r"x must have shape \(N\), got \(3, 1\)"),
        ({"y": np.zeros(4)}, r"y must have shape \(3\), got \(4,\)"),
        ({"x": [], "y": []}, "x must hold at least one example, got 0"),
        ({"y": [0.0, np.nan, 1.0]}, r"y must be finite, got nan at \(1,\)"),
        ({"bins": True}, "bins must be a whole number >= 1, got True"),
        (
            {"bins": [0.0, np.nan, 3.0], "binning": "equal_width"},
            "bins must be two rising edges or more, got",
        ),
        (
            {"bins": ["a", "b"], "binning": "equal_width"},
            "bins must be real numbers, got a list of dtype <U1",
        ),
        (
            {"bins": [0.0, 0.5, 1.0], "binning": "equal_width"},
            r"x must be within the edges of its bins, \[0.0, 1.0\], got values from 0.0 to 2.0",
        ),
        (
            {"bins": ([0.0, 2.0], [-1.0, 1.0]), "binning": "equal_width"},
            r"y must be within the edges of its bins, \[-1.0, 1.0\], got values from 0.0 to 2.0",
        ),
        (
            {"bins": [0.0, 3.0, 3.0], "binning": "equal_width"},
            r"bins must be two rising edges or more, got \[0. 3. 3.\]",
        ),
        (
            {"bins": np.zeros((2, 2)), "binning": "equal_width"},
            r"bins must have shape \(edges\), got \(2, 2\)",
        ),
    ],
)
def test_bad_input_is_named(changes: dict, message: str) -> None:
    settings = {"x": np.arange(3.0), "y": np.arange(3.0), "bins": 2, **changes}
    with pytest.raises(ValueError, match=message):
        mutual_information(**settings)


@pytest.mark.parametrize(
    ("p", "message"),
    [
        ([0.5, 0.6], "p must be >= 0 and sum to 1, got a sum of 1.1"),
        ([1.5, -0.5], "p must be >= 0 and sum to 1, got a sum of 1.0"),
        ([], "p must be >= 0 and sum to 1, got a sum of 0.0"),
        ([0.5, 0.5 + 1e-8], "p must be >= 0 and sum to 1, got a sum of 1.00000001"),
        (np.float32([0.5, 0.50002]), "p must be >= 0 and sum to 1, got a sum of 1.0000"),
        ([np.nan, 1.0], r"p must be finite, got nan at \(0,\)"),
        (1.0, "p must have at least one axis, got the number 1.0"),
    ],
)
def test_what_is_no_distribution_has_no_entropy(p: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        entropy(p)


def test_what_sums_to_infinity_is_no_distribution_whatever_the_errstate() -> None:
    with np.errstate(all="raise"), pytest.raises(ValueError, match="got a sum of inf"):
        entropy([1.7e308, 1.7e308])


@pytest.mark.parametrize(("dtype", "within"), [("float16", 5e-3), ("float32", 1e-5)])
def test_a_softmax_row_has_an_entropy_in_the_dtype_it_comes_in(dtype: str, within: float) -> None:
    logits = np.random.default_rng(0).normal(size=(50, 300))
    softmax = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    missed = 0.0
    for p in softmax:
        rounded = p.astype(dtype)
        missed = max(missed, abs(rounded.sum(dtype=np.float64) - 1))
        assert entropy(rounded) == pytest.approx(entropy(p), abs=within * np.log(300))
    assert missed > 1e-9  # what float64 is allowed to miss


def test_the_entropy_of_one_certain_value_is_0_and_not_below() -> None:
    assert entropy([0, 1, 0]) == 0
    assert entropy([1 + 1e-10]) == 0


def test_the_entropy_of_float32_is_taken_in_float64() -> None:
    p = np.float32([0.1, 0.2, 0.7])
    wide = p.astype(np.float64)
    assert entropy(p) == pytest.approx(-(wide * np.log(wide)).sum(), rel=1e-14)
