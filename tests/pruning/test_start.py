"""What `prune` is given is checked before anything runs; a pruned network goes on from there."""

import warnings
from pathlib import Path

import numpy as np
import pytest

from minirelprune import (
    MLP,
    Magnitude,
    NoMasksWarning,
    Pruned,
    Random,
    Training,
    prune,
)
from minirelprune.pruning.start import subset

pytestmark = pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")

SIZES = (8, 10, 6, 3)
NO_TUNING = Training(epochs=0, learning_rate=1e-4)
X = np.random.default_rng(0).random((60, 8), np.float32)
Y = np.random.default_rng(1).integers(0, 3, 60)
WITH_NAN = np.where(np.arange(60 * 8).reshape(60, 8) == 19, np.nan, X)


def network() -> MLP:
    return MLP(SIZES, rng=np.random.default_rng(2))


def run(net: object = None, criterion: object = None, **changes: object) -> Pruned:
    settings = {"target": 0.5, "per_round": 0.2, "progress": False, **changes}
    settings.setdefault("rng", np.random.default_rng(3))
    return prune(net or network(), X, Y, criterion=criterion or Magnitude(), **settings)


def with_nan() -> MLP:
    net = network()
    net.biases[1][4] = np.nan
    return net


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"evaluation": (X, Y + 50)}, r"evaluation's y must be in \[0, 3\), got values from 50"),
        ({"evaluation": (WITH_NAN, Y)}, r"evaluation's x must be finite, got nan at \(2, 3\)"),
        ({"evaluation": (X[:, 1:], Y)}, r"evaluation's x must have shape \(N, 8\), got \(60, 7\)"),
        ({"evaluation": (X, Y[1:])}, r"evaluation's y must have shape \(60\), got \(59,\)"),
        ({"evaluation": (X[:0], Y[:0])}, "evaluation's y must hold at least one example"),
        ({"evaluation": X}, r"^evaluation must be a pair \(x, y\), got a ndarray$"),
        ({"evaluation": 3}, r"^evaluation must be a pair \(x, y\), got a int$"),
        ({"evaluation": (X, Y, Y)}, r"evaluation must be a pair \(x, y\), got a tuple of 3"),
        (
            {"criterion": "magnitude"},
            r"criterion must be an instance such as Magnitude\(\).*'mag",
        ),
        ({"criterion": Magnitude}, r"criterion must be an instance .* got <class .*Magnitude'>"),
        ({"criterion": object()}, r"criterion must be an instance .* got <object"),
        ({"rng": 0}, "rng must be a numpy.random.Generator, .* got 0"),
        (
            {"tuning": (1, 1e-4)},
            r"^tuning must be a Training, such as Training\(epochs=1, learning_rate=1e-4\), got \(",
        ),
        ({"tuning": Training}, r"tuning must be a Training, .* got <class"),
        ({"scope": np.array(["unit"])}, "scope must be one of 'global', 'layer', 'unit', got"),
        ({"arithmetic": np.array(["whole"])}, "arithmetic must be one of 'whole', 'float', got"),
        ({"target": "0.5"}, r"target must be in \(0, 1\), got '0.5'"),
        ({"per_round": np.array([0.1])}, r"per_round must be in \(0, 1\), got array"),
        ({"on_round": "print"}, "on_round must be a function or None, got 'print'"),
        ({"progress": "no"}, "progress must be one of None, True, False, got 'no'"),
        ({"masks": [np.ones((8, 10), bool)]}, "masks must be 3 arrays, got a list of 1"),
        ({"masks": [np.ones((8, 10))] * 3}, r"masks\[0\] must be boolean, .* float64"),
        ({"net": with_nan()}, r"net.parameters\[3\] must be finite, got nan at \(4,\)"),
        (
            {"net": [network()]},
            r"^net must be a Network, such as MLP\(\(784, 10\), rng=rng\), got \[MLP",
        ),
    ],
)
def test_bad_input_is_named_before_anything_runs(
    changes: dict, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Pruned] = []
    monkeypatch.delattr("minirelprune.pruning.algorithm.accuracy")
    with pytest.raises(ValueError, match=message):
        run(**{"on_round": told.append, **changes})
    assert not told


@pytest.mark.parametrize(
    ("scores", "message"),
    [
        ([np.ones((8, 10))], "scores must be 3 arrays, got a list of 1"),
        (None, "scores must be 3 arrays, got a NoneType"),
        ([np.ones((10, 8))] * 3, r"scores\[0\] must have shape \(8, 10\), got \(10, 8\)"),
        ([np.full((8, 10), "1")] * 3, r"scores\[0\] must be real numbers, got a ndarray .*<U1"),
        (
            [np.ones((8, 10)), np.full((10, 6), np.nan), np.ones((6, 3))],
            r"scores\[1\] must not be NaN, got NaN at \(0, 0\)",
        ),
    ],
)
def test_a_criterion_that_returns_something_else_is_named(scores: object, message: str) -> None:
    class Wrong(Magnitude):
        def scores(self, net, x, *, rng, masks):
            return scores

    with pytest.raises(ValueError, match=f"criterion Wrong: {message}"):
        run(criterion=Wrong())


def test_any_object_with_scores_will_do() -> None:
    class Mine:
        def scores(self, net, x, *, rng, masks):
            return [abs(W).tolist() for W in net.weights]

    mine, usual = run(criterion=Mine()), run()
    assert all((a == b).all() for a, b in zip(mine.masks, usual.masks, strict=True))


def test_a_criterion_that_changes_its_masks_changes_no_others() -> None:
    class Meddling(Magnitude):
        def scores(self, net, x, *, rng, masks):
            scores = super().scores(net, x, rng=rng, masks=masks)
            masks[0][:] = False
            return scores

    assert [one.pruned for one in run(criterion=Meddling()).rounds] == [0, 32, 63, 79]


def test_the_seconds_do_not_depend_on_the_clock_on_the_wall(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backwards = iter(range(10**9, 0, -1))
    monkeypatch.setattr("time.time", lambda: next(backwards))
    for one in run().rounds[1:]:
        assert 0 < one.seconds_scoring < 60
        assert 0 < one.seconds_tuning < 60


def test_a_pruned_network_goes_on_from_where_it_is() -> None:
    first = run(target=0.4)
    kept = [mask.copy() for mask in first.masks]
    second = run(first.net, target=0.7, masks=first.masks)
    assert [one.pruned for one in second.rounds] == [63, 95, 111]
    assert second.rounds[0].sparsity == first.rounds[-1].sparsity
    assert second.rounds[0].layer_sparsity == first.rounds[-1].layer_sparsity
    assert second.rounds[0].accuracy_pruned == first.rounds[-1].accuracy_tuned
    for W, before, after, mask in zip(
        second.net.weights, first.masks, second.masks, kept, strict=True
    ):
        assert not W[~mask].any()
        assert not (after & ~mask).any()
        assert (before == mask).all()


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_a_run_that_goes_on_prunes_the_counts_of_one_that_was_not_stopped(stop: int) -> None:
    told: list[Pruned] = []
    whole = run(target=0.75, tuning=NO_TUNING, on_round=told.append)
    rest = run(told[stop].net, target=0.75, tuning=NO_TUNING, masks=told[stop].masks)
    assert [one.pruned for one in rest.rounds] == [one.pruned for one in whole.rounds[stop:]]
    assert all((a == b).all() for a, b in zip(rest.masks, whole.masks, strict=True))


def test_a_share_between_two_rounds_goes_on_with_the_next_count() -> None:
    result = run(target=0.3, per_round=0.3)
    further = run(result.net, target=0.5, per_round=0.2, masks=result.masks)
    assert [one.pruned for one in further.rounds] == [
        round(share * 158) for share in (0.3, 0.4, 0.5)
    ]


@pytest.mark.parametrize("target", [0.4, 0.2])
def test_a_target_that_is_reached_already_is_refused(target: float) -> None:
    first = run(target=0.4)
    message = rf"target must be above 0.3987, the share that masks take out, got {target}"
    with pytest.raises(ValueError, match=message):
        run(first.net, target=target, masks=first.masks)


def test_masks_of_your_own_take_their_weights_out_of_a_copy() -> None:
    net, masks = network(), [np.ones(W.shape, bool) for W in network().weights]
    masks[1][3, :4] = False
    result = run(net, masks=masks, tuning=NO_TUNING, target=0.1, per_round=0.1)
    assert [one.pruned for one in result.rounds] == [4, 16]
    assert not result.net.weights[1][3, :4].any()
    assert (net.weights[1] == network().weights[1]).all()
    assert masks[1].sum() == 56


def test_masks_that_take_nothing_out_change_nothing() -> None:
    masks = [np.ones(W.shape, bool) for W in network().weights]
    plain, masked = run(), run(masks=masks)
    assert [one.pruned for one in masked.rounds] == [one.pruned for one in plain.rounds]
    assert all(
        (a == b).all() for a, b in zip(plain.net.parameters, masked.net.parameters, strict=True)
    )


def test_the_control_keeps_the_masks_it_is_given() -> None:
    first = run(target=0.4)
    control = prune(
        first.net,
        X,
        Y,
        criterion=None,
        masks=first.masks,
        target=0.8,
        per_round=0.2,
        rng=np.random.default_rng(0),
        progress=False,
    )
    assert [one.pruned for one in control.rounds] == [63, 63, 63]
    assert all((a == b).all() for a, b in zip(control.masks, first.masks, strict=True))


def test_a_reloaded_network_without_its_masks_earns_a_warning_that_says_what_to_do(
    tmp_path: Path,
) -> None:
    path = tmp_path / "pruned.npz"
    run(target=0.4).save(path)
    message = r"63 of the weights \(39.9%\).*masks=Pruned.load"
    with pytest.warns(NoMasksWarning, match=message):
        run(MLP.load(path))
    with warnings.catch_warnings():
        warnings.simplefilter("error", NoMasksWarning)
        result = run(MLP.load(path), masks=Pruned.load(path).masks)
    assert [one.pruned for one in result.rounds] == [63, 79]


def test_of_few_examples_at_least_one_is_drawn_and_of_all_none_is() -> None:
    x, rng = np.arange(7.0)[:, None], np.random.default_rng(0)
    y = np.arange(7)
    assert subset(x, y, 1, rng)[0] is x
    assert rng.random() == np.random.default_rng(0).random()  # nothing was drawn
    assert len(subset(x, y, 0.01, rng)[0]) == 1
    some, labels = subset(x, y, 0.5, rng)
    drawn = some[:, 0].tolist()
    assert labels.tolist() == drawn
    assert len(drawn) == 4
    assert drawn == sorted(set(drawn))


@pytest.mark.parametrize("zeros", [0, 1])
def test_a_zero_now_and_then_earns_no_warning(zeros: int) -> None:
    net = network()
    net.weights[0][0, :zeros] = 0
    with warnings.catch_warnings():
        warnings.simplefilter("error", NoMasksWarning)
        run(net, criterion=Random())
