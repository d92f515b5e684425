"""A new activation is one statement, and works with everything the library has.

Three are registered here: the sine, of which nothing but f and f' is given; the softsign, with its
blind range in closed form; and a leaky ReLU with another leak, which names a fast engine. All laws
are tried on these three and no others.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import minirelprune
from minirelprune import (
    ACTIVATIONS,
    MLP,
    Activation,
    Training,
    blind_share,
    contribution_moments,
    prune,
    train,
    weight_information,
)
from minirelprune.laws import LAWS, inputs
from minirelprune.network.blind_intervals import two_tails
from minirelprune.pruning.catalogue import CRITERIA
from minirelprune.theory.weight_information import READINGS

NEW = [
    Activation("sine", f=np.sin, slope=np.cos),
    Activation(
        "softsign",
        f=lambda z: z / (1 + np.abs(z)),
        slope=lambda z: 1 / np.square(1 + np.abs(z)),
        blind=two_tails(lambda tolerance: 1 / np.sqrt(tolerance) - 1, 1.0),
    ),
    Activation(
        "leak of a half",
        f=lambda z: np.maximum(z, z / 2),
        slope=lambda z: np.where(z > 0, 1, 0.5).astype(z.dtype),
        engine="piecewise_linear",
    ),
]
NAMES = [f.name for f in NEW]


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    for f in NEW:
        monkeypatch.setitem(ACTIVATIONS, f.name, f)
    monkeypatch.setattr(inputs, "registered", lambda: NAMES)


def problem(name: str) -> tuple[MLP, np.ndarray, np.ndarray]:
    """A small float32 network, and a task it can learn."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 6)).astype(np.float32)
    return MLP((6, 16, 12, 3), name, rng=rng), x, x[:, :3].argmax(axis=1)


@pytest.mark.parametrize("name", NAMES)
def test_it_trains(name: str) -> None:
    net, x, y = problem(name)
    losses = train(net, x, y, Training(30, 0.01), rng=np.random.default_rng(0), progress=False)
    assert losses[-1] < losses[0] / 2
    assert all(p.dtype == np.float32 for p in net.parameters)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("criterion", CRITERIA)
@pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")
def test_every_criterion_prunes_it(name: str, criterion: str) -> None:
    net, x, y = problem(name)
    settings = {"target": 0.5, "per_round": 0.25, "progress": False}
    rng = np.random.default_rng(0)
    result = prune(net, x, y, criterion=CRITERIA[criterion](), rng=rng, **settings)
    assert result.rounds[-1].pruned == round(0.5 * net.n_weights)


@pytest.mark.parametrize("name", NAMES)
def test_its_blind_share_is_that_of_its_slopes(name: str) -> None:
    net, x, _ = problem(name)
    for tolerance in (0.3, 0.7):
        expected = [
            np.mean(np.abs(ACTIVATIONS[name].derivative(z)) <= tolerance)
            for _, z in net.forward(x)[:-1]
        ]
        assert blind_share(net, x, tolerance) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("reading", READINGS)
def test_it_has_mutual_information(name: str, reading: str) -> None:
    net, x, _ = problem(name)
    layer = (x, net.weights[0], net.biases[0], ACTIVATIONS[name])
    information = weight_information(*layer, bins=8, reading=reading)
    assert information.any() == (reading != "literal")


@pytest.mark.parametrize("name", NAMES)
def test_it_is_saved_and_loaded(name: str, tmp_path: Path) -> None:
    net, x, _ = problem(name)
    net.save(tmp_path / "net.npz")
    back = MLP.load(tmp_path / "net.npz")
    assert back.activation == name
    assert (back.forward(x)[-1].z == net.forward(x)[-1].z).all()


@pytest.mark.parametrize("name", NAMES)
def test_its_engine_gives_the_moments_of_the_definition(name: str) -> None:
    net, x, _ = problem(name)
    layer = [array.astype(np.float64) for array in (x, net.weights[0], net.biases[0])]
    fast = contribution_moments(*layer, ACTIVATIONS[name])
    exact = contribution_moments(*layer, ACTIVATIONS[name], engine="definition")
    np.testing.assert_allclose(fast, exact, rtol=1e-6)


@pytest.mark.parametrize("name", LAWS)
@pytest.mark.filterwarnings("ignore::minirelprune.EmptiedWarning")
def test_it_keeps_every_law(name: str) -> None:
    replace(LAWS[name], examples=min(20, LAWS[name].examples)).test(minirelprune)


def test_the_laws_meet_the_new_ones_and_no_others() -> None:
    met = set()

    def meet(impl: object, f: Activation, name: str) -> None:
        met.update({f.name, name})

    strategies = {"f": inputs.activations, "name": inputs.names}
    replace(LAWS["contributions_are_eq_1"], function=meet, strategies=strategies).test(minirelprune)
    assert met == {*NAMES}


def test_a_law_catches_a_new_one_with_a_wrong_slope(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACTIVATIONS, "sine", Activation("sine", f=np.sin, slope=np.sin))
    with pytest.raises(AssertionError):
        LAWS["the_derivative_is_the_slope"].test(minirelprune)


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(
        ValueError, match="engine must be one of 'piecewise_linear', 'smooth', None"
    ):
        Activation("sine", f=np.sin, slope=np.cos, engine="gemm")


def test_without_a_closed_form_the_blind_range_is_refused_and_z_are_judged() -> None:
    sine = ACTIVATIONS["sine"]
    with pytest.raises(ValueError, match=r"got 'sine', which has none; is_blind\(z, tolerance\)"):
        sine.blind_range(0.1)
    assert sine.is_blind(np.array([0.0, np.pi / 2, np.pi]), 0.1).tolist() == [False, True, False]
    with pytest.raises(ValueError, match="tolerance must be >= 0, got -1"):
        sine.is_blind(np.zeros(1), -1)
