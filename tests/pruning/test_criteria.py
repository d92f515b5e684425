import numpy as np
import pytest

from minirelprune import (
    MLP,
    MutualInformation,
    RelativeContribution,
    Wanda,
    contribution_moments,
    importance,
    prune,
    weight_information,
)
from minirelprune.pruning.catalogue import CRITERIA
from minirelprune.pruning.criteria import wanda_scores
from minirelprune.pruning.inputs import squares


@pytest.mark.parametrize(
    ("layer_factor", "expected"), [("deep", [1, 2, 4]), ("shallow", [4, 2, 1]), (None, [1, 1, 1])]
)
def test_the_layer_factor_doubles_in_the_direction_asked_for(
    layer_factor: str | None, expected: list[int]
) -> None:
    net = MLP((5, 4, 3, 2), rng=np.random.default_rng(0))
    x = np.random.default_rng(1).random((30, 5))
    masks = [np.ones(W.shape, bool) for W in net.weights]
    rng = np.random.default_rng(0)
    plain = RelativeContribution(layer_factor=None).scores(net, x, rng=rng, masks=masks)
    scaled = RelativeContribution(layer_factor=layer_factor).scores(net, x, rng=rng, masks=masks)
    for one, other, factor in zip(plain, scaled, expected, strict=True):
        np.testing.assert_allclose(other, factor * one, rtol=1e-6)


@pytest.mark.parametrize("silent", ["zero", "skip", "epsilon"])
def test_every_setting_of_relative_contribution_reaches_eq_2(silent: str) -> None:
    net = MLP((5, 4, 3), rng=np.random.default_rng(0), dtype=np.float64)
    x = np.random.default_rng(1).random((30, 5)) - 0.5
    masks = [np.ones(W.shape, bool) for W in net.weights]
    of_eq_2 = {"alpha": 0.5, "beta": 0.25, "epsilon": 0.125}
    criterion = RelativeContribution(**of_eq_2, layer_factor="shallow", silent=silent)
    scores = criterion.scores(net, x, rng=np.random.default_rng(0), masks=masks)
    for l, (layer, factor) in enumerate(zip(net.forward(x), (2.0, 1.0), strict=True)):
        f = net.activations[l]
        moments = contribution_moments(layer.x, net.weights[l], net.biases[l], f, silent=silent)
        assert (scores[l] == importance(*moments, **of_eq_2, layer_factor=factor)).all()


@pytest.mark.parametrize("reading", ["mask", "contribution"])
def test_every_setting_of_mutual_information_reaches_its_formula(reading: str) -> None:
    net = MLP((5, 4, 3), rng=np.random.default_rng(0), dtype=np.float64)
    x = np.random.default_rng(1).random((30, 5)) - 0.5
    masks = [np.ones(W.shape, bool) for W in net.weights]
    criterion = MutualInformation(reading, bins=3)
    scores = criterion.scores(net, x, rng=np.random.default_rng(0), masks=masks)
    for l, layer in enumerate(net.forward(x)):
        given = layer.x, net.weights[l], net.biases[l], net.activations[l]
        assert (scores[l] == weight_information(*given, bins=3, reading=reading)).all()


@pytest.mark.parametrize("name", CRITERIA)
@pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")
def test_every_criterion_prunes(name: str) -> None:
    rng = np.random.default_rng(0)
    net, x, y = MLP((8, 10, 6, 3), rng=rng), rng.random((60, 8)), rng.integers(0, 3, 60)
    settings = {"target": 0.3, "per_round": 0.15, "progress": False}
    result = prune(net, x, y, criterion=CRITERIA[name](), rng=rng, **settings)
    assert result.rounds[-1].pruned == round(0.3 * net.n_weights)


def test_inputs_that_are_always_0_have_no_mutual_information() -> None:
    rng = np.random.default_rng(0)
    net, x = MLP((8, 10, 3), rng=rng), rng.random((60, 8))
    x[:, :3] = 0
    masks = [np.ones(W.shape, bool) for W in net.weights]
    for reading in ("mask", "mask_given_input", "contribution"):
        scores = MutualInformation(reading).scores(net, x, rng=rng, masks=masks)
        assert not scores[0][:3].any()
        assert scores[0][3:].any(axis=1).all()


def test_wanda_scores_each_layer_by_its_own_inputs() -> None:
    rng = np.random.default_rng(0)
    net, x = MLP((8, 10, 3), rng=rng), rng.random((60, 8))
    masks = [np.ones(W.shape, bool) for W in net.weights]
    scores = Wanda().scores(net, x, rng=rng, masks=masks)
    for score, a, W in zip(scores, net.inputs(x), net.weights, strict=True):
        assert (score == wanda_scores(np.sqrt(squares(a)), W)).all()
        np.testing.assert_allclose(score, np.abs(W) * np.linalg.norm(a, axis=0)[:, None], rtol=1e-5)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: RelativeContribution(beta=-1), "beta must be a finite number >= 0, got -1"),
        (lambda: RelativeContribution(epsilon=0), "epsilon must be a finite number > 0, got 0"),
        (lambda: RelativeContribution(alpha=-1), "^alpha must be a finite number >= 0, got -1$"),
        (
            lambda: RelativeContribution(silent="no"),
            "^silent must be one of 'zero', 'skip', 'epsilon', got 'no'$",
        ),
        (
            lambda: RelativeContribution(layer_factor="up"),
            "^layer_factor must be one of 'deep', 'shallow', None, got 'up'$",
        ),
        (lambda: MutualInformation("masked"), "^reading must be one of .* got 'masked'$"),
        (lambda: MutualInformation(bins=0), "bins must be a whole number >= 1, got 0"),
    ],
)
def test_a_bad_setting_is_named_when_the_criterion_is_made(make: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


def with_wrong(number: float) -> np.ndarray:
    x = np.random.default_rng(0).random((60, 8))
    x[17, 3] = number
    return x


def labelled(name: str, n: int = 60) -> dict[str, np.ndarray]:
    """The labels, for a criterion that must be given them."""
    return {"y": np.arange(n) % 3} if CRITERIA[name].uses_labels else {}


@pytest.mark.parametrize("name", CRITERIA)
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"x": with_wrong(np.nan)}, r"x must be finite, got nan at \(17, 3\)"),
        ({"x": with_wrong(np.inf)}, r"x must be finite, got inf at \(17, 3\)"),
        ({"x": with_wrong(0)[:, 1:]}, r"x must have shape \(N, 8\), got \(60, 7\)"),
        ({"x": with_wrong(0)[0]}, r"x must have shape \(N, 8\), got \(8,\)"),
        ({"x": with_wrong(0)[:0]}, "x must hold at least one example, got 0"),
        ({"x": "data"}, "x must be real numbers, got a str"),
        (
            {"net": "net"},
            r"^net must be a Network, such as MLP\(\(784, 10\), rng=rng\), got 'net'$",
        ),
        ({"rng": 0}, "rng must be a numpy.random.Generator, .* got 0"),
        ({"masks": None}, "masks must be 2 arrays, got a NoneType"),
        ({"masks": [np.ones((8, 10)), np.ones((10, 3))]}, r"masks\[0\] must be boolean, got"),
        ({"masks": [np.ones((10, 8), bool)] * 2}, r"masks\[0\] must have shape \(8, 10\)"),
    ],
)
def test_data_that_do_not_fit_are_named_by_every_criterion(
    name: str, changes: dict, message: str
) -> None:
    net = MLP((8, 10, 3), rng=np.random.default_rng(0))
    masks = [np.ones(W.shape, bool) for W in net.weights]
    rng = np.random.default_rng(0)
    given = {"net": net, "x": with_wrong(0), "rng": rng, "masks": masks, **changes}
    with pytest.raises(ValueError, match=message):
        CRITERIA[name]().scores(**given, **labelled(name))


@pytest.mark.parametrize("name", CRITERIA)
def test_array_likes_score_as_arrays_do(name: str) -> None:
    net = MLP((8, 10, 3), rng=np.random.default_rng(0))
    masks = [np.ones(W.shape, bool) for W in net.weights]
    x = np.random.default_rng(1).integers(0, 256, (60, 8), np.uint8)

    def scored(x: object) -> list[np.ndarray]:
        rest = {"rng": np.random.default_rng(2), "masks": masks, **labelled(name)}
        return CRITERIA[name]().scores(net, x, **rest)

    for given in (x, x.tolist(), x.astype(">i4"), np.asfortranarray(x)):
        pairs = zip(scored(given), scored(x.astype(np.float32)), strict=True)
        for one, other in pairs:
            np.testing.assert_allclose(one, other, rtol=1e-5)


def test_scores_that_leave_the_range_of_the_dtype_are_refused() -> None:
    net = MLP((2, 3), rng=np.random.default_rng(0))
    masks = [np.ones((2, 3), bool)]
    x = np.full((4, 2), 1e30, np.float32)  # its square is infinite in float32
    with pytest.raises(ValueError, match=r"scores\[0\] of Wanda must be finite, got inf at"):
        Wanda().scores(net, x, rng=np.random.default_rng(0), masks=masks)


@pytest.mark.parametrize("name", CRITERIA)
def test_the_scores_do_not_depend_on_the_callers_errstate(name: str) -> None:
    net = MLP((4, 3), rng=np.random.default_rng(0), dtype=np.float64)
    x = np.random.default_rng(1).random((20, 4))
    x[:, 0] = 1e-300  # its square underflows
    masks = [np.ones((4, 3), bool)]
    scores = []
    for state in ("ignore", "raise"):
        with np.errstate(all=state):
            given = {"rng": np.random.default_rng(2), "masks": masks, **labelled(name, 20)}
            scores.append(CRITERIA[name]().scores(net, x, **given)[0].tobytes())
    assert scores[0] == scores[1]


def test_bins_of_8_bits_are_bins() -> None:
    assert MutualInformation(bins=np.uint8(255)) == MutualInformation(bins=255)
    assert type(MutualInformation(bins=np.uint8(255)).bins) is int
