import numpy as np
import pytest

from minirelprune import MLP, blind_share
from minirelprune.network import parts


def problem(name: str = "relu") -> tuple[MLP, np.ndarray]:
    rng = np.random.default_rng(0)
    return MLP((4, 30, 20, 3), name, rng=rng), rng.normal(size=(50, 4)).astype(np.float32)


def test_chunks_of_the_data_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    net, x = problem()
    whole = blind_share(net, x)
    monkeypatch.setattr(parts, "AT_ONCE", 700)
    assert blind_share(net, x) == whole


def test_there_is_one_share_a_hidden_layer() -> None:
    net, x = problem()
    assert len(blind_share(net, x)) == 2
    assert blind_share(MLP((4, 3), rng=np.random.default_rng(0)), x) == []


def test_a_saturated_tanh_is_not_blind_without_tolerance() -> None:
    net, x = problem("tanh")
    net.biases[0][:] = 50  # tanh is 1 and its slope 0 in float32, but not in truth
    assert blind_share(net, x)[0] == 0
    assert blind_share(net, x, 1e-30)[0] == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"x": np.zeros((5, 3))}, r"x must have shape \(N, 4\), got \(5, 3\)"),
        ({"x": np.zeros((0, 4))}, "x must hold at least one example, got 0"),
        ({"x": np.full((5, 4), np.nan)}, r"x must be finite, got nan at \(0, 0\)"),
        ({"x": np.full((5, 4), 3e38)}, "must be finite, got"),  # z leaves float32
        ({"net": MLP}, r"net must be a Network, such as MLP\(\(784, 10\), rng=rng\), got <class"),
        ({"tolerance": -0.1}, "tolerance must be >= 0, got -0.1"),
    ],
)
def test_bad_input_is_named(changes: dict, message: str) -> None:
    net, x = problem()
    with pytest.raises(ValueError, match=message):
        blind_share(**{"net": net, "x": x, **changes})
