from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest

from minirelprune import ACTIVATIONS, Activation, contribution_moments
from minirelprune.contribution import kink, moments
from minirelprune.contribution.moments import ENGINES
from minirelprune.laws import LAWS

# The definition and the columns take a difference, which has digits of its own: see test_exact.
EXACT = "moments_keep_their_digits_at_every_scale"
MOMENT_LAWS = [
    name for name, law in LAWS.items() if law.needs == ("contribution_moments",) and name != EXACT
]
every_activation = pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=lambda f: f.name)
every_silent = pytest.mark.parametrize("silent", ["zero", "skip", "epsilon"])


@pytest.mark.parametrize("law", MOMENT_LAWS)
@pytest.mark.parametrize("engine", ["definition", "column"])
def test_every_engine_keeps_the_laws_of_moments(law: str, engine: str) -> None:
    LAWS[law].test(
        SimpleNamespace(contribution_moments=partial(contribution_moments, engine=engine))
    )


def layer(n: int, n_in: int, n_out: int) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(n, n_in)) * (rng.random((n, n_in)) < 0.5)
    return x, rng.normal(size=(n_in, n_out)), np.ones(n_out)


@every_activation
@pytest.mark.parametrize("engine", ["definition", "column", "auto"])
def test_a_z_that_is_given_is_not_computed_again(
    f: Activation, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moments, "CHUNK", dict.fromkeys(ENGINES, 60))  # chunks of 10
    x, W, b = layer(35, 6, 4)
    computed = contribution_moments(x, W, b, f, engine=engine)
    given = contribution_moments(x, W, b, f, z=x @ W + b, engine=engine)
    np.testing.assert_array_equal(computed, given)
    if engine != "definition":  # which asks `contribution`, of x and W
        moved = contribution_moments(x, W, b, f, z=x @ W + b + 1, engine=engine)
        np.testing.assert_allclose(moved, contribution_moments(x, W, b + 1, f), rtol=1e-10)


@every_activation
@every_silent
def test_chunks_and_blocks_change_nothing(
    f: Activation, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    x, W, b = layer(100, 6, 4)
    whole = contribution_moments(x, W, b, f, silent=silent)
    monkeypatch.setattr(moments, "CHUNK", dict.fromkeys(ENGINES, 42))
    monkeypatch.setattr(kink, "BLOCK", 12)
    for engine in ("definition", "column", "auto"):
        parts = contribution_moments(x, W, b, f, silent=silent, engine=engine)
        np.testing.assert_allclose(parts.mean, whole.mean, rtol=1e-9)
        np.testing.assert_allclose(parts.std, whole.std, rtol=1e-6)


@every_activation
@every_silent
@pytest.mark.parametrize("n_out", [1, 7])
def test_float32_keeps_digits_of_the_float64_definition(
    f: Activation, silent: str, n_out: int
) -> None:
    rng = np.random.default_rng(n_out)
    # On a grid of 1/64 the float32 z is exact: the formula is compared, and not z.
    x = rng.integers(-64, 65, (300, 40)) / 64 * (rng.random((300, 40)) < 0.5)
    W, b = rng.integers(-64, 65, (40, n_out)) / 64, rng.integers(-64, 65, n_out) / 64
    W[:, 0] /= 64  # a unit whose z is mostly small
    exact = contribution_moments(x, W, b, f, silent=silent, engine="definition")
    single = [array.astype(np.float32) for array in (x, W, b)]
    fast = contribution_moments(*single, f, silent=silent)
    # "column" subtracts nearly equal outputs, and keeps four digits; the other engines keep five.
    rtol = 1e-5 if f.engine else 1e-4
    np.testing.assert_allclose(fast.mean, exact.mean, rtol=rtol)
    second = exact.mean**2 + exact.std**2
    assert (np.abs(fast.std**2 - exact.std**2) <= 2 * rtol * second).all()


def test_an_activation_names_its_engine_and_column_serves_the_others() -> None:
    x, W, b = layer(30, 6, 4)
    for f in ACTIVATIONS.values():
        own = contribution_moments(x, W, b, f, engine=f.engine or "column")
        np.testing.assert_array_equal(contribution_moments(x, W, b, f), own)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"engine": "fast"},
            "engine must be one of 'auto', 'definition', 'column', 'piecewise_linear', 'smooth'",
        ),
        ({"silent": "nan"}, "silent must be one of 'zero', 'skip', 'epsilon', got 'nan'"),
        ({"x": np.zeros((5, 3))}, r"x must have shape \(N, 2\), got \(5, 3\)"),
        ({"b": np.zeros(2)}, r"b must have shape \(3\), got \(2,\)"),
        ({"z": np.zeros((4, 3))}, r"z must have shape \(5, 3\), got \(4, 3\)"),
        ({"x": np.zeros((0, 2))}, "x must hold at least one example, got 0"),
        (
            {"engine": "piecewise_linear", "activation": ACTIVATIONS["tanh"]},
            "engine for tanh must be one of 'auto', 'definition', 'column', 'smooth', "
            "got 'piecewise_linear'",
        ),
        (
            {"engine": "smooth", "activation": ACTIVATIONS["gelu"]},
            "engine for gelu must be one of 'auto', 'definition', 'column', got 'smooth'",
        ),
    ],
)
def test_bad_input_is_named(changes: dict, message: str) -> None:
    settings = {
        "x": np.zeros((5, 2)),
        "W": np.zeros((2, 3)),
        "b": np.zeros(3),
        "activation": ACTIVATIONS["relu"],
        **changes,
    }
    with pytest.raises(ValueError, match=message):
        contribution_moments(**settings)


@every_activation
@every_silent
@pytest.mark.parametrize("engine", ["definition", "column", "auto"])
def test_the_usual_weight_is_not_summed_again(
    f: Activation, silent: str, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moments, "two_passes", None)  # which would fail
    monkeypatch.setattr(moments, "CHUNK", dict.fromkeys(ENGINES, 60))  # chunks of 10
    x, W, b = layer(35, 6, 4)
    assert np.isfinite(contribution_moments(x, W, b, f, silent=silent, engine=engine)).all()


@every_activation
@pytest.mark.parametrize("engine", ["definition", "column", "auto"])
def test_a_given_z_becomes_the_dtype_of_the_weights(f: Activation, engine: str) -> None:
    x, W, b = (array.astype(np.float32) for array in layer(35, 6, 4))
    z = x.astype(np.float64) @ W + b
    for single in (z.astype(np.float32), z.astype(np.float32).astype(np.float64)):
        expected = contribution_moments(x, W, b, f, z=single, engine=engine)
        np.testing.assert_array_equal(
            contribution_moments(x, W, b, f, z=z, engine=engine), expected
        )
