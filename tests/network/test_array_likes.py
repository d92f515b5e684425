"""Data may come as a Series, a list, a tensor or bytes: the bits are those of the array."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from minirelprune import MLP, Training, accuracy, train


class Labelled:
    """As a pandas Series or DataFrame: NumPy can read it, but indices are labels, here strings."""

    def __init__(self, values: np.ndarray) -> None:
        self.values = values

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        return self.values

    def __len__(self) -> int:
        return len(self.values)

    def __getitem__(self, label: object) -> object:
        raise KeyError(label)


def tensor(values: np.ndarray) -> object:
    return pytest.importorskip("torch").tensor(values)


def read_only(values: np.ndarray) -> np.ndarray:
    values.flags.writeable = False
    return values


KINDS: list[Callable[[np.ndarray], object]] = [
    Labelled,
    np.ndarray.tolist,
    tensor,
    read_only,
    np.asfortranarray,
    lambda values: np.repeat(values, 2, axis=0)[::2],
    lambda values: values.astype(values.dtype.newbyteorder(">")),
    lambda values: values.astype(np.uint8),
]
NAMES = ["labelled", "list", "tensor", "read-only", "fortran", "strided", "big-endian", "uint8"]


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_training_and_predicting_take_it(kind: Callable[[np.ndarray], object], dtype: type) -> None:
    rng = np.random.default_rng(0)
    x, y = rng.integers(0, 256, (40, 5)).astype(np.float64), rng.integers(0, 3, 40)
    net, twin = (MLP((5, 4, 3), rng=np.random.default_rng(1), dtype=dtype) for _ in range(2))
    training = Training(2, 1e-3, batch_size=16)
    expected = train(net, x, y, training, rng=np.random.default_rng(2), progress=False)
    likes = kind(x.copy()), kind(y.copy())
    assert train(twin, *likes, training, rng=np.random.default_rng(2), progress=False) == expected
    for p, other in zip(net.parameters, twin.parameters, strict=True):
        assert p.tobytes() == other.tobytes()
    assert (net.predict(likes[0]) == net.predict(x)).all()
    assert accuracy(net, *likes) == accuracy(net, x, y)
    assert (net.forward(likes[0])[0].x == x).all()


def test_masks_may_be_lists_and_tensors() -> None:
    x, y = np.ones((2, 2)), [0, 1]
    masks = [Labelled(np.array([[True, False], [False, True]]))]
    net, twin = (MLP((2, 2), rng=np.random.default_rng(1)) for _ in range(2))
    for one, kept in ((net, masks), (twin, [[[True, False], [False, True]]])):
        rng = np.random.default_rng(0)
        train(one, x, y, Training(1, 0.1), rng=rng, masks=kept, progress=False)
    assert net.weights[0].astype(bool).tolist() == [[True, False], [False, True]]
    assert net.weights[0].tobytes() == twin.weights[0].tobytes()
