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
        ({"y": [0.0, np.nan, 1.0]}, "y must be finite, got nan"),
        (
            {"bins": [0.0, 1.0], "binning": "equal_width"},
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


@pytest.mark.parametrize("p", [[0.5, 0.6], [1.5, -0.5], [], [np.nan, 1.0]])
def test_what_is_no_distribution_has_no_entropy(p: list[float]) -> None:
    with pytest.raises(ValueError, match="p must be >= 0 and sum to 1, got a sum of"):
        entropy(p)
