import tracemalloc
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest

from minirelprune import ACTIVATIONS, contribution_moments
from minirelprune.laws import LAWS
from minirelprune.moments import ENGINES

KINKED = [f for f in ACTIVATIONS.values() if f.homogeneous]
MOMENT_LAWS = [name for name, law in LAWS.items() if law.needs == ("contribution_moments",)]


@pytest.mark.parametrize("law", MOMENT_LAWS)
@pytest.mark.parametrize("engine", ["definition", "column"])
def test_every_engine_keeps_the_laws_of_moments(law: str, engine: str) -> None:
    LAWS[law].test(
        SimpleNamespace(contribution_moments=partial(contribution_moments, engine=engine))
    )


def layer(n: int, n_in: int, n_out: int, dtype: type, seed: int = 0) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, n_in)) * (rng.random((n, n_in)) < 0.5)
    return x.astype(dtype), rng.normal(size=(n_in, n_out)).astype(dtype), np.ones(n_out, dtype)


@pytest.mark.parametrize("f", KINKED, ids=lambda f: f.name)
@pytest.mark.parametrize("silent", ["zero", "skip", "epsilon"])
def test_chunks_change_nothing(f: object, silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    x, W, b = layer(100, 6, 4, np.float64)
    whole = contribution_moments(x, W, b, f, silent=silent)
    monkeypatch.setattr("minirelprune.moments.CHUNK", dict.fromkeys(ENGINES, 42))
    monkeypatch.setattr("minirelprune.gemm.BLOCK", 12)
    for engine in ("definition", "column", "gemm"):
        parts = contribution_moments(x, W, b, f, silent=silent, engine=engine)
        np.testing.assert_allclose(parts.mean, whole.mean, rtol=1e-9)
        np.testing.assert_allclose(parts.std, whole.std, rtol=1e-6)


@pytest.mark.parametrize("engine", ["column", "gemm"])
def test_memory_does_not_grow_with_the_data(engine: str) -> None:
    x, W, b = layer(200_000, 40, 30, np.float32)
    tracemalloc.start()
    contribution_moments(x, W, b, ACTIVATIONS["relu"], engine=engine)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 500e6


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"engine": "fast"}, "engine must be one of 'auto', 'definition', 'column', 'gemm'"),
        ({"silent": "nan"}, "silent must be one of 'zero', 'skip', 'epsilon', got 'nan'"),
        ({"x": np.zeros((5, 3))}, r"x must have shape \(N, 2\), got \(5, 3\)"),
        ({"b": np.zeros(2)}, r"b must have shape \(3\), got \(2,\)"),
        ({"x": np.zeros((0, 2))}, "x must hold at least one example, got 0"),
        (
            {"engine": "gemm", "activation": ACTIVATIONS["tanh"]},
            'engine must be "column" or "definition" for tanh, got "gemm"',
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
