"""A file may have the right fingerprint and still hold no network."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from minirelprune import MLP
from minirelprune.support import checkpoint


def state(**changes: Any) -> tuple[dict[str, np.ndarray], dict[str, object]]:
    """What a network of three layers of sizes 4, 3 and 2 is in a file, with some of it changed."""
    arrays, description = MLP((4, 3, 2), "tanh", rng=np.random.default_rng(0)).state()
    for name, value in changes.items():
        kept = description if name in description else arrays
        kept[name] = value
    return {name: W for name, W in arrays.items() if W is not None}, description


def written(path: Path, **changes: Any) -> Path:
    checkpoint.write(path, *state(**changes))
    return path


W0, NAN_AT = np.ones((4, 3), np.float32), np.array([[0, np.nan, 0]] * 4, np.float32)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"W0": NAN_AT}, r"W0 must be finite, got nan at \(0, 1\)"),
        ({"b1": np.array([0, -np.inf], np.float32)}, r"b1 must be finite, got -inf at \(1,\)"),
        ({"W0": W0.astype(int)}, "dtype must be one of 'float32', 'float64', got 'int64'"),
        ({"W0": W0.astype(np.float16)}, "dtype must be one of .*, got 'float16'"),
        ({"W0": W0.astype(bool)}, "dtype must be one of 'float32', 'float64', got 'bool'"),
        ({"W1": np.ones((3, 2))}, "W1 must be of dtype float32 as W0 is, got float64"),
        ({"W0": W0.T}, r"W0 must have shape \(4, 3\), got \(3, 4\)"),
        ({"b0": np.ones((3, 1), np.float32)}, r"b0 must have shape \(3\), got \(3, 1\)"),
        ({"W1": None}, "2 layers must come with the arrays .*, got W0, b0, b1"),
        (dict.fromkeys(("W0", "b0", "W1", "b1")), "the arrays W0, b0, W1, b1, got none$"),
        ({"W2": W0}, "must come with the arrays W0, b0, W1, b1, got W0, W1, W2, b0, b1"),
        ({"layer_sizes": [4, 3]}, "must come with the arrays W0, b0, got W0, W1, b0, b1"),
        ({"layer_sizes": [10**6, 10**6, 3]}, r"W0 must have shape \(1000000, 1000000\), got"),
        ({"layer_sizes": [4.0, 3.0, 2.0]}, "layer_sizes must be a whole number >= 1, got 4.0"),
        ({"layer_sizes": ["4", "3", "2"]}, "layer_sizes must be a whole number >= 1, got '4'"),
        ({"layer_sizes": [4, True, 2]}, "layer_sizes must be a whole number >= 1, got True"),
        ({"layer_sizes": [4]}, "layer_sizes must name inputs and outputs at least"),
        ({"layer_sizes": "432"}, "layer_sizes must be whole numbers, inputs first, got '432'"),
        ({"layer_sizes": None}, "layer_sizes must be whole numbers, inputs first, got None"),
        ({"activation": "no such f"}, "activation must be one of 'relu', .*, got 'no such f'"),
        ({"activation": ["tanh"]}, r"activation must be one of 'relu', .*, got \['tanh'\]"),
    ],
)
def test_what_is_no_network_is_refused_with_its_path(
    tmp_path: Path, changes: dict, message: str
) -> None:
    path = written(tmp_path / "net.npz", **changes)
    with pytest.raises(ValueError, match=rf"net.npz does not hold a network: .*{message}"):
        MLP.load(path)


@pytest.mark.parametrize("key", ["layer_sizes", "activation"])
def test_a_description_that_lacks_something_is_refused(tmp_path: Path, key: str) -> None:
    arrays, description = state()
    del description[key]
    checkpoint.write(tmp_path / "net.npz", arrays, description)
    with pytest.raises(ValueError, match=f"net.npz does not hold a network: {key} must be"):
        MLP.load(tmp_path / "net.npz")


def test_a_network_is_loaded_without_drawing_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "net.npz")
    monkeypatch.setattr(np.random, "default_rng", None)
    assert MLP.load(path).layer_sizes == (4, 3, 2)


def test_arrays_in_another_order_or_byte_order_can_be_trained(tmp_path: Path) -> None:
    changes = {"W0": np.asfortranarray(W0), "W1": np.ones((3, 2), ">f4")}
    net = MLP.load(written(tmp_path / "net.npz", **changes))
    assert net.dtype == np.float32
    for p in net.parameters:
        assert p.dtype == np.float32
        assert p.dtype.isnative
        assert p.flags.c_contiguous
        assert p.flags.writeable
    np.testing.assert_array_equal(net.weights[0], W0)


def test_what_could_not_be_loaded_is_not_saved(tmp_path: Path) -> None:
    net = MLP((4, 3, 2), rng=np.random.default_rng(0))
    net.weights[1][0, 0] = np.nan
    with pytest.raises(ValueError, match=r"W1 must be finite, got nan at \(0, 0\)"):
        net.save(tmp_path / "net.npz")
    assert not list(tmp_path.iterdir())
