"""Each check names the argument, the value received and what is allowed, and lets the rest pass."""

from collections.abc import Callable

import numpy as np
import pytest

from minirelprune.support import checks

NAN, INF = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (lambda: checks.fraction("p", 0), r"p must be in \(0, 1\), got 0"),
        (lambda: checks.fraction("p", 1), r"p must be in \(0, 1\), got 1"),
        (lambda: checks.fraction("p", NAN), r"p must be in \(0, 1\), got nan"),
        (lambda: checks.fraction("p", 1.1, one_allowed=True), r"p must be in \(0, 1\], got 1.1"),
        (lambda: checks.fraction("p", "half"), r"p must be in \(0, 1\), got 'half'"),
        (lambda: checks.at_least("p", -1, 0), "p must be a finite number >= 0, got -1"),
        (lambda: checks.at_least("p", INF, 0), "p must be a finite number >= 0, got inf"),
        (lambda: checks.positive("p", 0.0), "p must be a finite number > 0, got 0.0"),
        (lambda: checks.positive("p", 10**400), "p must be a finite number > 0, got 1000"),
        (lambda: checks.positive("p", True), "p must be a finite number > 0, got True"),
        (lambda: checks.within("p", 1.1, 0, 1), r"p must be in \[0, 1\], got 1.1"),
        (lambda: checks.within("p", NAN, 0, 1), r"p must be in \[0, 1\], got nan"),
        (lambda: checks.within("p", True, 0, 1), r"p must be in \[0, 1\], got True"),
        (lambda: checks.sequence("m", [], 2), "m must be 2 arrays, got a list of 0"),
        (lambda: checks.sequence("m", np.array(1)), "m must be at least one array, got a ndarray$"),
        (lambda: checks.sequence("m", ()), "m must be at least one array, got a tuple of 0"),
        (lambda: checks.sequence("m", {1: 2}), "m must be at least one array, got a dict$"),
        (
            lambda: checks.instance("t", set, set, "set()"),
            r"t must be a set, such as set\(\), got <class 'set'>",
        ),
        (lambda: checks.function("f", "print"), "f must be a function or None, got 'print'"),
        (lambda: checks.function("f", None, none_allowed=False), "f must be a function, got None"),
        (lambda: checks.index("i", 3, 3), r"i must be a whole number in \[0, 3\), got 3"),
        (lambda: checks.index("i", -1, 3), r"i must be a whole number in \[0, 3\), got -1"),
        (lambda: checks.index("i", True, 3), r"i must be a whole number in \[0, 3\), got True"),
        (lambda: checks.index("i", None, 3), r"i must be a whole number in \[0, 3\), got None"),
        (lambda: checks.whole("n", 1.0), "n must be a whole number >= 0, got 1.0"),
        (lambda: checks.whole("n", True), "n must be a whole number >= 0, got True"),
        (lambda: checks.whole("n", 1, minimum=2), "n must be a whole number >= 2, got 1"),
        (lambda: checks.one_of("s", "c", ("a", None)), "s must be one of 'a', None, got 'c'"),
        (lambda: checks.shape("x", (2, 3), ("N", 4)), r"x must have shape \(N, 4\), got \(2, 3\)"),
        (lambda: checks.shape("x", (2,), ("N", 4)), r"x must have shape \(N, 4\), got \(2,\)"),
        (lambda: checks.examples("x", np.zeros((0, 3))), "x must hold at least one example, got 0"),
        (
            lambda: checks.finite("x", np.array([[0.0, NAN]])),
            r"x must be finite, got nan at",
        ),
        (lambda: checks.finite("x", np.array(1.0)), "x must have at least one axis"),
        (
            lambda: checks.layer(np.zeros((5, 2)), np.zeros((2, 3)), np.zeros(2)),
            r"b must have shape \(3\), got \(2,\)",
        ),
        (
            lambda: checks.labels("y", np.array([0, 3]), 2, 3),
            r"y must be in \[0, 3\), got values from 0 to 3",
        ),
        (lambda: checks.labels("y", np.array([]), 0, 3), "y must hold at least one example, got 0"),
        (lambda: checks.labels("y", np.array([0.0]), 1, 3), "y must be whole numbers, got dtype"),
    ],
)
def test_what_is_not_allowed_is_named(check: Callable[[], None], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check()


def test_what_is_allowed_passes() -> None:
    checks.fraction("p", np.float32(0.5))
    checks.fraction("p", 1, one_allowed=True)
    checks.at_least("p", 0, 0)
    checks.positive("p", np.float64(1e-300))
    checks.within("p", 1, 0, 1)
    assert len(checks.sequence("m", np.zeros((2, 3)))) == 2
    checks.instance("t", {3}, set, "set()")
    checks.function("f", None)
    checks.function("f", print)
    checks.whole("n", np.int8(0))
    checks.index("i", np.uint8(2), 3)
    checks.one_of("s", None, ("a", None))
    checks.shape("x", (0, 4), ("N", 4))
    checks.examples("x", np.zeros((1, 3)))
    checks.finite("x", np.array([1, 2]))
    checks.layer(np.zeros((5, 2)), np.zeros((2, 3)), np.zeros(3))
    checks.labels("y", np.array([0, 2], np.uint8), 2, 3)


@pytest.mark.parametrize("seed", [0, np.random.RandomState(0), None], ids=str)
def test_a_seed_is_not_a_generator(seed: object) -> None:
    with pytest.raises(ValueError, match=r"rng must be a numpy.random.Generator, such as np.ran"):
        checks.generator("rng", seed)
    checks.generator("rng", np.random.default_rng(0))


@pytest.mark.parametrize("name", [np.array(["a"]), ["a"], {}], ids=str)
def test_a_name_is_not_an_array_or_a_list(name: object) -> None:
    with pytest.raises(ValueError, match="s must be one of 'a', got"):
        checks.one_of("s", name, ("a",))
