import time
from pathlib import Path

import numpy as np
import pytest
from shown import Shown

from minirelprune import (
    MLP,
    EmptiedWarning,
    Magnitude,
    Pruned,
    RelativeContribution,
    Training,
    Wanda,
    prune,
)
from minirelprune.pruning.algorithm import run_round

pytestmark = pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")

SETTINGS = {"target": 0.5, "per_round": 0.2, "progress": False}
NO_TUNING = Training(epochs=0, learning_rate=1e-4)


def problem(sizes: tuple[int, ...] = (8, 10, 6, 3)) -> tuple[MLP, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    x = rng.random((60, sizes[0])).astype(np.float32)
    return MLP(sizes, rng=rng), x, rng.integers(0, sizes[-1], 60)


def run(criterion: object = None, **settings: object) -> Pruned:
    net, x, y = problem()
    rng = np.random.default_rng(1)
    return prune(net, x, y, criterion=criterion, rng=rng, **{**SETTINGS, **settings})


def test_every_round_is_on_record() -> None:
    result = run(Magnitude())
    n = 8 * 10 + 10 * 6 + 6 * 3
    assert [one.number for one in result.rounds] == [0, 1, 2, 3]
    assert [one.pruned for one in result.rounds] == [0, round(0.2 * n), round(0.4 * n), n // 2]
    last = result.rounds[-1]
    assert last.sparsity == last.pruned / n
    sizes = np.array([80, 60, 18])
    assert np.dot(last.layer_sparsity, sizes) == pytest.approx(last.pruned)
    assert all(one.seconds_tuning > 0 for one in result.rounds[1:])
    assert result.complete


def test_rounds_are_told_as_they_end() -> None:
    told: list[Pruned] = []
    result = run(Wanda(), on_round=told.append)
    assert [one.rounds for one in told] == [result.rounds[: k + 1] for k in range(4)]
    assert [one.complete for one in told] == [False, False, False, True]


def test_what_is_told_of_a_round_is_what_stopping_there_gives() -> None:
    told: list[Pruned] = []
    run(Wanda(), on_round=told.append)
    shorter = run(Wanda(), target=0.4)
    for one, other in zip(
        told[2].masks + told[2].net.parameters,
        shorter.masks + shorter.net.parameters,
        strict=True,
    ):
        assert (one == other).all()


def test_the_first_accuracy_of_a_round_is_that_of_the_network_with_its_zeros() -> None:
    net, _, _ = problem()
    x = np.random.default_rng(7).random((500, 8)).astype(np.float32)
    result = run(Magnitude(), target=0.9, tuning=NO_TUNING, evaluation=(x, net.predict(x)))
    accuracies = [one.accuracy_pruned for one in result.rounds]
    assert accuracies == [one.accuracy_tuned for one in result.rounds]
    assert len(set(accuracies)) > 1


def test_the_control_is_fine_tuned_and_loses_nothing() -> None:
    result = run(None)
    assert [one.pruned for one in result.rounds] == [0, 0, 0, 0]
    assert all(mask.all() for mask in result.masks)
    net, _, _ = problem()
    assert (result.net.weights[0] != net.weights[0]).any()


def test_the_default_fine_tuning_is_one_epoch_at_1e_4() -> None:
    stated = run(Magnitude(), tuning=Training(epochs=1, learning_rate=1e-4))
    assert (run(Magnitude()).net.weights[0] == stated.net.weights[0]).all()


def test_a_round_can_be_run_with_masks_of_your_own() -> None:
    net, x, y = problem()
    before = net.weights[0].copy()
    masks = [np.random.default_rng(l).random(W.shape) < 0.7 for l, W in enumerate(net.weights)]
    settings = {"tuning": Training(1, 1e-3), "evaluation": (x, y), "progress": False}
    rng = np.random.default_rng(0)
    tuned, entry = run_round(net, masks, 3, x, y, rng=rng, seconds_scoring=5.0, **settings)
    assert (net.weights[0] == before).all()
    assert all(not W[~mask].any() for W, mask in zip(tuned.weights, masks, strict=True))
    assert (tuned.weights[0] != before * masks[0]).any()
    assert (entry.number, entry.pruned) == (3, sum(int((~mask).sum()) for mask in masks))
    assert 5 <= entry.seconds_scoring < 6
    with pytest.raises(ValueError, match="masks must be 3 arrays, got a list of 2"):
        run_round(net, masks[:2], 3, x, y, rng=rng, **settings)


def test_prune_is_its_rounds_one_after_another() -> None:
    net, x, y = problem()
    told: list[Pruned] = []
    run(Magnitude(), on_round=told.append)
    _, rng = np.random.default_rng(1).spawn(2)  # the minibatches have a stream of their own
    for one in told[1:]:
        settings = {"tuning": Training(1, 1e-4), "evaluation": (x, y), "progress": False}
        net, entry = run_round(net, one.masks, len(one.rounds) - 1, x, y, rng=rng, **settings)
        assert all((a == b).all() for a, b in zip(net.parameters, one.net.parameters, strict=True))
        assert entry.accuracy_tuned == one.rounds[-1].accuracy_tuned


def test_a_criterion_that_changes_its_network_changes_no_other() -> None:
    class Meddling(Magnitude):
        def scores(self, net, x, *, rng, masks):
            scores = super().scores(net, x, rng=rng, masks=masks)
            net.weights[0][:] = 0
            return scores

    honest, meddled = run(Magnitude()), run(Meddling())
    assert (honest.net.weights[0] == meddled.net.weights[0]).all()


def test_scoring_on_a_share_of_the_data_leaves_the_minibatches_as_they_were() -> None:
    tuning = Training(epochs=1, learning_rate=1e-4, batch_size=16)
    whole = run(Magnitude(), tuning=tuning)
    part = run(Magnitude(), tuning=tuning, scoring_fraction=0.1)
    assert (whole.net.weights[0] == part.net.weights[0]).all()


@pytest.mark.parametrize(("scope", "axis"), [("layer", None), ("unit", 0)])
def test_each_group_of_the_scope_loses_its_share(scope: str, axis: int | None) -> None:
    settings = {"target": 0.5, "per_round": 0.5, "scope": scope}
    for mask in run(Magnitude(), **settings).masks:
        assert (mask.mean(axis=axis) == 0.5).all()


def test_the_seconds_of_scoring_are_those_of_the_criterion() -> None:
    class Slow(Magnitude):
        def scores(self, net, x, *, rng, masks):
            time.sleep(0.05)
            return super().scores(net, x, rng=rng, masks=masks)

    assert all(one.seconds_scoring >= 0.05 for one in run(Slow()).rounds[1:])


def test_a_round_of_masks_that_took_no_time_has_the_seconds_of_setting_zeros() -> None:
    net, x, y = problem()
    masks = [np.ones(W.shape, bool) for W in net.weights]
    settings = {"tuning": NO_TUNING, "evaluation": (x, y), "progress": False}
    _, entry = run_round(net, masks, 1, x, y, rng=np.random.default_rng(0), **settings)
    assert 0 < entry.seconds_scoring < 1


def test_the_criterion_sees_the_share_of_the_data_asked_for() -> None:
    seen = []

    class Watching(Magnitude):
        def scores(self, net, x, *, rng, masks):
            seen.append(x)
            return super().scores(net, x, rng=rng, masks=masks)

    run(Watching(), scoring_fraction=0.1)
    assert [len(x) for x in seen] == [6, 6, 6]
    assert (seen[0] == seen[2]).all()


@pytest.mark.parametrize(("n", "named"), [(1, "0"), (5, "0, 1, 2, 3, 4"), (6, "0, .*, 4, ...")])
def test_units_that_are_emptied_are_named_five_at_most(n: int, named: str) -> None:
    net, x, y = problem()
    net.weights[0][:, :n] = 1e-9
    share = 8 * n / net.n_weights
    settings = {"target": share, "per_round": share, "tuning": NO_TUNING, "progress": False}
    message = f"round 1: {n} of 10 units of layer 0 lost their last weight: {named}$"
    with pytest.warns(EmptiedWarning, match=message):
        prune(net, x, y, criterion=Magnitude(), rng=np.random.default_rng(0), **settings)


def test_a_layer_that_is_emptied_is_named() -> None:
    net, x, y = problem()
    net.weights[2][:] = 1e-9
    settings = {**SETTINGS, "target": 0.2, "tuning": NO_TUNING}
    with pytest.warns(EmptiedWarning, match="round 1: layer 2 has no weights left"):
        prune(net, x, y, criterion=Magnitude(), rng=np.random.default_rng(0), **settings)


@pytest.mark.parametrize("progress", [True, False, None])
def test_the_bar_counts_rounds_and_each_fine_tuning_has_its_own(
    progress: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Shown, "bars", [], raising=False)
    for module in ("pruning.algorithm", "network.training"):
        monkeypatch.setattr(f"minirelprune.{module}.bar", Shown)
    run(Magnitude(), progress=progress)
    rounds, *tunings = Shown.bars
    wanted = {"total": 3, "name": "prune", "unit": "round", "progress": progress}
    assert rounds.settings == wanted
    assert rounds.updates == [1, 1, 1]
    settings = [one.settings for one in tunings]
    assert (
        settings == [{"total": 60, "name": "train", "unit": " examples", "progress": progress}] * 3
    )


@pytest.mark.parametrize("when", ["scoring", "told"])
def test_ctrl_c_gives_back_the_last_whole_round(when: str) -> None:
    class Impatient(RelativeContribution):
        calls = 0

        def scores(self, net, x, *, rng, masks):
            Impatient.calls += 1
            if when == "scoring" and Impatient.calls == 3:
                raise KeyboardInterrupt
            return super().scores(net, x, rng=rng, masks=masks)

    def told(one: Pruned) -> None:
        if when == "told" and len(one.rounds) == 3:
            raise KeyboardInterrupt

    result = run(Impatient(), on_round=told)
    assert not result.complete
    assert len(result.rounds) == 3
    zeros = sum(int((~mask).sum()) for mask in result.masks)
    assert zeros == result.rounds[-1].pruned
    assert sum(int((W == 0).sum()) for W in result.net.weights) == zeros
    shorter = run(RelativeContribution(), target=0.4)
    assert all((a == b).all() for a, b in zip(result.net.weights, shorter.net.weights, strict=True))


def test_ctrl_c_in_the_first_round_gives_back_the_network_as_it_came() -> None:
    def told(one: Pruned) -> None:
        raise KeyboardInterrupt

    result = run(Magnitude(), on_round=told)
    assert len(result.rounds) == 1
    assert (result.net.weights[0] == problem()[0].weights[0]).all()


def test_a_pruned_network_comes_back_bit_for_bit(tmp_path: Path) -> None:
    result = run(Wanda())
    result = Pruned(result.net, result.masks, result.rounds, True, {"criterion": "wanda"})
    result.save(tmp_path / "pruned.npz")
    back = Pruned.load(tmp_path / "pruned.npz")
    assert (back.rounds, back.complete) == (result.rounds, True)
    assert back.configuration == {"criterion": "wanda"}
    for one, other in zip(
        result.net.parameters + result.masks, back.net.parameters + back.masks, strict=True
    ):
        assert one.dtype == other.dtype
        assert one.tobytes() == other.tobytes()
    assert (MLP.load(tmp_path / "pruned.npz").weights[0] == result.net.weights[0]).all()


def test_a_network_that_was_never_pruned_is_not_a_pruned_one(tmp_path: Path) -> None:
    problem()[0].save(tmp_path / "dense.npz")
    with pytest.raises(ValueError, match=r"dense\.npz holds a network that was not pruned"):
        Pruned.load(tmp_path / "dense.npz")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"target": 0}, r"target must be in \(0, 1\), got 0"),
        ({"per_round": 1}, r"per_round must be in \(0, 1\), got 1"),
        ({"scoring_fraction": 0}, r"scoring_fraction must be in \(0, 1\], got 0"),
        ({"scope": "all"}, "scope must be one of"),
    ],
)
def test_bad_input_is_named_before_anything_is_done(changes: dict, message: str) -> None:
    told: list[Pruned] = []
    with pytest.raises(ValueError, match=message):
        run(Magnitude(), on_round=told.append, **changes)
    assert not told
