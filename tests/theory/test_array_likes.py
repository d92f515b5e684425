"""What theory takes: any array-like of real numbers, with the bits of the array; no others."""

from collections.abc import Callable

import numpy as np
import pytest
from handed_in import KINDS, REFUSED

from minirelprune import (
    MLP,
    batch_means,
    blind_share,
    clt_check,
    entropy,
    mutual_information,
    tail_index,
    weight_information,
)
from minirelprune.theory.binning import equal_mass_edges

RNG = np.random.default_rng(0)
TABLE, LINE = RNG.integers(1, 20, (60, 2)).astype(float), RNG.integers(0, 20, 60).astype(float)
W, B, X = (RNG.integers(-2, 3, shape).astype(float) for shape in ((3, 2), 2, (60, 3)))
NET = MLP((2, 4, 2), rng=np.random.default_rng(0), dtype=np.float64)

# What takes an array: its name, a good one, and a call with it.
CALLS: dict[str, tuple[str, np.ndarray, Callable[[object], object]]] = {
    "batch_means": ("values", TABLE, lambda v: batch_means(v, 5)),
    "clt_check": ("values", TABLE, lambda v: clt_check(v, [3])[0].skewness),
    "tail_index": ("values", TABLE, lambda v: tail_index(v, 5)),
    "equal_mass_edges": ("values", LINE, lambda v: equal_mass_edges(v, 4)),
    "entropy": ("p", np.array([0.0, 1.0]), entropy),
    "information of x": ("x", LINE, lambda v: mutual_information(v, LINE, bins=6)),
    "information of y": ("y", LINE, lambda v: mutual_information(LINE, v, bins=6)),
    "edges": (
        "bins",
        np.array([-1.0, 5.0, 20.0]),
        lambda v: mutual_information(LINE, LINE, bins=v, binning="equal_width"),
    ),
    "weight_information of x": ("x", X, lambda v: weight_information(v, W, B, "relu", bins=6)),
    "weight_information of b": ("b", B, lambda v: weight_information(X, W, v, "relu", bins=6)),
    "weight_information of W": (
        "W",
        W,
        lambda v: weight_information(X, v, B, "relu", bins=6, reading="mask_given_input"),
    ),
    "blind_share": ("x", TABLE, lambda v: blind_share(NET, v)),
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("kind", KINDS)
def test_an_array_like_gives_the_bits_of_the_array(name: str, kind: str) -> None:
    _, array, call = CALLS[name]
    handed_in = KINDS[kind](array)
    before = np.asarray(handed_in).tobytes()
    assert np.array_equal(call(handed_in), call(array))
    assert np.asarray(handed_in).tobytes() == before


BAD = [(name, kind) for name in CALLS for kind in REFUSED]
BAD.remove(("edges", "infinity"))  # outer edges may be infinite


@pytest.mark.parametrize(("name", "kind"), BAD)
def test_what_has_another_meaning_or_none_is_refused_by_name(name: str, kind: str) -> None:
    argument, array, call = CALLS[name]
    make, message = REFUSED[kind]
    if argument == "bins":
        message = "must be"  # a whole number, or edges
    with pytest.raises(ValueError, match=f"{argument} {message}"):
        call(make(array))


def test_a_matrix_is_refused() -> None:
    with pytest.raises(ValueError, match="values must be a plain array, got a matrix"):
        batch_means(np.matrix(TABLE), 5)
