"""A run of Alg. 1 that was stopped goes on to the bits of one that was not."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minirelprune import MLP, Magnitude, Pruned, Random, RelativeContribution, Wanda, prune
from minirelprune.pruning.streams import KINDS, generator_of, state_of
from minirelprune.support import checkpoint

pytestmark = pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")

X = np.random.default_rng(0).random((60, 8), np.float32)
Y = np.random.default_rng(1).integers(0, 3, 60)
SETTINGS: dict[str, Any] = {"target": 0.6, "per_round": 0.2, "progress": False}


class Spawning(Random):
    """Draws from a generator that it spawns anew in each round."""

    def scores(self, net, x, *, rng, masks):
        return super().scores(net, x, rng=rng.spawn(1)[0], masks=masks)


RUNS: dict[str, dict[str, Any]] = {
    "random": {"criterion": Random()},
    "Eq. (2) on a quarter": {"criterion": RelativeContribution(), "scoring_fraction": 0.25},
    "random on a quarter": {"criterion": Random(), "scoring_fraction": 0.25},
    "the control": {"criterion": None},
    "a criterion that spawns": {"criterion": Spawning()},
    "Wanda by unit": {"criterion": Wanda(), "scope": "unit"},
}


def network() -> MLP:
    return MLP((8, 10, 6, 3), rng=np.random.default_rng(2))


def run(net: Any = None, **changes: Any) -> Pruned:
    settings = {**SETTINGS, "criterion": Random(), **changes}
    if not isinstance(net, Pruned):
        settings.setdefault("rng", np.random.default_rng(3))
    return prune(net or network(), X, Y, **{"rng": None, **settings})


def bits(result: Pruned) -> object:
    """All of a result, with the seconds left out."""
    arrays = [array.tobytes() for array in result.net.parameters + result.masks]
    rounds = [replace(one, seconds_scoring=0, seconds_tuning=0) for one in result.rounds]
    return arrays, rounds, result.complete, result.configuration, result.generators


@pytest.mark.parametrize("stop", [0, 1, 2, 3])
@pytest.mark.parametrize("name", RUNS)
def test_a_run_stopped_after_any_round_ends_with_the_bits_of_one_that_was_not(
    name: str, stop: int, tmp_path: Path
) -> None:
    told: list[Pruned] = []
    whole = run(**RUNS[name], on_round=told.append)
    told[stop].save(tmp_path / "p.npz")
    heard: list[Pruned] = []
    rest = run(Pruned.load(tmp_path / "p.npz"), **RUNS[name], on_round=heard.append)
    assert bits(rest) == bits(whole)
    assert [bits(one) for one in heard] == [bits(one) for one in told[stop + 1 :]]


def test_a_run_that_began_with_masks_goes_on_too() -> None:
    first, told = run(target=0.2), list[Pruned]()
    whole = run(first.net, masks=first.masks, on_round=told.append)
    assert [one.pruned for one in whole.rounds] == [32, 63, 95]
    for stopped in told:
        assert bits(run(stopped)) == bits(whole)


def test_a_finished_run_goes_on_to_a_higher_target_as_if_it_had_been_asked_for_at_first() -> None:
    assert bits(run(run(target=0.4), target=0.8)) == bits(run(target=0.8))


def test_what_made_a_run_is_kept_when_it_goes_on() -> None:
    stopped = replace(run(target=0.2), configuration={"data": "mine"})
    assert run(stopped).configuration == {"data": "mine"}


def test_the_stopped_run_is_not_changed() -> None:
    stopped = run(target=0.2)
    before = bits(stopped)
    run(stopped)
    assert bits(stopped) == before


@pytest.mark.parametrize("kind", KINDS)
def test_every_generator_of_numpy_goes_on(kind: str) -> None:
    told: list[Pruned] = []
    rng = np.random.Generator(KINDS[kind](5))
    whole = run(rng=rng, scoring_fraction=0.5, on_round=told.append)
    assert bits(run(told[1], scoring_fraction=0.5)) == bits(whole)


class Foreign(np.random.PCG64):
    """A generator that is not one of NumPy's own."""


def test_a_foreign_generator_prunes_and_saves_but_cannot_go_on(tmp_path: Path) -> None:
    rng = np.random.Generator(Foreign(5))
    assert state_of(rng) is None
    result = run(rng=rng)
    assert result.generators is None
    result.save(tmp_path / "p.npz")
    with pytest.raises(ValueError, match="net must be a Pruned with its rounds and generators"):
        run(Pruned.load(tmp_path / "p.npz"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rng": np.random.default_rng(0)}, "rng must be None where net is a Pruned, .* Generator"),
        ({"masks": []}, r"masks must be None where net is a Pruned, which has its own, got \[\]"),
        ({"per_round": 0.3}, r"after which \[32, 63\] weights are 0, got a schedule of \[47, 95\]"),
        ({"criterion": None}, r"criterion, target and per_round must be those .* \[0, 0, 0\]"),
        ({"target": 0.3}, r"\[32, 63\] weights are 0, got a schedule of \[32, 47\]"),
        ({"scope": "all"}, "scope must be one of"),
    ],
)
def test_what_does_not_fit_a_stopped_run_is_named_before_anything_runs(
    changes: dict[str, Any], message: str
) -> None:
    told: list[Pruned] = []
    with pytest.raises(ValueError, match=message):
        run(run(target=0.4), **changes, on_round=told.append)
    assert not told


def test_a_result_without_rounds_cannot_go_on() -> None:
    with pytest.raises(ValueError, match="net must be a Pruned with its rounds and generators"):
        run(replace(run(target=0.2), rounds=[]))


def spoilt(part: str, **changes: object) -> Callable[[dict[str, Any]], None]:
    return lambda states: states["tuning"][part].update(changes)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda states: states.pop("subset"), "generators must be subset, scoring, tuning, got"),
        (lambda states: states.update(tuning=3), r"generators\['tuning'\]: the state .* be read"),
        (spoilt("bits", bit_generator="MRG32"), r"\['tuning'\]: .* cannot be read: KeyError"),
        (spoilt("bits", has_uint32="no"), r"\['tuning'\]: the state of a generator"),
        (
            spoilt("bits", more=1),
            r"\['tuning'\]: the state of a generator must be one that NumPy has, got another$",
        ),
        (spoilt("bits", has_uint32=True), None),
        (spoilt("seed", pool_size=10**15), r"\['tuning'\]: the state of a generator cannot"),
        (spoilt("seed", spawn_key=["a"]), r"\['tuning'\]: the state of a generator"),
    ],
)
def test_states_that_numpy_does_not_have_are_not_read(
    change: Callable[[dict[str, Any]], object], message: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "p.npz"
    run(target=0.2).save(path)
    arrays, description = checkpoint.read(path)
    change(description["generators"])  # type: ignore[arg-type]
    checkpoint.write(path, arrays, description)
    if message is None:
        Pruned.load(path)
        return
    with pytest.raises(ValueError, match=rf"p\.npz does not hold a pruned network: .*{message}"):
        Pruned.load(path)


def test_a_file_from_before_states_were_kept_is_read(tmp_path: Path) -> None:
    path = tmp_path / "p.npz"
    run(target=0.2).save(path)
    arrays, description = checkpoint.read(path)
    del description["generators"]
    checkpoint.write(path, arrays, description)
    assert Pruned.load(path).generators is None


def test_a_generator_is_given_back_as_it_stood() -> None:
    rng = np.random.default_rng([1, 2])
    rng.integers(0, 9, 3, np.uint32)  # which leaves half of a 64-bit number for the next call
    again = generator_of(state_of(rng))
    assert (rng.integers(0, 99, 50) == again.integers(0, 99, 50)).all()
    assert rng.spawn(1)[0].random() == again.spawn(1)[0].random()


def test_magnitude_stopped_by_a_rule_goes_on() -> None:
    def rule(so_far: Pruned) -> None:
        if len(so_far.rounds) == 3:
            raise KeyboardInterrupt

    stopped = run(criterion=Magnitude(), on_round=rule)
    assert (stopped.complete, len(stopped.rounds)) == (False, 3)
    assert bits(run(stopped, criterion=Magnitude())) == bits(run(criterion=Magnitude()))


def test_a_run_stopped_after_its_last_round_is_complete_and_shares_nothing() -> None:
    stopped = replace(run(), complete=False)
    done = run(stopped)
    assert done.complete
    assert len(done.rounds) == len(stopped.rounds)
    pairs = zip(
        [*done.net.parameters, *done.masks],
        [*stopped.net.parameters, *stopped.masks],
        strict=True,
    )
    assert not any(np.shares_memory(one, other) for one, other in pairs)


def test_a_schedule_that_is_one_weight_off_is_refused() -> None:
    def rule(so_far: Pruned) -> None:
        if so_far.rounds[-1].number == 1:
            raise KeyboardInterrupt

    stopped = run(on_round=rule)
    assert stopped.rounds[-1].pruned == 32  # of 158
    with pytest.raises(ValueError, match="must be those of the rounds that are done"):
        run(stopped, per_round=33 / 158)
