"""What NumPy does about underflow and overflow is the caller's own business (see `handed_in`)."""

from collections.abc import Callable

import numpy as np
import pytest
from handed_in import STATES, bits

from minirelprune import (
    ACTIVATIONS,
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
from minirelprune.theory.weight_information import READINGS

FAR = np.concatenate([[5e-324, 1e-310, 1e-200, 0.0], 10.0 ** np.arange(-300, 308, 8)])
WIDE = np.stack([FAR, -FAR[::-1], np.full(len(FAR), 5e-324)], axis=1)  # (80, 3), the last is dead


def network() -> MLP:
    """A network some of whose weights vanish when they are multiplied."""
    net = MLP((3, 4, 2), "tanh", rng=np.random.default_rng(0), dtype=np.float64)
    net.weights[0][:2] *= 1e-300
    return net


def informed(reading: str) -> list[np.ndarray]:
    """Of layers whose products underflow, in both dtypes and for all activations."""
    rng = np.random.default_rng(0)
    results = []
    for dtype, power in ((np.float32, 1e-25), (np.float64, 1e-200)):
        x, W = (rng.normal(size=shape).astype(dtype) for shape in ((30, 4), (4, 3)))
        x[:, 0] *= power
        W[0] *= power
        b = np.array([-800, 0, 80], dtype)
        results += [
            weight_information(x, W, b, f, bins=5, reading=reading) for f in ACTIVATIONS.values()
        ]
    return results


def rows() -> list[object]:
    return [
        number
        for row in clt_check(WIDE, [1, 4])
        for number in (row.skewness, row.distance, row.bound, row.dagostino.p, *row.summary)
    ]


COMPUTE: dict[str, Callable[[], object]] = {
    "batch_means": lambda: [batch_means(WIDE, n) for n in (1, 7)],
    "batch_means that overflow": lambda: [batch_means(np.full(6, 1.7e308), 3)],
    "clt_check": rows,
    "tail_index": lambda: [*tail_index(WIDE, 10)],
    "equal_mass_edges": lambda: [equal_mass_edges(np.append(WIDE[:, 0], 1.7e308), 20)],
    "entropy": lambda: [entropy([5e-324, 1e-310, 1.0])],
    "mutual_information": lambda: [
        mutual_information(FAR, np.append(1.7e308, -FAR[1:]), bins=9, binning=binning)
        for binning in ("equal_mass", "equal_width")
    ],
    "blind_share": lambda: [blind_share(network(), WIDE, 1e-300)],
    **{f"{reading} reading": lambda r=reading: informed(r) for reading in READINGS},
}


@pytest.mark.parametrize("name", COMPUTE)
@pytest.mark.parametrize("threads", ["1", "2"])
def test_the_bits_do_not_depend_on_errstate(
    name: str, threads: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", threads)
    expected = bits(COMPUTE[name], "ignore")
    for state in STATES:
        assert bits(COMPUTE[name], state) == expected


def test_a_median_of_infinite_bounds_is_infinite_whatever_the_errstate() -> None:
    with np.errstate(all="raise"):
        [row] = clt_check(np.random.default_rng(0).standard_cauchy((200, 4)), [1])
        assert row.summary.bound == np.inf
