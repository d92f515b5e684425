"""Eq. (1) at the ends of the range of numbers, and what its functions take and refuse."""

from collections.abc import Callable

import numpy as np
import pytest
from handed_in import KINDS, REFUSED, STATES, bits

from minirelprune import (
    ACTIVATIONS,
    Activation,
    contribution,
    contribution_moments,
    contributions,
    importance,
)
from minirelprune.contribution.definition import SILENT, divisor, relative_change
from minirelprune.contribution.moments import ENGINES

every_activation = pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=lambda f: f.name)
RNG = np.random.default_rng(0)
X, W, B = (RNG.integers(-3, 4, shape).astype(float) for shape in ((40, 3), (3, 2), 2))
SIZES = RNG.integers(0, 9, (3, 2)).astype(float)

# What takes an array: its name, a good one, and a call with it.
CALLS: dict[str, tuple[str, np.ndarray, Callable[[object], object]]] = {
    "contribution of x": ("x", X, lambda v: contribution(v, W, B, "tanh", 1, 0)),
    "contribution of b": ("b", B, lambda v: contribution(X, W, v, "tanh", 1, 0)),
    "contributions of x": ("x", X, lambda v: contributions(v, W, B, "tanh")),
    "contributions of b": ("b", B, lambda v: contributions(X, W, v, "tanh")),
    "moments of x": ("x", X, lambda v: contribution_moments(v, W, B, "relu")),
    "moments of b": ("b", B, lambda v: contribution_moments(X, W, v, "tanh")),
    "moments of z": ("z", X @ W, lambda v: contribution_moments(X, W, B, "gelu", z=v)),
    "importance of mean": ("mean", SIZES, lambda v: importance(v, SIZES)),
    "importance of std": ("std", SIZES, lambda v: importance(SIZES, v)),
}
# W decides the dtype of the numbers: float16 becomes float32.
OF_W: dict[str, tuple[str, np.ndarray, Callable[[object], object]]] = {
    "contribution of W": ("W", W, lambda v: contribution(X, v, B, "tanh", 1, 0)),
    "contributions of W": ("W", W, lambda v: contributions(X, v, B, "tanh")),
    "moments of W": ("W", W, lambda v: contribution_moments(X, v, B, "relu")),
}


@pytest.mark.parametrize("name", [*CALLS, *OF_W])
@pytest.mark.parametrize("kind", KINDS)
def test_an_array_like_gives_the_bits_of_the_array(name: str, kind: str) -> None:
    _, array, call = {**CALLS, **OF_W}[name]
    handed_in = KINDS[kind](array)
    before = np.asarray(handed_in).tobytes()
    single = kind == "float16" and (name in OF_W or name.startswith("importance"))
    expected = call(array.astype(np.float32) if single else array)
    np.testing.assert_array_equal(call(handed_in), expected)
    assert np.asarray(handed_in).tobytes() == before


BAD = [(name, kind) for name in (*CALLS, *OF_W) for kind in REFUSED]
BAD.remove(("moments of z", "none"))  # then z is computed


@pytest.mark.parametrize(("name", "kind"), BAD)
def test_what_has_another_meaning_or_none_is_refused_by_name(name: str, kind: str) -> None:
    argument, array, call = {**CALLS, **OF_W}[name]
    make, message = REFUSED[kind]
    with pytest.raises(ValueError, match=f"{argument} {message}"):
        call(make(array))


def test_a_matrix_is_refused() -> None:
    for call in (contributions, contribution_moments):
        with pytest.raises(ValueError, match="W must be a plain array, got a matrix"):
            call(X, np.matrix(W), B, "relu")


@every_activation
def test_the_name_of_an_activation_is_as_good_as_the_activation(f: Activation) -> None:
    np.testing.assert_array_equal(contributions(X, W, B, f.name), contributions(X, W, B, f))
    one = contribution(X, W, B, f.name, 2, 1)
    np.testing.assert_array_equal(one, contribution(X, W, B, f, 2, 1))
    for engine in ("auto", "column"):
        by_name = contribution_moments(X, W, B, f.name, engine=engine)
        np.testing.assert_array_equal(by_name, contribution_moments(X, W, B, f, engine=engine))


def test_the_weight_may_be_any_whole_number() -> None:
    expected = contribution(X, W, B, "tanh", 2, 1)
    assert (contribution(X, W, B, "tanh", np.uint8(2), np.int64(1)) == expected).all()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"i": None}, r"i must be a whole number in \[0, 3\), got None"),  # not all weights
        ({"i": slice(None)}, r"i must be a whole number in \[0, 3\), got slice"),
        ({"i": [0, 1]}, r"i must be a whole number in \[0, 3\), got \[0, 1\]"),
        ({"i": True}, r"i must be a whole number in \[0, 3\), got True"),
        ({"i": -1}, r"i must be a whole number in \[0, 3\), got -1"),
        ({"i": 3}, r"i must be a whole number in \[0, 3\), got 3"),
        ({"j": 2}, r"j must be a whole number in \[0, 2\), got 2"),
        ({"j": 0.0}, r"j must be a whole number in \[0, 2\), got 0.0"),
        ({"x": X[:, :2]}, r"x must have shape \(N, 3\), got \(40, 2\)"),
        ({"W": W[0]}, r"W must have shape \(n_in, n_out\), got \(2,\)"),
        ({"W": W[:0], "x": X[:, :0]}, r"W must hold at least one weight, got shape \(0, 2\)"),
        ({"b": 0.0}, "b must have at least one axis, got the number 0.0"),
        ({"activation": "swish"}, "activation, unless it is an Activation, must be one of 'relu'"),
        ({"activation": np.array(["relu"])}, "activation, unless it is an Activation, must be"),
        ({"silent": np.array(["zero"])}, "silent must be one of 'zero', 'skip', 'epsilon', got"),
        ({"x": 1e200 * X, "W": 1e200 * W}, r"x @ W \+ b must be finite, got"),
        ({"W": W.astype(np.float32), "x": 1e200 * X}, "x in float32 must be finite, got"),
    ],
)
def test_bad_input_is_named(changes: dict, message: str) -> None:
    settings = {"x": X, "W": W, "b": B, "activation": "relu", "i": 0, "j": 0, **changes}
    with pytest.raises(ValueError, match=message):
        contribution(**settings)
    if "i" not in changes and "j" not in changes:
        del settings["i"], settings["j"]
        for call in (contributions, contribution_moments):
            with pytest.raises(ValueError, match=message):
                call(**settings)


@every_activation
@pytest.mark.parametrize("silent", SILENT)
def test_float32_that_z_leaves_gives_what_float64_gives(f: Activation, silent: str) -> None:
    """1e39 is beyond float32: with all weights, or with all but one."""
    x, b = np.float32([[1e20, 1e20], [1, 1]]), np.float32([0, 0])
    W = np.float32([[1e19, 3e18], [-1e19, 2e18]])  # the first unit's two weights cancel
    exact = [array.astype(np.float64) for array in (x, W, b)]
    for i, j in np.ndindex(2, 2):
        one = contribution(x, W, b, f, i, j, silent=silent)
        np.testing.assert_allclose(one, contribution(*exact, f, i, j, silent=silent), rtol=1e-6)
    whole = contributions(x, W, b, f, silent=silent)
    np.testing.assert_allclose(whole, contributions(*exact, f, silent=silent), rtol=1e-6)


def test_without_one_weight_z_may_leave_float64_and_is_refused() -> None:
    x, W, b = np.array([[1e200, 1e200]]), np.array([[-1e108], [1.7e108]]), np.array([-1.7e308])
    with pytest.raises(ValueError, match=r"z without one weight must be finite, got -inf at \(0"):
        contributions(x, W, b, "relu")
    with pytest.raises(ValueError, match=r"x @ W \+ b must be finite, got -inf at \(0,\)"):
        contribution(x, W, b, "relu", 1, 0)


def test_the_dtype_is_that_of_the_weights() -> None:
    for dtype in (np.float32, np.float64):
        assert contribution(X, W.astype(dtype), B, "tanh", 0, 0).dtype == dtype
        assert contributions(X, W.astype(dtype), B, "tanh").dtype == dtype


def test_an_output_next_to_0_has_an_infinite_contribution() -> None:
    x, W = np.array([[1.0, 1.0]]), np.array([[1e300], [-1e300]])
    assert contributions(x, W, np.array([5e-324]), "identity")[0, :, 0].tolist() == [np.inf] * 2


def test_the_divisor_of_a_silent_unit_is_as_r2_says() -> None:
    a = np.array([-2.0, 0.0, 3.0])
    assert divisor(a, "zero").tolist() == [2, np.inf, 3]
    np.testing.assert_array_equal(divisor(a, "skip"), [2, np.nan, 3])
    assert divisor(a, "epsilon").tolist() == [2 + 1e-8, 1e-8, 3 + 1e-8]
    assert relative_change(a, a - [1, 1, 6], divisor(a, "zero")).tolist() == [0.5, 0, 2]
    assert divisor(a.astype(np.float32), "epsilon").dtype == np.float32


def faint(dtype: type, f: Activation) -> tuple[np.ndarray, ...]:
    """A layer whose products and outputs underflow."""
    rng = np.random.default_rng(0)
    x, W = (rng.normal(size=shape).astype(dtype) for shape in ((30, 4), (4, 3)))
    power = 1e-25 if dtype is np.float32 else 1e-200
    x[:, 0] *= power
    W[0] *= power
    return x, W, np.array([-740, 0, 80], dtype), f


def moments(dtype: type, silent: str, engine: str) -> list[np.ndarray]:
    fitting = [f for f in ACTIVATIONS.values() if engine in ("definition", "column", f.engine)]
    return [
        array
        for f in fitting
        for array in contribution_moments(*faint(dtype, f), silent=silent, engine=engine)
    ]


COMPUTE: dict[str, Callable[[type, str], object]] = {
    "contribution": lambda dtype, silent: [
        contribution(*faint(dtype, f), 0, 0, silent=silent) for f in ACTIVATIONS.values()
    ],
    "contributions": lambda dtype, silent: [
        contributions(*faint(dtype, f), silent=silent) for f in ACTIVATIONS.values()
    ],
    **{e: lambda dtype, silent, e=e: moments(dtype, silent, e) for e in ENGINES},
}


@pytest.mark.parametrize("name", COMPUTE)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("threads", ["1", "2"])
def test_the_bits_do_not_depend_on_errstate(
    name: str, dtype: type, threads: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", threads)
    for silent in SILENT:
        compute = lambda silent=silent: COMPUTE[name](dtype, silent)  # noqa: E731
        expected = bits(compute, "ignore")
        for state in STATES:
            assert bits(compute, state) == expected
